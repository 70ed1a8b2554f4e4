import { asObject, getIn } from '../json.ts';
import { creationTimestamp, formatTimestamp, withNextModified } from '../records/dates.ts';
import type { Opportunity } from '../records/record.ts';
import type { PartnerState } from '../state.ts';
import { involvementKey, nextId, type Referral } from './store.ts';

/** An unanswered invitation expires after this time. AWS: opportunities from AWS. */
const validityMs = 15 * 86_400_000;

/**
 * Simulates an AWS referral, as the Sandbox allows: the record is hidden until its invitation is accepted. AWS:
 * testing in the Sandbox.
 */
export function createReferral({ accountId, engagements, clock }: PartnerState, record: Opportunity): void {
  const Id = nextId(engagements, 'engi-');
  engagements.referrals.set(Id, {
    account: accountId,
    catalog: record.Catalog,
    record,
    invitation: {
      Id,
      Arn: `arn:aws:partnercentral:us-east-1::catalog/${record.Catalog}/engagement-invitation/${Id}`,
      Catalog: record.Catalog,
      EngagementId: nextId(engagements, 'eng-', 14),
      EngagementTitle: getIn(record, 'Project', 'Title') ?? null,
      InvitationDate: creationTimestamp(clock.now()),
      ExpirationDate: formatTimestamp(clock.now() + validityMs),
      ParticipantType: 'RECEIVER',
      PayloadType: 'OpportunityInvitation',
      Receiver: { Account: { AwsAccountId: accountId } },
      SenderAwsAccountId: 'aws',
      SenderCompanyName: 'Amazon Web Services',
      Status: 'PENDING',
    },
  });
}

/** The current status of an invitation: one left unanswered expires. */
export function statusOf({ invitation }: Referral, { clock }: Pick<PartnerState, 'clock'>): string {
  const over = clock.now() >= Date.parse(String(invitation.ExpirationDate));
  return invitation.Status === 'PENDING' && over ? 'EXPIRED' : invitation.Status;
}

/** Answers a pending invitation. An accepted opportunity is approved, at Prospect. AWS: recorded. */
export function answerReferral(state: PartnerState, id: string, accept: boolean): Referral | undefined {
  const { engagements, store } = state;
  const referral = engagements.referrals.get(id);
  if (referral?.account !== state.accountId || statusOf(referral, state) !== 'PENDING') return undefined;
  const Status = accept ? 'ACCEPTED' : 'REJECTED';
  const answered = { ...referral, invitation: { ...referral.invitation, Status } };
  engagements.referrals.set(id, answered);
  if (!accept) return answered;
  const { record, catalog } = referral;
  const LifeCycle = { ...asObject(record.LifeCycle), Stage: 'Prospect', ReviewStatus: 'Approved' };
  store.put(withNextModified({ ...record, LifeCycle }, state));
  engagements.involvements.set(involvementKey(state.accountId, catalog, record.Id), {
    InvolvementType: 'Co-Sell',
    Visibility: 'Full',
    Origin: 'AWS Referral',
    engagement: { EngagementId: String(referral.invitation.EngagementId), EngagementInvitationId: id },
  });
  return answered;
}
