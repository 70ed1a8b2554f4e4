/** Standalone Apollo Server, as in its getting-started guide. */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { memorySchema } from './memory-schema.ts';

const { url } = await startStandaloneServer(new ApolloServer({ schema: await memorySchema() }), {
  listen: { port: 0, host: '127.0.0.1' },
});
console.log(`ready at ${url}`);
