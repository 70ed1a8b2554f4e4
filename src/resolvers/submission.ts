/** A submission in a mutation: the saga of `domain/submit.ts` with its calls, the wait for its task, and the payload. */
import type { GraphQLResolveInfo } from 'graphql';
import { calendar } from '../clock.ts';
import { planAssociations } from '../domain/associations.ts';
import type { PlainObject } from '../domain/paths.ts';
import { submissionBlockers, withAssociations } from '../domain/readiness.ts';
import { isSubmitted, type Step, type Submission, type SubmissionStore, submit } from '../domain/submit.ts';
import { isFinished, type Task } from '../domain/tasks.ts';
import { checkPatch } from '../domain/validation.ts';
import { withMore } from '../domain/violation.ts';
import type { TagInput, UserError, Warning } from '../generated/schema-types.ts';
import type { Context } from '../graphql/context.ts';
import type { Turn } from '../records/writer.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';
import { reserveMs, timeFor } from './association-steps.ts';
import type { SubmitPayload, SubmitResult } from './models.ts';
import type { Reporter } from './mutation.ts';
import { selectsRecord } from './stored.ts';
import type { SubmissionInput } from './submission-paths.ts';
import {
  errorsOf,
  faultOf,
  ignoredWarning,
  type ReportTools,
  stepsOf,
  warningsAbout,
} from './submission-report.ts';
import { taskErrors } from './task-errors.ts';

/** What a mutation submits, and where its input has it. */
export type AskedSubmission = Omit<Submission, 'violations'> & {
  tags: TagInput[] | null | undefined;
  /** How long to wait for the task, in milliseconds. */
  waitMs: number;
  input: SubmissionInput;
};

/** One opportunity as the saga sees it. */
function storeOf(asked: AskedSubmission, turn: Turn, context: Context): SubmissionStore {
  const { id, involvementType, visibility, tags } = asked;
  const isTimeUp = timeFor(context);
  return {
    read: turn.read,
    tasks: turn.tasks,
    update: turn.update,
    associate: (steps) => turn.associate(steps, isTimeUp),
    async start(clientToken) {
      const answer = await turn.write('StartEngagementFromOpportunityTask', {
        identifier: id,
        awsSubmission: { involvementType, visibility },
        clientToken,
        ...(tags && { tags }),
      });
      context.tasks.submissions.clear(id);
      return context.tasks.started('EngagementFromOpportunityTask', answer);
    },
    recall: turn.recall,
    isTimeUp,
    calls: turn.calls,
  };
}

/** The record as it would be submitted, and what AWS would refuse of it. */
function judge(
  { patch, associate, involvementType, visibility }: AskedSubmission,
  base: OpportunityRecord,
  merged: PlainObject,
  changed: string[],
) {
  const today = calendar.today();
  const { steps, violations } = planAssociations(base, associate);
  const target = withAssociations(
    { ...merged, relatedEntityIdentifiers: base.relatedEntityIdentifiers },
    steps,
  );
  const found = [
    ...(changed.length > 0 ? checkPatch(patch, { base, merged, changed }, today) : []),
    ...violations.map((one) => ({ ...one, path: ['relatedEntityIdentifiers', ...one.path] })),
  ];
  const blockers = submissionBlockers(target, { involvementType, visibility }, today);
  return { target, steps, violations: withMore(found, blockers) };
}

/** Waits for a task, no longer than the request lasts. A dry run has nothing to wait for. */
export async function waitFor(task: Task, waitMs: number, { account, request, reading }: Context) {
  const left = request.deadline - reserveMs - account.clock.now();
  return account.taskPoller.wait(task, Math.min(waitMs, left), reading);
}

/**
 * Submits an opportunity, and waits for AWS's answer.
 *
 * @throws Fault if nothing was changed, and the caller cannot fix the reason
 */
export async function runSubmission(
  asked: AskedSubmission,
  context: Context,
  info: GraphQLResolveInfo,
  reporter: Reporter,
): Promise<SubmitPayload> {
  const { id, input, associate, patch } = asked;
  const tools: ReportTools = { input, associate, schema: info.schema, reporter };
  let warnings: Warning[] = [];
  const submission: Submission = {
    ...asked,
    violations(base, merged, changed) {
      // A dry run has no record to check, and counts the calls of a valid submission.
      if (context.request.isDryRun) return [];
      const { target, steps, violations } = judge(asked, base, merged, changed);
      warnings = warningsAbout({ patch, target, base, steps }, tools);
      return violations;
    },
  };
  const { steps, progress } = await context.records.inTurn(id, (turn) =>
    submit(storeOf(asked, turn, context), submission),
  );
  const isDone = steps.some(({ name, outcome }) => name !== 'CHECK' && outcome === 'DONE');
  const userErrors = errorsOf(progress, id, tools);
  const fault = faultOf(progress);
  if (fault && !userErrors && !isDone) throw fault;
  if (progress.kind === 'submitted' && progress.ignored) warnings = [ignoredWarning()];

  const started = progress.kind === 'started' ? progress : undefined;
  const waited = started?.task && (await wait(asked, started.task, context, tools));
  const submitted = progress.kind === 'submitted' || waited?.submitted === true;
  const errors = [...(userErrors ?? []), ...(waited?.userErrors ?? [])];
  const { account, request } = context;
  const outcome = submitted ? 'submitted' : errors.length > 0 ? 'refused' : 'pending';
  if (!request.isDryRun) account.telemetry.submission(account.name, outcome);
  const isPatched = steps.some(({ name, outcome }) => name === 'PATCH' && outcome === 'DONE');
  return {
    id,
    submitted,
    task: waited?.task ?? null,
    steps: stepsOf([...steps, waited?.step ?? unwaited(submitted)], tools),
    clientToken: started?.clientToken ?? null,
    complete: outcome !== 'pending',
    changed: isDone,
    ...(isPatched && {
      written: { input: patch, path: ['input', ...input.fields], known: [], isRead: selectsRecord(info) },
    }),
    warnings,
    userErrors: errors,
  };
}

/** The result of a submission of which nothing was done. */
export const notSubmitted = (id: string): SubmitResult => ({
  id,
  submitted: false,
  task: null,
  steps: [],
  clientToken: null,
  complete: true,
  changed: false,
});

/** The step WAIT of a submission that has no task to wait for. */
const unwaited = (submitted: boolean): Step => ({
  name: 'WAIT',
  outcome: submitted ? 'SKIPPED' : 'PENDING',
  calls: 0,
});

type Waited = { task: Task; submitted: boolean; step: Step; userErrors: UserError[] };

/** WAIT: a task that has failed is a success nevertheless if another one has submitted the opportunity. */
async function wait(
  { id, waitMs, input }: AskedSubmission,
  started: Task,
  context: Context,
  { schema }: ReportTools,
): Promise<Waited> {
  const before = context.records.calls();
  const task = await waitFor(started, waitMs, context);
  const errors = taskErrors(task, schema, input);
  const record = errors.length > 0 ? await context.loaders.opportunity.clear(id).load(id) : null;
  const submitted = task.status === 'COMPLETE' || (record !== null && isSubmitted(record));
  const outcome = submitted ? 'DONE' : isFinished(task) ? 'FAILED' : 'PENDING';
  const step = { name: 'WAIT', outcome, calls: context.records.calls() - before } as const;
  return { task, submitted, step, userErrors: submitted ? [] : errors };
}
