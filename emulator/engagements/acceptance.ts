/** What accepting an invitation to an opportunity makes: the receiver's own opportunity, shared in the engagement. */
import { opportunityUpdated } from '../events/details.ts';
import { asObject, getIn, type Json, type JsonObject, prune } from '../json.ts';
import { withNextModified } from '../records/dates.ts';
import { newRecord } from '../records/new-record.ts';
import type { Opportunity } from '../records/record.ts';
import type { PartnerState } from '../state.ts';
import { noSupport } from '../values/picklists.ts';
import { answerInvitation } from './invitation.ts';
import { aws, type Invitation, type Task } from './model.ts';
import { notify } from './notify.ts';
import { saveOpportunity } from './save.ts';
import { schedule } from './schedule.ts';
import { startSharing } from './sharing.ts';
import { ownKey } from './store.ts';
import { attachTags } from './tag.ts';
import { completeTask, failTask } from './task.ts';

/** Accepts the invitation of a task, and creates the opportunity. */
export function runAcceptance(state: PartnerState, task: Task): void {
  const id = String(task.answer.EngagementInvitationId);
  const invitation = state.engagements.invitations.get(id);
  if (invitation?.PayloadType !== 'OpportunityInvitation')
    failTask(state, task, 'InvitationValidationFailed', `${id} is not an invitation to an opportunity`);
  else if (!mayAccept(invitation, state))
    failTask(state, task, 'EngagementInvitationConflict', `${id} is ${invitation.Status}, not PENDING`);
  else {
    const { record, jobId } = acceptOpportunity(state, invitation);
    attachTags(state, record.Arn, task.input.Tags);
    completeTask(state, task, { OpportunityId: record.Id, ResourceSnapshotJobId: jobId });
  }
}

/** It is not documented whether the task still works after a plain acceptance, which makes no opportunity. */
const mayAccept = ({ Status, opportunity }: Invitation, { settings }: PartnerState): boolean =>
  Status === 'PENDING' ||
  (Status === 'ACCEPTED' && opportunity === undefined && settings.taskAfterAccept === 'create');

/** Accepts an invitation to an opportunity for its receiver, the calling account. */
export function acceptOpportunity(
  state: PartnerState,
  invitation: Invitation,
): { record: Opportunity; jobId: string | null } {
  if (invitation.Status === 'PENDING') answerInvitation(state, invitation, 'ACCEPTED');
  const { invitations, engagements, involvements } = state.engagements;
  const record = invitation.referral
    ? referredOpportunity(state, invitation, invitation.referral)
    : invitedOpportunity(state, invitation);
  const { Catalog, Id } = record;
  const accepted = invitations.get(invitation.Id) ?? invitation;
  invitations.set(invitation.Id, { ...accepted, opportunity: Id });
  const isReferral = invitation.SenderAwsAccountId === aws;
  involvements.set(ownKey(state.accountId, Catalog, Id), {
    InvolvementType: isReferral ? 'Co-Sell' : 'For Visibility Only',
    Visibility: 'Full',
    ...(isReferral && { Origin: 'AWS Referral' as const }),
  });
  saveOpportunity(state, record);
  // AWS reports both. AWS: events.
  notify(state, [state.accountId], opportunityUpdated(Catalog, Id));
  const engagement = engagements.get(invitation.EngagementId);
  return { record, jobId: engagement ? startSharing(state, engagement, record).Id : null };
}

/** The opportunity of an AWS referral is approved, at Prospect. Its contacts may come later. AWS: recorded; observed. */
function referredOpportunity(
  state: PartnerState,
  { Id: id, Catalog: catalog }: Invitation,
  referral: Opportunity,
): Opportunity {
  const { clock, settings, accountId: account } = state;
  const LifeCycle = { ...asObject(referral.LifeCycle), Stage: 'Prospect', ReviewStatus: 'Approved' };
  const record = withNextModified({ ...referral, LifeCycle }, state);
  if (settings.contactsLagMs === 0) return record;
  schedule(state, { at: clock.now() + settings.contactsLagMs, what: 'contacts', account, catalog, id });
  const { Contacts: _later, ...Customer } = asObject(record.Customer);
  return { ...record, Customer };
}

/** Completes the contacts of an accepted referral, unless the partner has entered some. */
export function deliverContacts(state: PartnerState, invitationId: string): void {
  const referral = state.engagements.invitations.get(invitationId)?.referral;
  const record = referral && state.store.get(referral.Catalog, referral.Id);
  const Contacts = getIn(referral, 'Customer', 'Contacts');
  if (!record || Contacts === undefined || getIn(record, 'Customer', 'Contacts') !== undefined) return;
  const Customer = { ...asObject(record.Customer), Contacts };
  saveOpportunity(state, withNextModified({ ...record, Customer }, state));
}

/**
 * The opportunity of another partner's invitation has what the invitation has of the customer and the project, and
 * the review status of the sender's. AWS: recorded; multi-partner opportunities.
 */
function invitedOpportunity(state: PartnerState, invitation: Invitation): Opportunity {
  const { Customer, Project } = asObject(invitation.Payload.OpportunityInvitation);
  const { CompanyName, Industry, WebsiteUrl, CountryCode } = asObject(Customer);
  const { Title, BusinessProblem, TargetCompletionDate, ExpectedCustomerSpend } = asObject(Project);
  const sent = sentOpportunity(state, invitation);
  const written = prune({
    PrimaryNeedsFromAws: [noSupport],
    Customer: { Account: { CompanyName, Industry, WebsiteUrl, Address: { CountryCode } } },
    Project: { Title, CustomerBusinessProblem: BusinessProblem, ExpectedCustomerSpend },
    LifeCycle: { TargetCloseDate: TargetCompletionDate },
    Marketing: { Source: 'None', CampaignName: getIn(sent, 'Marketing', 'CampaignName') },
  } as JsonObject);
  const record = newRecord(invitation.Catalog, asObject(written), state);
  const ReviewStatus = state.settings.receiverReview === 'approved' ? 'Approved' : inheritedStatus(sent);
  return { ...record, LifeCycle: { ...asObject(record.LifeCycle), ReviewStatus } };
}

/** The opportunity that the sender of an invitation shares in the engagement, if any. */
export function sentOpportunity(
  { accounts, engagements }: PartnerState,
  { Catalog, EngagementId, SenderAwsAccountId }: Invitation,
): Opportunity | undefined {
  const shared = [...engagements.associations.values()].find(
    (one) => one.EngagementId === EngagementId && one.CreatedBy === SenderAwsAccountId,
  );
  return shared && accounts.of(SenderAwsAccountId).store.get(Catalog, shared.ResourceId);
}

/** Without an opportunity of the sender there is no review to wait for. */
function inheritedStatus(sent: Opportunity | undefined): Json {
  if (!sent) return 'Pending Submission';
  return getIn(sent, 'LifeCycle', 'ReviewStatus') === 'Approved' ? 'Approved' : 'Submitted';
}
