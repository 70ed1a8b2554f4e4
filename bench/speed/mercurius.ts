/** Mercurius on Fastify, as in its quick start, without its compiler (`mercurius-jit.ts`). */
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { memorySchema } from './memory-schema.ts';

const app = Fastify();
await app.register(mercurius, { schema: await memorySchema() });
console.log(`ready at ${await app.listen({ port: 0, host: '127.0.0.1' })}/graphql`);
