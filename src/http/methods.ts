import type { FastifyInstance } from 'fastify';
import { errorBody } from './errors.ts';

/** The methods of `/graphql`. */
export const methods = ['GET', 'POST', 'OPTIONS'];

/** Rejects other methods of `/graphql` with a GraphQL error, regardless of their bodies. */
export function rejectOtherMethods(app: FastifyInstance): void {
  app.route({
    method: app.supportedMethods.filter((method) => !methods.includes(method)),
    url: '/graphql',
    onRequest: async ({ method }, reply) => {
      const message = `/graphql accepts ${methods.join(', ')}, not ${method}.`;
      return reply
        .code(405)
        .header('allow', methods.join(', '))
        .send(errorBody('METHOD_NOT_ALLOWED', message));
    },
    handler: () => undefined,
  });
}
