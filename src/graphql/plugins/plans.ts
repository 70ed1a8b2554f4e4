/** Executes operations by plans where they have one. */
import { type GraphQLResponse, HeaderMap } from '@apollo/server';
import type { Context } from '../context.ts';
import { Answer, type Text } from '../execution/answer.ts';
import { GiveUp } from '../execution/give-up.ts';
import { handOver } from '../execution/hand-over.ts';
import { createJsonCache } from '../execution/json-cache.ts';
import { createPlans, type Plan } from '../execution/plans.ts';
import type { MaybePromise, Run } from '../execution/run.ts';
import { maxListed } from '../open-enums.ts';
import { recordTurns } from '../turns.ts';
import { variablesOf } from '../variables.ts';
import type { Step } from './in-sequence.ts';

export type PlanOptions = {
  /** The use of an operation from which it has a plan. */
  fromUse: number;
  /** The memory limit for the JSON of records, in bytes. */
  maxBytes: number;
};

/**
 * Answers queries and the events of subscriptions by plans from their second use on. If a plan gives up, Apollo Server has
 * graphql-js execute the operation in the same context. Mutations and dry runs have no plans.
 */
export function plans({ fromUse, maxBytes }: PlanOptions): Step {
  const planOf = createPlans(fromUse);
  const cache = createJsonCache(maxBytes);

  /** An operation's data as JSON; undefined if the plan gives up. */
  function execute(
    plan: Plan,
    context: Context,
    variables: Run['variables'],
  ): MaybePromise<Text | undefined> {
    const { request, account } = context;
    const run: Run = {
      context,
      variables,
      cache,
      takeTurn: () => recordTurns.take(request.caller),
      resolved: [],
      unknown: [],
      isOver: false,
    };
    function answered(text: Text): Text {
      const room = maxListed - request.unknownEnumValues.length;
      if (run.unknown.length > 0) request.unknownEnumValues.push(...run.unknown.slice(0, room));
      plan.note(true);
      account.telemetry.plan(account.name, 'answered');
      return text;
    }
    function hasGivenUp(error: unknown): undefined {
      run.isOver = true;
      plan.note(false);
      handOver(context, run.resolved);
      account.telemetry.plan(account.name, error instanceof GiveUp ? error.reason : 'error');
    }
    try {
      const text = plan.execute(run);
      return text instanceof Promise ? text.then(answered, hasGivenUp) : answered(text);
    } catch (error) {
      return hasGivenUp(error);
    }
  }

  function responseOf(text: Text | undefined): GraphQLResponse | null {
    if (text === undefined) return null;
    const data = new Answer(text, cache) as unknown as Record<string, unknown>;
    return {
      http: { status: 200, headers: new HeaderMap() },
      body: { kind: 'single', singleResult: { data } },
    };
  }

  return {
    responseForOperation({ schema, document, operation, request, contextValue }) {
      if (!operation || operation.operation === 'mutation' || contextValue.request.isDryRun) return null;
      const { coerced } = variablesOf({ schema, operation, request, contextValue });
      const plan = coerced && planOf({ schema, document, operation, variables: coerced });
      if (!plan) return null;
      const text = execute(plan, contextValue, coerced);
      return text instanceof Promise ? text.then(responseOf) : responseOf(text);
    },
  };
}
