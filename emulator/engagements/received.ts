/** Invitations as their sender and their receiver see them. */
import { idOf } from '../arns.ts';
import { ApiError, businessInvalid, notFound } from '../errors.ts';
import { asObject, type Json, type JsonObject } from '../json.ts';
import { violation } from '../rules/rule.ts';
import type { PartnerState } from '../state.ts';
import type { ContextType, Engagement, Invitation } from './model.ts';

/** The invitation of an id or ARN. @throws ApiError if there is none, or the calling account has no part in it */
export function findInvitation(
  { accountId, engagements }: PartnerState,
  catalog: Json | undefined,
  identifier: Json | undefined,
): Invitation {
  const invitation = engagements.invitations.get(idOf(identifier));
  const accounts = [invitation?.SenderAwsAccountId, invitation?.Receiver.Account.AwsAccountId];
  if (!invitation || invitation.Catalog !== catalog || !accounts.includes(accountId))
    throw notFound(String(identifier));
  return invitation;
}

/** The same, for its receiver alone. @throws ApiError if the calling account has sent it */
export function receivedInvitation(
  state: PartnerState,
  catalog: Json | undefined,
  identifier: Json | undefined,
): Invitation {
  const invitation = findInvitation(state, catalog, identifier);
  if (invitation.Receiver.Account.AwsAccountId !== state.accountId)
    throw new ApiError('AccessDeniedException', `Only the receiver of ${invitation.Id} can answer it`);
  return invitation;
}

/** The same, as long as it can be answered. @throws ApiError if it has been, or has expired */
export function pendingInvitation(
  state: PartnerState,
  catalog: Json | undefined,
  identifier: Json | undefined,
): Invitation {
  const invitation = receivedInvitation(state, catalog, identifier);
  if (invitation.Status === 'PENDING') return invitation;
  const message = `Invitation ${invitation.Id} is ${invitation.Status}, not PENDING`;
  if (state.settings.answeredInvitation === 'invalid-state')
    throw businessInvalid([violation('INVALID_RESOURCE_STATE', 'Identifier', message)]);
  throw new ApiError('ConflictException', message);
}

/** What AWS shares of a lead before the acceptance: of the company, and never of the contact. AWS: the data model. */
export function enrichmentOf({ PayloadType }: Invitation, { Contexts }: Engagement): JsonObject | null {
  if (PayloadType !== 'LeadInvitation') return null;
  const payloadOf = (type: ContextType): JsonObject =>
    asObject(Contexts.findLast(({ Type }) => Type === type)?.Payload?.[type]);
  const { Customer, Insights } = asObject(payloadOf('ProspectingResult').Aws);
  const { Insights: LeadInsights } = payloadOf('Lead');
  const result = Customer || Insights ? { Customer: Customer ?? null, Insights: Insights ?? null } : null;
  return result || LeadInsights ? { ProspectingResultAws: result, LeadInsights: LeadInsights ?? null } : null;
}
