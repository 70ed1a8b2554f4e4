import { invitationArn } from '../arns.ts';
import { invitationEvent } from '../events/details.ts';
import { formatNanoseconds, laterInstant } from '../records/dates.ts';
import type { EmulatorState } from '../state.ts';
import { addMember, memberOf } from './engagement.ts';
import { type AccountId, aws, type Engagement, type Invitation, type InvitationStatus } from './model.ts';
import { notify } from './notify.ts';
import { schedule } from './schedule.ts';
import { nextId } from './store.ts';

/** An unanswered invitation expires after this time. AWS: opportunities from AWS. */
const validityMs = 15 * 86_400_000;

/** AWS's recordings cut titles after this many characters. */
const titleLength = 40;

export type NewInvitation = Pick<Invitation, 'PayloadType' | 'Payload' | 'InvitationMessage' | 'referral'> & {
  engagement: Engagement;
  sender: AccountId;
  receiver: { AwsAccountId: AccountId; Alias?: string };
};

/** Invites an account to an engagement. */
export function invite(
  state: EmulatorState,
  { engagement, sender, receiver, ...given }: NewInvitation,
): Invitation {
  const Id = nextId(state.engagements, 'engi-');
  const { Catalog } = engagement;
  const InvitationDate = formatNanoseconds(state.clock.now());
  const { AwsAccountId } = receiver;
  const expires = sender === aws || state.settings.invitationExpiry === 'all';
  const known = AwsAccountId === aws ? 'AWS' : state.partners.get(AwsAccountId)?.alias;
  const invitation: Invitation = {
    ...given,
    Id,
    Arn: invitationArn(Catalog, Id),
    Catalog,
    EngagementId: engagement.Id,
    EngagementTitle: [...engagement.Title].slice(0, titleLength).join(''),
    EngagementDescription: engagement.Description,
    Status: 'PENDING',
    InvitationDate,
    ExpirationDate: expires ? laterInstant(InvitationDate, validityMs) : null,
    SenderAwsAccountId: sender,
    SenderCompanyName: memberOf(state, sender).CompanyName,
    Receiver: { Account: { AwsAccountId, Alias: receiver.Alias ?? known ?? AwsAccountId } },
  };
  put(state, invitation);
  const at = state.clock.now() + validityMs;
  if (expires) schedule(state, { at, what: 'expiry', account: sender, catalog: Catalog, id: Id });
  return invitation;
}

/** Answers a pending invitation, or lets it expire. An accepted one makes its receiver a member. */
export function answerInvitation(
  state: EmulatorState,
  invitation: Invitation,
  Status: Exclude<InvitationStatus, 'PENDING'>,
  RejectionReason?: string,
): Invitation {
  const answered = { ...invitation, Status, ...(RejectionReason !== undefined && { RejectionReason }) };
  put(state, answered);
  const engagement = state.engagements.engagements.get(invitation.EngagementId);
  if (Status === 'ACCEPTED' && engagement)
    addMember(state, engagement, invitation.Receiver.Account.AwsAccountId);
  return answered;
}

/** Lets an invitation expire unless it has been answered. */
export function expireInvitation(state: EmulatorState, id: string): void {
  const invitation = state.engagements.invitations.get(id);
  if (invitation?.Status === 'PENDING') answerInvitation(state, invitation, 'EXPIRED');
}

/** How events name the two sides: as recorded, and as AWS's guide prints them. */
const participants = {
  upper: { SENDER: 'SENDER', RECEIVER: 'RECEIVER' },
  mixed: { SENDER: 'Sender', RECEIVER: 'Receiver' },
} as const;

/** Every status of an invitation is an event for both sides. */
function put(state: EmulatorState, invitation: Invitation): void {
  state.engagements.invitations.set(invitation.Id, invitation);
  const { SENDER, RECEIVER } = participants[state.settings.participantType];
  notify(state, [invitation.SenderAwsAccountId], invitationEvent(invitation, SENDER));
  notify(state, [invitation.Receiver.Account.AwsAccountId], invitationEvent(invitation, RECEIVER));
}
