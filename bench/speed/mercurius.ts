/** Mercurius on Fastify, as its first page shows it; its compiler (`jit`) is off there. */
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { memorySchema } from './memory-schema.ts';

const app = Fastify();
await app.register(mercurius, { schema: await memorySchema() });
console.log(`ready at ${await app.listen({ port: 0, host: '127.0.0.1' })}/graphql`);
