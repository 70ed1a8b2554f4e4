import type { Opportunity } from '../records/record.ts';
import type { PartnerState } from '../state.ts';
import { createEngagement } from './engagement.ts';
import { invite } from './invitation.ts';
import { aws, type Invitation } from './model.ts';
import { customerProject, opportunityInvitation } from './payloads.ts';
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
