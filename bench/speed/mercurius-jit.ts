/** Mercurius on Fastify with its compiler, as its documentation recommends for production. */
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { memorySchema } from './memory-schema.ts';

const app = Fastify();
await app.register(mercurius, { schema: await memorySchema(), jit: 1 });
console.log(`ready at ${await app.listen({ port: 0, host: '127.0.0.1' })}/graphql`);
