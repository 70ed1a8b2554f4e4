/** Mercurius with its compiler, a request id and a line in the log for each operation, as the gateway has. */
import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { memorySchema } from './memory-schema.ts';

const app = Fastify({ logger: { level: 'info' }, disableRequestLogging: true, genReqId: () => randomUUID() });
await app.register(mercurius, { schema: await memorySchema(), jit: 1 });
app.addHook('onSend', (request, reply, _payload, done) => {
  reply.header('x-request-id', request.id);
  done();
});
app.addHook('onResponse', (request, reply, done) => {
  const { query } = request.body as { query: string };
  const [, operation, operationName] = /^(\w+) (\w+)/.exec(query) ?? [];
  request.log.info({ requestId: request.id, operation, operationName, ms: reply.elapsedTime }, 'operation');
  done();
});
console.log(`ready at ${await app.listen({ port: 0, host: '127.0.0.1' })}/graphql`);
