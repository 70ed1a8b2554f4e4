/** GraphQL Yoga on Node's http server, as in its quick start. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createYoga } from 'graphql-yoga';
import { memorySchema } from './memory-schema.ts';

const yoga = createYoga({ schema: await memorySchema(), logging: false });
const server = createServer(yoga);
server.listen(0, '127.0.0.1', () => {
  console.log(`ready at http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
});
