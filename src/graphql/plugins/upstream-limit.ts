/** How many upstream calls an operation may need. What needs more is refused before a call is made. */
import type { ApolloServerPlugin } from '@apollo/server';
import { execute, GraphQLError } from 'graphql';
import { dryRun } from '../../accounts/dry-run.ts';
import { type Context, createContext } from '../context.ts';
import { priceOfOperation } from '../price.ts';
import { callsOf } from './cost.ts';

function tooExpensive(calls: number, limit: number): GraphQLError {
  const message = `This operation needs ${calls} upstream calls, the limit is ${limit}. Request fewer items, or only fields that AWS includes in lists.`;
  const extensions: Record<string, unknown> = {
    code: 'OPERATION_TOO_EXPENSIVE',
    upstreamCalls: calls,
    limit,
    http: { status: 400 },
  };
  return new GraphQLError(message, { extensions });
}

/**
 * Refuses an operation that needs more calls of AWS than one may have. Where its arguments alone allow for more, it is
 * planned first, as a dry run is, and what that counts decides: 200 entities with summary fields are 10 calls, not 200.
 *
 * @param most how many; 0: any number
 */
export function upstreamLimit(most: number): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operationName, request, contextValue }) {
          if (most === 0 || !document || contextValue.request.isDryRun) return;
          const name = operationName ?? undefined;
          const variables = request.variables ?? {};
          const price = priceOfOperation(schema, document, name, variables);
          if (price.most <= most) return;
          // Planning tens of thousands of entities would cost more than rejecting them saves.
          if (price.least > most) throw tooExpensive(price.least, most);
          const planned = {
            ...contextValue.request,
            isDryRun: true,
            calls: {},
            cached: 0,
            waitedMs: 0,
            unknownEnumValues: [],
          };
          const context = createContext(dryRun(contextValue.account), planned);
          await execute({
            schema,
            document,
            contextValue: context,
            variableValues: variables,
            ...(name && { operationName: name }),
          });
          const { read, write } = callsOf(context);
          if (read + write > most) throw tooExpensive(read + write, most);
        },
      };
    },
  };
}
