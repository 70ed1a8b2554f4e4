import type { ApolloServerPlugin } from '@apollo/server';
import { authError, scopes } from '../access.ts';
import type { Context } from '../context.ts';

/**
 * The only place that decides who may do what: queries, including `_entities`, require the read scope and mutations the
 * write scope. Writes to the production catalog must also be enabled by the operator.
 */
export function authorization(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, contextValue }) {
          const isWrite = operation?.operation === 'mutation';
          const scope = isWrite ? scopes.write : scopes.read;
          if (!contextValue.request.scopes.has(scope))
            throw authError(
              `This operation requires the scope "${scope}", which the token does not have.`,
              403,
              { error: 'insufficient_scope', scope },
            );
          if (isWrite && !contextValue.account.mayWrite)
            throw authError(
              'This gateway only reads the production catalog: its operator has not set ALLOW_PRODUCTION_WRITES=true.',
              403,
            );
        },
      };
    },
  };
}
