import { areConnected } from '../engagements/connection.ts';
import { engagementToChange, membersOf } from '../engagements/engagement.ts';
import { answerInvitation, invite } from '../engagements/invitation.ts';
import { aws, type Engagement } from '../engagements/model.ts';
import { enrichmentOf, findInvitation, pendingInvitation } from '../engagements/received.ts';
import { ApiError, businessInvalid } from '../errors.ts';
import { asObject, asString, getIn, type JsonObject, prune } from '../json.ts';
import { emptyAnswer, type Operation } from '../operation.ts';
import { once } from '../records/once.ts';
import { missing, violation } from '../rules/rule.ts';
import { invitationAnswer } from '../shapes/engagement-answers.ts';
import {
  acceptInvitationRequest,
  createInvitationRequest,
  getInvitationRequest,
  rejectInvitationRequest,
} from '../shapes/invitation-requests.ts';
import { present } from '../shapes/present.ts';
import type { PartnerState } from '../state.ts';

/** An engagement has at most ten members. AWS: multi-partner opportunities. */
const maxMembers = 10;

const receiverPath = 'Invitation.Receiver.Account.AwsAccountId';

/** Invites a company to an engagement of the caller's. The service does not compare the payload with any opportunity. */
export const createEngagementInvitation: Operation = {
  request: createInvitationRequest,
  kind: 'write',
  run: (input, state) =>
    once('CreateEngagementInvitation', input, state, () => {
      const engagement = engagementToChange(state, input.Catalog, input.EngagementIdentifier);
      const { Message, Payload, Receiver } = asObject(prune(input.Invitation ?? {}));
      const AwsAccountId = String(getIn(Receiver, 'Account', 'AwsAccountId'));
      const Alias = asString(getIn(Receiver, 'Account', 'Alias'));
      assertMayInvite(state, engagement, AwsAccountId);
      const payload = asObject(Payload);
      const { Id, Arn } = invite(state, {
        engagement,
        sender: state.accountId,
        receiver: { AwsAccountId, ...(Alias !== undefined && { Alias }) },
        PayloadType: payload.LeadInvitation ? 'LeadInvitation' : 'OpportunityInvitation',
        Payload: payload,
        InvitationMessage: String(Message),
      });
      return { Id, Arn };
    }),
};

function assertMayInvite(state: PartnerState, engagement: Engagement, receiver: string): void {
  const { accountId, engagements, settings } = state;
  if (receiver === accountId)
    throw businessInvalid([violation('INVALID_VALUE', receiverPath, 'A partner cannot invite itself')]);
  if (
    settings.partnerConnections === 'require' &&
    receiver !== aws &&
    !areConnected(state, accountId, receiver)
  )
    throw businessInvalid([
      violation('INVALID_VALUE', receiverPath, `The accounts ${accountId} and ${receiver} are not connected`),
    ]);
  const pending = engagements.invitations.inGroup(engagement.Id).filter(({ Status }) => Status === 'PENDING');
  const invited = pending.map((one) => one.Receiver.Account.AwsAccountId);
  const members = membersOf(engagement);
  if ([...members, ...invited].includes(receiver))
    throw new ApiError(
      'ConflictException',
      `The account ${receiver} is already a member of engagement ${engagement.Id}, or invited`,
    );
  if (members.length + invited.length >= maxMembers)
    throw new ApiError(
      'ServiceQuotaExceededException',
      `Engagement ${engagement.Id} cannot have more than ${maxMembers} members, invited ones included`,
    );
}

/** Returns an invitation that the caller has sent or received. */
export const getEngagementInvitation: Operation = {
  request: getInvitationRequest,
  kind: 'read',
  run(input, state) {
    const invitation = findInvitation(state, input.Catalog, input.Identifier);
    const engagement = state.engagements.engagements.get(invitation.EngagementId);
    const isGone =
      invitation.Status === 'REJECTED' &&
      invitation.PayloadType === 'OpportunityInvitation' &&
      invitation.SenderAwsAccountId !== state.accountId;
    // A partner no longer sees what it has rejected. AWS: opportunities from AWS.
    const hidden: JsonObject = { Payload: null, InvitationMessage: null, EngagementDescription: null };
    const visible: JsonObject = {
      ...invitation,
      ExistingMembers: (engagement?.members ?? []).map(({ CompanyName, WebsiteUrl }) => ({
        CompanyName,
        WebsiteUrl,
      })),
      EnrichmentContext: engagement ? enrichmentOf(invitation, engagement) : null,
      ...(isGone && hidden),
    };
    return present(invitationAnswer, visible, { unknown: 'drop', nulls: state.settings.nulls });
  },
};

/** Joins the engagement of an invitation. This makes no opportunity: it is the way to accept a lead. */
export const acceptEngagementInvitation: Operation = {
  request: acceptInvitationRequest,
  kind: 'write',
  run(input, state) {
    answerInvitation(state, pendingInvitation(state, input.Catalog, input.Identifier), 'ACCEPTED');
    return emptyAnswer;
  },
};

/** Rejects an invitation for good. */
export const rejectEngagementInvitation: Operation = {
  request: rejectInvitationRequest,
  kind: 'write',
  run(input, state) {
    const reason = asString(input.RejectionReason);
    if (reason === undefined && state.settings.rejectionReason === 'required')
      throw businessInvalid([missing('RejectionReason')]);
    answerInvitation(state, pendingInvitation(state, input.Catalog, input.Identifier), 'REJECTED', reason);
    return emptyAnswer;
  },
};
