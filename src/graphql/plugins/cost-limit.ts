/** What is refused for its price, before a call is made: too many upstream calls, or more than its time has room for. */
import type { ApolloServerPlugin } from '@apollo/server';
import { execute, GraphQLError } from 'graphql';
import { dryRun } from '../../accounts/dry-run.ts';
import { secondsFor } from '../../upstream/quota/estimate.ts';
import { type Context, createContext, planningRequest } from '../context.ts';
import { type Calls, priceOfOperation } from '../price.ts';
import { callsOf } from './cost-report.ts';

function tooExpensive(message: string, details: object): GraphQLError {
  const extensions = { code: 'OPERATION_TOO_EXPENSIVE', ...details, http: { status: 400 } };
  return new GraphQLError(message, { extensions });
}

function tooManyCalls(upstreamCalls: number, limit: number): GraphQLError {
  const message = `This operation needs ${upstreamCalls} upstream calls; the limit is ${limit} (MAX_UPSTREAM_CALLS). Request fewer items, or only fields that AWS includes in lists.`;
  return tooExpensive(message, { upstreamCalls, limit });
}

/**
 * Refuses what certainly cannot be done in the time that the request has left. Half of fifty mutations would otherwise be
 * made, and the caller not told which.
 *
 * @throws GraphQLError OPERATION_TOO_EXPENSIVE with calls and seconds
 */
function assertTime({ request, quota, account }: Context, certain: Calls): void {
  const secondsLeft = Math.max(0, request.deadline - account.clock.now()) / 1_000;
  const { perSecond } = quota;
  // Nearly every operation has time enough even if nothing were free now, which is quickly told.
  if (Math.max(certain.read / perSecond.read, certain.write / perSecond.write) <= secondsLeft) return;
  const seconds = secondsFor(certain, quota);
  if (seconds <= secondsLeft) return;
  const message = `This operation needs at least ${certain.write} writes and ${certain.read} reads, which take ${seconds} s; the request has ${secondsLeft.toFixed(1)} s left. Split it into several requests.`;
  throw tooExpensive(message, { upstreamCalls: certain.read + certain.write, seconds, secondsLeft });
}

/**
 * Refuses an operation that needs more upstream calls than one may have, or more time than it has left. If its arguments alone
 * would allow too many calls, it is dry-run, and the actual count decides: 200 entities with summary fields are 10 calls, not
 * 200.
 *
 * @param limit how many calls; 0: any number
 */
export function costLimit(limit: number): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operationName, request: { variables }, contextValue }) {
          const { request, account } = contextValue;
          if (request.isDryRun) return;
          const name = operationName ?? undefined;
          const price = priceOfOperation(schema, document, name, variables ?? {});
          assertTime(contextValue, price.certain);
          if (limit === 0 || price.most <= limit) return;
          // Planning tens of thousands of entities would cost more than rejecting them saves.
          const { read, write } = price.certain;
          if (read + write > limit) throw tooManyCalls(read + write, limit);
          const planned = createContext(dryRun(account), planningRequest(request));
          await execute({
            schema,
            document,
            contextValue: planned,
            variableValues: variables ?? {},
            ...(name && { operationName: name }),
          });
          const calls = callsOf(planned);
          if (calls.read + calls.write > limit) throw tooManyCalls(calls.read + calls.write, limit);
        },
      };
    },
  };
}
