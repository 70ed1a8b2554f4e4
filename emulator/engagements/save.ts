import { opportunityCreated, opportunityUpdated } from '../events/details.ts';
import { asObject, getIn } from '../json.ts';
import { withNextModified } from '../records/dates.ts';
import type { Opportunity } from '../records/record.ts';
import type { PartnerState } from '../state.ts';
import { shareAwsView } from './aws-snapshot.ts';
import { engagementOf } from './engagement.ts';
import { answerInvitation } from './invitation.ts';
import { aws, type Engagement } from './model.ts';
import { notify } from './notify.ts';
import { runJobs } from './snapshot-job.ts';

/** Stores an opportunity that its partner or AWS has written, with all that follows: AWS's answer, events, snapshots. */
export function saveOpportunity(state: PartnerState, record: Opportunity): void {
  const before = state.store.get(record.Catalog, record.Id);
  state.store.put(record);
  const answer = before && answerOf(before, record);
  const engagement = answer && engagementOf(state, record);
  if (engagement) answerAsAws(state, engagement, answer);
  if (engagement) inheritReview(state, engagement, record);
  const happening = before ? opportunityUpdated : opportunityCreated;
  notify(state, [state.accountId], happening(record.Catalog, record.Id));
  runJobs(state, record);
  if (engagement) shareAwsView(state, engagement, record);
}

const answers = { Approved: 'ACCEPTED', Rejected: 'REJECTED' } as const;

/** What a changed review status makes of AWS's invitation. AWS: events. */
function answerOf(before: Opportunity, after: Opportunity): 'ACCEPTED' | 'REJECTED' | undefined {
  const [from, to] = [before, after].map((record) => getIn(record, 'LifeCycle', 'ReviewStatus'));
  return from !== to && (to === 'Approved' || to === 'Rejected') ? answers[to] : undefined;
}

/** Answers AWS's invitation to an engagement, if it is still open. */
export function answerAsAws(
  state: PartnerState,
  engagement: Engagement,
  answer: 'ACCEPTED' | 'REJECTED',
): void {
  const pending = state.engagements.invitations
    .inGroup(engagement.Id)
    .find((one) => one.Receiver.Account.AwsAccountId === aws && one.Status === 'PENDING');
  if (pending) answerInvitation(state, pending, answer);
}

/**
 * A decision on an opportunity is also one on those of the partners that its owner has invited. AWS: multi-partner
 * opportunities.
 */
function inheritReview(state: PartnerState, engagement: Engagement, decided: Opportunity): void {
  const ReviewStatus = getIn(decided, 'LifeCycle', 'ReviewStatus') ?? null;
  for (const invitation of state.engagements.invitations.inGroup(engagement.Id)) {
    const { SenderAwsAccountId, Receiver, opportunity } = invitation;
    if (SenderAwsAccountId !== state.accountId || opportunity === undefined) continue;
    const receiver = state.accounts.of(Receiver.Account.AwsAccountId);
    const waiting = receiver.store.get(decided.Catalog, opportunity);
    const lifeCycle = asObject(waiting?.LifeCycle);
    if (waiting && lifeCycle.ReviewStatus === 'Submitted')
      saveOpportunity(
        receiver,
        withNextModified({ ...waiting, LifeCycle: { ...lifeCycle, ReviewStatus } }, receiver),
      );
  }
}
