import { businessInvalid, type Violation } from '../errors.ts';
import { memberAdded } from '../events/details.ts';
import { asObject, asString, getIn, type JsonObject } from '../json.ts';
import { changeOf } from '../records/change.ts';
import { withNextModified } from '../records/dates.ts';
import type { Opportunity } from '../records/record.ts';
import { onePerField } from '../rules/business.ts';
import { listAt, violation } from '../rules/rule.ts';
import { isSubmittable, submissionRules } from '../rules/submission.ts';
import type { PartnerState } from '../state.ts';
import { noSupport } from '../values/picklists.ts';
import { createEngagement, engagementOf, memberOf } from './engagement.ts';
import { invite } from './invitation.ts';
import {
  aws,
  type Engagement,
  type Invitation,
  type Involvement,
  type SnapshotJob,
  type Task,
} from './model.ts';
import { notify } from './notify.ts';
import { customerProject, opportunityInvitation } from './payloads.ts';
import { saveOpportunity } from './save.ts';
import { scheduleReview } from './schedule.ts';
import { shareOpportunity } from './snapshot.ts';
import { createJob, jobOf, startJob } from './snapshot-job.ts';
import { ownKey } from './store.ts';
import { attachTags } from './tag.ts';
import { completeTask, failTask } from './task.ts';

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

/** Submits a record to AWS; the partner cannot change it during the review. Returns the record as submitted. */
function submit(state: PartnerState, record: Opportunity, involvement: Involvement): Opportunity {
  const { ReviewComments: _comments, ReviewStatusReason: _reason, ...lifeCycle } = asObject(record.LifeCycle);
  const needs = listAt(record, 'PrimaryNeedsFromAws');
  const submitted = withNextModified(
    {
      ...record,
      // AWS: recorded for a submission for visibility only, which names no needs.
      ...(needs.length === 0 && { PrimaryNeedsFromAws: [noSupport] }),
      LifeCycle: { ...lifeCycle, ReviewStatus: 'Submitted' },
    },
    state,
  );
  state.engagements.involvements.set(ownKey(state.accountId, record.Catalog, record.Id), involvement);
  saveOpportunity(state, submitted);
  scheduleReview(state, record.Catalog, record.Id);
  return submitted;
}

/**
 * Submits a record that already has its engagement, without the other steps of a task.
 * @throws ApiError with everything that blocks the submission
 */
export function submitOrThrow(state: PartnerState, record: Opportunity, involvement: Involvement): void {
  const violations = submissionViolations(state, record, involvement);
  const hasProject = engagementOf(state, record)?.Contexts.some(({ Type }) => Type === 'CustomerProject');
  if (violations.length === 0 && !hasProject && state.settings.submitWithoutEngagement === 'refuse')
    violations.push(
      violation(
        'ACTION_NOT_PERMITTED',
        'Identifier',
        'SubmitOpportunity requires an engagement about the customer’s project; start a task instead',
      ),
    );
  if (violations.length > 0) throw businessInvalid(violations);
  submit(state, record, involvement);
}

/** The involvement that a request asks for. */
export const involvementOf = (asked: JsonObject): Involvement => ({
  InvolvementType: String(asked.InvolvementType),
  Visibility: asString(asked.Visibility) ?? 'Full',
});

/**
 * Submits the opportunity of a task: in an engagement with a snapshot and its job, and with AWS invited. A refused
 * submission is a failed task, whose message has all violations in one line of text.
 */
export function runSubmission(state: PartnerState, task: Task): void {
  const record = state.store.get(task.catalog, String(task.answer.OpportunityId));
  const involvement = involvementOf(asObject(task.input.AwsSubmission));
  const violations = record ? submissionViolations(state, record, involvement) : [];
  if (!record || violations.length > 0) {
    const message = violations.map(({ code, field, message }) => `${code} ${field}:${message}`).join(';');
    // Submitted already, or by another task meanwhile.
    const isConflict = record && !isSubmittable({ after: record, settings: state.settings });
    failTask(state, task, isConflict ? 'OpportunityConflict' : 'OpportunityValidationFailed', message);
    return;
  }
  const submitted = submit(state, record, involvement);
  const { engagement, job, invitation } = engageAws(state, submitted);
  attachTags(state, job.Arn, task.input.Tags);
  completeTask(state, task, {
    EngagementId: engagement.Id,
    EngagementInvitationId: invitation.Id,
    ResourceSnapshotJobId: job.Id,
  });
}

/** What a submission makes besides the record, unless there is one already: engagement, snapshot with its job, invitation. */
export function engageAws(
  state: PartnerState,
  submitted: Opportunity,
): { engagement: Engagement; job: SnapshotJob; invitation: Invitation } {
  const known = engagementOf(state, submitted);
  const engagement = known ?? newEngagement(state, submitted);
  if (!known) shareOpportunity(state, engagement, submitted);
  const job = jobOf(state, engagement, submitted) ?? createJob(state, engagement, submitted);
  startJob(state, job);
  const invitation = openInvitation(state, engagement) ?? inviteAws(state, engagement, submitted);
  return { engagement, job, invitation };
}

function newEngagement(state: PartnerState, record: Opportunity): Engagement {
  const engagement = createEngagement(state, {
    Catalog: record.Catalog,
    ...titleOf(record),
    contexts: [{ Type: 'CustomerProject', Payload: customerProject(record) }],
    creator: state.accountId,
  });
  notify(state, [state.accountId], memberAdded(engagement, memberOf(state, state.accountId)));
  return engagement;
}

/** The title and description of an opportunity's engagement, as long as AWS allows. */
export function titleOf(record: Opportunity): Pick<Engagement, 'Title' | 'Description'> {
  const text = (name: string, length: number) =>
    [...(asString(getIn(record, 'Project', name)) ?? '')].slice(0, length).join('');
  return { Title: text('Title', 40), Description: text('CustomerBusinessProblem', 255) };
}

/** AWS's invitation to an engagement, unless AWS has to be invited again. */
const openInvitation = ({ engagements }: PartnerState, { Id }: Engagement): Invitation | undefined =>
  engagements.invitations
    .inGroup(Id)
    .find(
      (one) =>
        one.Receiver.Account.AwsAccountId === aws && (one.Status === 'PENDING' || one.Status === 'ACCEPTED'),
    );

const inviteAws = (state: PartnerState, engagement: Engagement, record: Opportunity): Invitation =>
  invite(state, {
    engagement,
    sender: state.accountId,
    receiver: { AwsAccountId: aws },
    PayloadType: 'OpportunityInvitation',
    Payload: opportunityInvitation(record, {
      SenderContacts: listAt(record, 'OpportunityTeam').slice(0, 3).map(asObject),
      ReceiverResponsibilities: ['Co-Sell Facilitator'],
    }),
    InvitationMessage: 'Submission of an opportunity',
  });
