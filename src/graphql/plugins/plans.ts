/** Executes operations by plans where they have one. */
import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { Context } from '../context.ts';
import { Answer, type Text } from '../execution/answer.ts';
import { GiveUp } from '../execution/give-up.ts';
import { handOver } from '../execution/hand-over.ts';
import { createJsonCache } from '../execution/json-cache.ts';
import { createPlans, type Plan } from '../execution/plans.ts';
import type { Run } from '../execution/run.ts';
import { maxListed } from '../open-enums.ts';
import { recordTurns } from '../turns.ts';
import { coercedVariables } from '../variables.ts';

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
export function plans({ fromUse, maxBytes }: PlanOptions): ApolloServerPlugin<Context> {
  const planOf = createPlans(fromUse);
  const cache = createJsonCache(maxBytes);

  /** An operation's data as JSON; undefined if the plan gives up. */
  async function execute(
    plan: Plan,
    context: Context,
    variables: Run['variables'],
  ): Promise<Text | undefined> {
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
    try {
      const text = await plan.execute(run);
      const room = maxListed - request.unknownEnumValues.length;
      request.unknownEnumValues.push(...run.unknown.slice(0, room));
      plan.note(true);
      account.telemetry.plan(account.name, 'answered');
      return text;
    } catch (error) {
      run.isOver = true;
      plan.note(false);
      handOver(context, run.resolved);
      account.telemetry.plan(account.name, error instanceof GiveUp ? error.reason : 'error');
      return undefined;
    }
  }

  return {
    async requestDidStart({ contextValue }) {
      if (contextValue.request.isDryRun) return;
      return {
        async responseForOperation({ schema, document, operation, request, contextValue }) {
          if (!operation || operation.operation === 'mutation') return null;
          const { coerced } = coercedVariables(schema, operation, request.variables);
          const plan = coerced && planOf({ schema, document, operation, variables: coerced });
          const text = plan ? await execute(plan, contextValue, coerced) : undefined;
          if (text === undefined) return null;
          const data = new Answer(text, cache) as unknown as Record<string, unknown>;
          return {
            http: { status: 200, headers: new HeaderMap() },
            body: { kind: 'single', singleResult: { data } },
          };
        },
      };
    },
  };
}
