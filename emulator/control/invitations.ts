import { acceptOpportunity, sentOpportunity } from '../engagements/acceptance.ts';
import { answerInvitation } from '../engagements/invitation.ts';
import { aws, type Invitation } from '../engagements/model.ts';
import { createReferral, pendingReferral, referLead } from '../engagements/referral.ts';
import { decide } from '../engagements/review.ts';
import type { JsonObject } from '../json.ts';
import { changeOf } from '../records/change.ts';
import { newRecord } from '../records/new-record.ts';
import { normalise } from '../records/normalise.ts';
import { writtenMembers } from '../records/write.ts';
import { assertRules } from '../rules/business.ts';
import { leadShape } from '../shapes/engagement.ts';
import { createOpportunityRequest } from '../shapes/requests.ts';
import { structure } from '../shapes/shape.ts';
import type { PartnerState } from '../state.ts';
import { assertShape, catalogOf, optionalString, readObject } from './read.ts';
import { badRequest, type ControlCall, ControlError, onlyMembers, type Route } from './route.ts';

/** AWS's side of invitations: it refers opportunities and leads to partners, and answers those that it gets. */
export const invitations: readonly Route[] = [
  {
    path: 'invitations',
    GET: ({ state }) => ({
      invitations: [...state.engagements.invitations.values()].map(withOpportunity),
    }),
    POST: (call) => {
      const { body, own } = call;
      onlyMembers(body, ['opportunity', 'lead', 'message']);
      if ((body.opportunity === undefined) === (body.lead === undefined))
        throw badRequest('AWS refers either an opportunity or a lead');
      const invitation = body.lead === undefined ? referOpportunity(call) : lead(call);
      call.changed();
      return withOpportunity(own.engagements.invitations.get(invitation.Id) ?? invitation);
    },
  },
  { path: 'invitations/:id/accept', POST: (call) => answer(call, 'ACCEPTED') },
  { path: 'invitations/:id/reject', POST: (call) => answer(call, 'REJECTED') },
];

/** An invitation; one to an AWS referral has the id of the opportunity that awaits its acceptance. */
const withOpportunity = ({ referral, opportunity: _made, ...invitation }: Invitation): JsonObject => ({
  ...invitation,
  ...(referral && { OpportunityId: referral.Id }),
});

/** What a partner sends to create an opportunity, except for what only a call has. */
const {
  Catalog: _catalog,
  ClientToken: _token,
  Origin: _origin,
  ...members
} = createOpportunityRequest.members;
const opportunityShape = structure(members);

/** The rules of a new opportunity apply: a partner has to be able to go on from there. */
function referOpportunity({ own, body, query }: ControlCall): Invitation {
  const catalog = catalogOf(query);
  const given = readObject(body, 'opportunity');
  assertShape(opportunityShape, given, own);
  const written = writtenMembers(given);
  assertRules(changeOf(catalog, undefined, written, own));
  const record = newRecord(catalog, normalise(written, undefined, own.settings), own);
  return createReferral(own, record, optionalString(body, 'message'));
}

function lead({ own, body, query }: ControlCall): Invitation {
  const given = readObject(body, 'lead');
  assertShape(leadShape, given, own);
  return referLead(own, catalogOf(query), given, optionalString(body, 'message'));
}

function answer(call: ControlCall, status: 'ACCEPTED' | 'REJECTED'): JsonObject {
  const { own, state, name, body } = call;
  onlyMembers(body, status === 'REJECTED' ? ['reason'] : []);
  const reason = optionalString(body, 'reason');
  const invitation = state.engagements.invitations.get(name);
  const referral = pendingReferral(own, name);
  const isOfAws = invitation?.Receiver.Account.AwsAccountId === aws && invitation.Status === 'PENDING';
  if (isOfAws) answerAsAws(state.accounts.of(invitation.SenderAwsAccountId), invitation, status, reason);
  else if (!referral) throw new ControlError(404, `Pending invitation ${name} not found`);
  else if (status === 'ACCEPTED') acceptOpportunity(own, referral);
  else answerInvitation(own, referral, status, reason);
  call.changed();
  return withOpportunity(state.engagements.invitations.get(name) as Invitation);
}

/** An opportunity under review is decided with its invitation, as a decision on it answers the invitation. */
function answerAsAws(
  sender: PartnerState,
  invitation: Invitation,
  status: 'ACCEPTED' | 'REJECTED',
  reason: string | undefined,
): void {
  const record = sentOpportunity(sender, invitation);
  const decision = { status: status === 'ACCEPTED' ? 'Approved' : 'Rejected' };
  const decided = record && decide(sender, record.Catalog, record.Id, decision);
  if (!decided) answerInvitation(sender, invitation, status, reason);
}
