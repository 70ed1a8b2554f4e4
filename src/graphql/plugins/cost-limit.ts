/** Rejects operations that need too many upstream calls or too much time, before a call is made. */
import type { GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { execute, GraphQLError } from 'graphql';
import { dryRun } from '../../accounts/dry-run.ts';
import { secondsFor } from '../../upstream/quota/estimate.ts';
import { createMemo } from '../by-variables.ts';
import { planningRequest } from '../caller-request.ts';
import { type Context, createContext } from '../context.ts';
import { type Calls, type Price, priceFor } from '../price.ts';
import { variablesOf } from '../variables.ts';
import { callsOf, totalOf } from './cost-report.ts';
import type { Step } from './in-sequence.ts';

type Requested = GraphQLRequestContextDidResolveOperation<Context>;

function tooExpensive(message: string, details: object): GraphQLError {
  const extensions = { code: 'OPERATION_TOO_EXPENSIVE', ...details, http: { status: 400 } };
  return new GraphQLError(message, { extensions });
}

function tooManyCalls(upstreamCalls: number, limit: number): GraphQLError {
  const message = `This operation needs ${upstreamCalls} upstream calls; the limit is ${limit} (MAX_UPSTREAM_CALLS). Request fewer items, or only fields that AWS includes in lists.`;
  return tooExpensive(message, { upstreamCalls, limit });
}

/**
 * Rejects an operation that certainly cannot finish before the request's deadline. Otherwise half of fifty mutations
 * might be applied, without the caller learning which.
 *
 * @throws GraphQLError OPERATION_TOO_EXPENSIVE with calls and seconds
 */
function assertTime({ request, quota, account }: Context, certain: Calls): void {
  const secondsLeft = Math.max(0, request.deadline - account.clock.now()) / 1_000;
  const { perSecond } = quota;
  // Fast path: nearly every operation has enough time even if no slot is free now.
  if (Math.max(certain.read / perSecond.read, certain.write / perSecond.write) <= secondsLeft) return;
  const seconds = secondsFor(certain, quota);
  if (seconds <= secondsLeft) return;
  const message = `This operation needs at least ${certain.write} writes and ${certain.read} reads, which take ${seconds} s; the request has ${secondsLeft.toFixed(1)} s left. Split it into several requests.`;
  throw tooExpensive(message, { upstreamCalls: certain.read + certain.write, seconds, secondsLeft });
}

/**
 * Rejects an operation that exceeds the limit of upstream calls or the time left. If only its arguments allow too many
 * calls, a dry run counts them: 200 entities with summary fields are 10 calls, not 200.
 *
 * @param limit the maximum number of calls; 0 means unlimited
 */
export function costLimit(limit: number): Step {
  const remembered = createMemo<Price>();

  /** Counts the calls of an operation in a dry run. @throws GraphQLError OPERATION_TOO_EXPENSIVE if they are too many */
  async function count({ schema, document, operationName, request, contextValue }: Requested): Promise<void> {
    const planned = createContext(dryRun(contextValue.account), planningRequest(contextValue.request));
    await execute({
      schema,
      document,
      contextValue: planned,
      variableValues: request.variables ?? {},
      ...(operationName && { operationName }),
    });
    const calls = totalOf(callsOf(planned));
    if (calls > limit) throw tooManyCalls(calls, limit);
  }

  return {
    didResolveOperation(requested) {
      const { schema, document, operation, request, contextValue } = requested;
      // Apollo Server refuses an operation that the document does not have when it executes it.
      if (!operation) return;
      const { coerced } = variablesOf({ schema, operation, request, contextValue });
      if (!coerced) return;
      const { isDryRun, streamed } = contextValue.request;
      const price = remembered(operation, coerced, (values) => priceFor(schema, document, operation, values));
      if (!isDryRun) assertTime(contextValue, price.certain);
      if (limit === 0 || price.most <= limit) return;
      // Planning tens of thousands of entities would cost more than rejecting them saves, in a dry run as well.
      const { read, write } = price.certain;
      if (read + write > limit) throw tooManyCalls(read + write, limit);
      if (isDryRun) return;
      // Nothing can be planned before there is an event.
      if (streamed) throw tooManyCalls(price.most, limit);
      return count(requested);
    },
  };
}
