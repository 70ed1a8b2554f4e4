import type { FastifyInstance } from 'fastify';

/** Marks every response of `/graphql` as one that no cache may store: it is for its caller, whatever it contains. */
export function forbidCaching(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.url === '/graphql') reply.header('vary', 'accept');
    done();
  });
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (request.routeOptions.url === '/graphql') reply.header('cache-control', 'private, no-store');
    done();
  });
}
