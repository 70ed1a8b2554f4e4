import { badInput } from '../../domain/bad-input.ts';
import { opportunityConstraints } from '../../domain/constraints.ts';
import {
  type ConversionProgress,
  type ConversionStore,
  completedConversion,
  convert,
} from '../../domain/convert.ts';
import { assertLeadId, leadPartsOf } from '../../domain/ids.ts';
import { isFinished, type Task } from '../../domain/tasks.ts';
import { checkConstraints } from '../../domain/validation.ts';
import type { Fault } from '../../fault.ts';
import type { TagInput, UserError } from '../../generated/schema-types.ts';
import type { Context } from '../../graphql/context.ts';
import type { EngagementTurn } from '../../records/engagement-writer.ts';
import { timeFor } from '../association-steps.ts';
import type { ConvertLeadPayload, ConvertLeadResult } from '../models.ts';
import { type Reporter, runMutation } from '../mutation.ts';
import { waitFor } from '../submission.ts';
import { taskErrors } from '../task-errors.ts';
import type { Resolvers } from '../types.generated.ts';
import { wholeError } from '../user-errors.ts';
import { fetchLead, leadOf } from './query.ts';
import { leadNotFound } from './report.ts';

/** One lead as `convert` sees it. */
function storeOf(
  id: string,
  tags: TagInput[] | null | undefined,
  turn: EngagementTurn,
  context: Context,
): ConversionStore {
  const { engagementId, contextId } = leadPartsOf(id);
  const { tasks } = context;
  return {
    read: async () => leadOf(await turn.read(), id),
    tasks() {
      tasks.conversions.clear(engagementId);
      return tasks.conversions.load(engagementId);
    },
    async start(clientToken) {
      const answer = await turn.write('StartOpportunityFromEngagementTask', {
        identifier: engagementId,
        contextIdentifier: contextId,
        clientToken,
        ...(tags && { tags }),
      });
      tasks.conversions.clear(engagementId);
      return tasks.started('OpportunityFromEngagementTask', answer);
    },
    isTimeUp: timeFor(context),
  };
}

/**
 * Waits for a task. If it has failed, another attempt may have converted the lead: then that one counts, since its
 * opportunity is what the caller is after.
 */
async function finish(id: string, started: Task, waitMs: number, context: Context): Promise<Task> {
  const task = await waitFor(started, waitMs, context);
  if (task.status !== 'FAILED') return task;
  const { engagementId } = leadPartsOf(id);
  context.tasks.conversions.clear(engagementId);
  const [lead, tasks] = await Promise.all([
    fetchLead(id, context),
    context.tasks.conversions.load(engagementId),
  ]);
  return (lead && completedConversion(lead, tasks)) ?? task;
}

/** Why the task was not started; undefined if the caller cannot fix it. */
function startErrors(
  fault: Fault,
  clientToken: string | null | undefined,
  reporter: Reporter,
): UserError[] | undefined {
  if (fault.mayHaveBeenApplied) {
    const message =
      "AWS's response was lost, so it is unknown whether the conversion was started. Send the same input again: the lead is converted at most once.";
    return [wholeError('OUTCOME_UNKNOWN', message)];
  }
  // The same conversion has always the same content, so a conflict is one of the caller's own token or tags.
  if (fault.code === 'CONFLICT')
    return [
      wholeError('IDEMPOTENCY_CONFLICT', fault.message, ['input', clientToken ? 'clientToken' : 'tags']),
    ];
  return reporter.explain(fault);
}

/** Why nothing was started; undefined if the caller cannot fix it. */
function errorsOf(
  progress: ConversionProgress,
  { id, clientToken }: { id: string; clientToken?: string | null | undefined },
  reporter: Reporter,
): UserError[] | undefined {
  switch (progress.kind) {
    case 'notFound':
      return [leadNotFound(id)];
    case 'refused':
      return reporter.toUserErrors(progress.violations);
    case 'stopped':
      return progress.fault ? startErrors(progress.fault, clientToken, reporter) : [];
    default:
      return [];
  }
}

export const resolvers: Resolvers = {
  Mutation: {
    async convertLead(_root, { input }, context, info): Promise<ConvertLeadPayload> {
      const { id, clientToken, waitMs, tags } = input;
      assertLeadId(id, 'input.id');
      if (waitMs < 0) throw badInput('input.waitMs', String(waitMs), '0 or more');
      const { related, account } = context;
      const unchanged: ConvertLeadResult = {
        id,
        converted: false,
        task: null,
        clientToken: null,
        complete: true,
        changed: false,
      };
      return runMutation<ConvertLeadResult>(info, {
        input: { type: 'ConvertLeadInput', value: input, path: ['input'] },
        unchanged,
        check: () => checkConstraints({ clientToken, tags }, opportunityConstraints),
        async execute(reporter) {
          const progress = await context.engagements.inTurn(leadPartsOf(id).engagementId, (turn) =>
            convert(storeOf(id, tags, turn, context), { id, clientToken }),
          );
          const errors = errorsOf(progress, input, reporter);
          if (!errors && progress.kind === 'stopped' && progress.fault) throw progress.fault;
          const begun = progress.kind === 'started' || progress.kind === 'converted' ? progress : undefined;
          const token = begun?.kind === 'started' ? (begun.clientToken ?? null) : null;
          const task = begun?.task ? await finish(id, begun.task, waitMs, context) : null;
          const converted = task?.status === 'COMPLETE';
          if (converted && begun?.kind === 'started') {
            // The task has created an opportunity, shared it, and added a context.
            if (task.opportunityId) account.cache.invalidate(task.opportunityId);
            related.forgetAssociations();
            related.noteEngagementWrite(leadPartsOf(id).engagementId);
          }
          const failed = task ? taskErrors(task, info.schema) : [];
          const userErrors = [...(errors ?? []), ...failed];
          return {
            id,
            converted,
            task,
            clientToken: token,
            complete: userErrors.length > 0 || (task !== null && isFinished(task)),
            changed: token !== null,
            userErrors,
          };
        },
      });
    },
  },

  ConvertLeadPayload: {
    lead: ({ id }, _args, context) => fetchLead(id, context),
    opportunity: ({ task }, _args, { loaders }) =>
      task?.opportunityId ? loaders.opportunity.load(task.opportunityId) : null,
    task: ({ task }) => task,
  },
};
