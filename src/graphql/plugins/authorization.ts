import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';

/** What a caller may do. Routers read the same names in the schema, from `@requiresScopes`, so no setting renames them. */
export const scopes = { read: 'opportunities:read', write: 'opportunities:write' } as const;

/** A refusal with the HTTP status that goes with it. */
export function denied(message: string, status: 401 | 403 | 503): GraphQLError {
  const code = { 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 503: 'UPSTREAM_UNAVAILABLE' }[status];
  const headers = new HeaderMap();
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  const extensions: Record<string, unknown> = { code, http: { status, headers } };
  return new GraphQLError(message, { extensions });
}

/**
 * The one place that says who may do what: queries, `_entities` among them, need the scope to read, mutations the one to
 * write, and writes to the production catalog have to be enabled by the operator too.
 */
export function authorization(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, contextValue }) {
          const isWrite = operation?.operation === 'mutation';
          const scope = isWrite ? scopes.write : scopes.read;
          if (!contextValue.request.scopes.has(scope))
            throw denied(`This needs the scope "${scope}", which the token does not have.`, 403);
          if (isWrite && !contextValue.account.mayWrite)
            throw denied(
              'This gateway only reads the production catalog: its operator has not set ALLOW_PRODUCTION_WRITES=true.',
              403,
            );
        },
      };
    },
  };
}
