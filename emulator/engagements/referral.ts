import { opportunityUpdated } from '../events/details.ts';
import { asObject } from '../json.ts';
import { withNextModified } from '../records/dates.ts';
import type { Opportunity } from '../records/record.ts';
import type { PartnerState } from '../state.ts';
import { createEngagement } from './engagement.ts';
import { answerInvitation, invite } from './invitation.ts';
import { aws, type Invitation } from './model.ts';
import { notify } from './notify.ts';
import { customerProject, opportunityInvitation } from './payloads.ts';
import { saveOpportunity } from './save.ts';
import { shareOpportunity } from './snapshot.ts';
import { createJob, startJob } from './snapshot-job.ts';
import { ownKey } from './store.ts';
import { titleOf } from './submission.ts';

/**
 * Simulates an AWS referral, as the Sandbox allows: the record is hidden until its invitation is accepted. AWS:
 * testing in the Sandbox.
 */
export function createReferral(state: PartnerState, record: Opportunity): void {
  const engagement = createEngagement(state, {
    Catalog: record.Catalog,
    ...titleOf(record),
    contexts: [{ Type: 'CustomerProject', Payload: customerProject(record) }],
    creator: aws,
  });
  invite(state, {
    engagement,
    sender: aws,
    receiver: { AwsAccountId: state.accountId },
    PayloadType: 'OpportunityInvitation',
    Payload: opportunityInvitation(record, {
      SenderContacts: [{ Email: 'seller@amazon.example', FirstName: 'Robin', LastName: 'Marlowe' }],
      ReceiverResponsibilities: ['Reseller'],
    }),
    InvitationMessage: 'AWS refers this opportunity to you.',
    referral: record,
  });
}

/** The calling account's pending invitation to an AWS referral. */
export function pendingReferral(
  { accountId, engagements }: PartnerState,
  id: string,
): Invitation | undefined {
  const invitation = engagements.invitations.get(id);
  const isPending = invitation?.referral && invitation.Status === 'PENDING';
  return isPending && invitation.Receiver.Account.AwsAccountId === accountId ? invitation : undefined;
}

/** Accepts a referral. The opportunity is approved, at Prospect. AWS: recorded. */
export function acceptReferral(state: PartnerState, invitation: Invitation, referral: Opportunity): void {
  answerInvitation(state, invitation, 'ACCEPTED');
  const LifeCycle = { ...asObject(referral.LifeCycle), Stage: 'Prospect', ReviewStatus: 'Approved' };
  const record = withNextModified({ ...referral, LifeCycle }, state);
  const { Catalog, Id } = record;
  state.engagements.involvements.set(ownKey(state.accountId, Catalog, Id), {
    InvolvementType: 'Co-Sell',
    Visibility: 'Full',
    Origin: 'AWS Referral',
  });
  saveOpportunity(state, record);
  // AWS tells of both. AWS: events.
  notify(state, [state.accountId], opportunityUpdated(Catalog, Id));
  const engagement = state.engagements.engagements.get(invitation.EngagementId);
  if (!engagement) return;
  shareOpportunity(state, engagement, record);
  startJob(state, createJob(state, engagement, record));
}
