import type { FastifyInstance } from 'fastify';

/** The methods of `/graphql`. */
export const methods = ['GET', 'POST', 'OPTIONS'];

/** Rejects other methods of `/graphql` with a GraphQL error. */
export function rejectOtherMethods(app: FastifyInstance): void {
  app.route({
    method: ['HEAD', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: ({ method }, reply) => {
      const message = `/graphql accepts ${methods.join(', ')}, not ${method}.`;
      return reply
        .code(405)
        .header('allow', methods.join(', '))
        .send({ errors: [{ message, extensions: { code: 'METHOD_NOT_ALLOWED' } }] });
    },
  });
}
