import { businessInvalid, type Violation } from '../errors.ts';
import { asObject, type JsonObject } from '../json.ts';
import { changeOf } from '../records/change.ts';
import { withNextModified } from '../records/dates.ts';
import type { Opportunity } from '../records/record.ts';
import { onePerField } from '../rules/business.ts';
import { submissionRules } from '../rules/submission.ts';
import type { PartnerState } from '../state.ts';
import { scheduleReview } from './schedule.ts';
import { type Engagement, type Involvement, involvementKey, nextId, type Task } from './store.ts';

/** Everything that blocks a submission. */
export function submissionViolations(
  state: PartnerState,
  record: Opportunity,
  involvement: Involvement,
): Violation[] {
  const change = changeOf(record.Catalog, undefined, record, state);
  const associated = asObject(record.RelatedEntityIdentifiers);
  return onePerField(submissionRules({ ...change, associated }, involvement));
}

/** Submits a record to AWS; the partner cannot change it during the review. */
export function submit(state: PartnerState, record: Opportunity, involvement: Involvement): void {
  const { ReviewComments: _comments, ReviewStatusReason: _reason, ...lifeCycle } = asObject(record.LifeCycle);
  state.store.put(
    withNextModified({ ...record, LifeCycle: { ...lifeCycle, ReviewStatus: 'Submitted' } }, state),
  );
  state.engagements.involvements.set(involvementKey(state.accountId, record.Catalog, record.Id), involvement);
  scheduleReview(state, record.Catalog, record.Id);
}

export function submitOrThrow(state: PartnerState, record: Opportunity, involvement: Involvement): void {
  const violations = submissionViolations(state, record, involvement);
  if (violations.length > 0) throw businessInvalid(violations);
  submit(state, record, involvement);
}

/**
 * Completes or fails a task. A refused submission is a failed task, although the call itself succeeds: all violations
 * are in one line of text.
 */
export function finishTask(state: PartnerState, taskId: string): void {
  const task = state.engagements.tasks.get(taskId);
  if (!task) return;
  const record = state.store.get(task.catalog, task.answer.OpportunityId);
  const violations = record ? submissionViolations(state, record, task.involvement) : [];
  if (!record || violations.length > 0) {
    const Message = violations.map(({ code, field, message }) => `${code} ${field}:${message}`).join(';');
    state.engagements.tasks.set(
      taskId,
      finished(task, { TaskStatus: 'FAILED', Message, ReasonCode: 'OpportunityValidationFailed' }),
    );
    return;
  }
  const engagement = engagementOf(state, record);
  submit(state, record, { ...task.involvement, engagement });
  const ResourceSnapshotJobId = nextId(state.engagements, 'job-');
  state.engagements.tasks.set(
    taskId,
    finished(task, { TaskStatus: 'COMPLETE', ...engagement, ResourceSnapshotJobId }),
  );
}

const finished = (task: Task, more: JsonObject & { TaskStatus: string }): Task => ({
  ...task,
  answer: { ...task.answer, ...more },
});

/** An opportunity has one engagement with AWS, no matter how often it is submitted. */
function engagementOf({ accountId, engagements }: PartnerState, { Catalog, Id }: Opportunity): Engagement {
  const known = engagements.involvements.get(involvementKey(accountId, Catalog, Id))?.engagement;
  return (
    known ?? {
      EngagementId: nextId(engagements, 'eng-', 14),
      EngagementInvitationId: nextId(engagements, 'engi-'),
    }
  );
}
