import type { FastifyInstance } from 'fastify';

/**
 * The headers of every response: it is for its caller alone, so no cache may store it, and its content type is exact,
 * regardless of what a browser makes of its bytes. GraphiQL's files have a lifetime of their own.
 */
export const protectiveHeaders = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
};

/** Sets the headers of every response. What `/graphql` answers is never stored, even if it is GraphiQL's page. */
export function protectResponses(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(protectiveHeaders);
    if (request.routeOptions.url === '/graphql') reply.header('vary', 'accept');
    done();
  });
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (request.routeOptions.url === '/graphql') reply.headers(protectiveHeaders);
    done();
  });
}
