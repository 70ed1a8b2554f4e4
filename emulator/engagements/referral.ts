import { asObject, type JsonObject } from '../json.ts';
import type { Opportunity } from '../records/record.ts';
import type { PartnerState } from '../state.ts';
import { createEngagement } from './engagement.ts';
import { invite } from './invitation.ts';
import { aws, type Invitation } from './model.ts';
import { customerProject, leadInvitation, opportunityInvitation } from './payloads.ts';
import { titleOf } from './submission.ts';

/**
 * Simulates an AWS referral, as the Sandbox allows: the record is hidden until its invitation is accepted. AWS:
 * testing in the Sandbox.
 */
export function createReferral(
  state: PartnerState,
  record: Opportunity,
  message = 'AWS refers this opportunity to you.',
): Invitation {
  const engagement = createEngagement(state, {
    Catalog: record.Catalog,
    ...titleOf(record),
    contexts: [{ Type: 'CustomerProject', Payload: customerProject(record) }],
    creator: aws,
  });
  return invite(state, {
    engagement,
    sender: aws,
    receiver: { AwsAccountId: state.accountId },
    PayloadType: 'OpportunityInvitation',
    Payload: opportunityInvitation(record, {
      SenderContacts: [{ Email: 'seller@amazon.example', FirstName: 'Robin', LastName: 'Marlowe' }],
      ReceiverResponsibilities: ['Reseller'],
    }),
    InvitationMessage: message,
    referral: record,
  });
}

/** Refers a lead, as AWS: only the acceptance shows the contact. AWS: working with leads. */
export function referLead(
  state: PartnerState,
  Catalog: string,
  lead: JsonObject,
  message = 'AWS shares this lead with you.',
): Invitation {
  const company = String(asObject(lead.Customer).CompanyName);
  const engagement = createEngagement(state, {
    Catalog,
    Title: [...company].slice(0, 40).join(''),
    Description: '',
    contexts: [{ Type: 'Lead', Payload: { Lead: lead } }],
    creator: aws,
  });
  return invite(state, {
    engagement,
    sender: aws,
    receiver: { AwsAccountId: state.accountId },
    PayloadType: 'LeadInvitation',
    Payload: leadInvitation(lead),
    InvitationMessage: message,
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
