/** Invitations to engagements: what never changes about one, and how long it can be answered. */
import type {
  EngagementInvitationFilter,
  InvitationStatus,
  ParticipantType,
} from '../generated/schema-types.ts';
import type { Input } from '../upstream/operations.ts';
import type { InvitationRecord, InvitationSummary } from '../upstream/wire.ts';
import { badInput, quoted } from './bad-input.ts';
import { accountValues, assertEngagementId } from './engagements.ts';
import { conditionValues, orderBy } from './filters.ts';
import { idForms, invitationIdOf } from './ids.ts';
import { compareInstants, parseInstant } from './instants.ts';

/** An invitation as the graph has it: at least what AWS's list has of one. */
export type Invitation = InvitationSummary | InvitationRecord;

/** Rejects a string that cannot be an invitation's id before a call is spent on it. @throws Fault BAD_USER_INPUT */
export function assertInvitationId(id: string, field = 'id'): void {
  if (!idForms.EngagementInvitation.test(id))
    throw badInput(field, quoted(id), "an invitation's id such as engi-0123456789abc");
}

/** The account that AWS writes for itself. */
const aws = 'aws';

/** An invitation with its id as an id: AWS gives some as ARNs. */
export function withPlainId<One extends Invitation>(one: One): One {
  const id = invitationIdOf(one.id);
  return id === one.id ? one : { ...one, id, arn: one.arn ?? one.id };
}

/** Whose side this account is on, if the invitation itself has it. */
export function sideOf(one: Invitation): ParticipantType | undefined {
  if ('participantType' in one && one.participantType) return one.participantType;
  if (one.senderAwsAccountId === aws) return 'RECEIVER';
  return receiverOf(one)?.awsAccountId === aws ? 'SENDER' : undefined;
}

/** Who is invited: the one member that AWS's union has so far. */
export const receiverOf = ({ receiver }: Invitation) =>
  (
    receiver as
      | { account?: { awsAccountId?: string | null; alias?: string | null } | null }
      | null
      | undefined
  )?.account;

/** Checks whether a status is final: it is anything but pending. */
export const isAnswered = (status: InvitationStatus | null | undefined): boolean =>
  status !== undefined && status !== null && status !== 'PENDING';

const dayMs = 86_400_000;

/**
 * The days that are left to answer an invitation, the current one included; 0 if it cannot be answered any more, null if
 * AWS has set no date.
 *
 * @param now an RFC 3339 instant
 */
export function daysLeft({ status, expirationDate }: Invitation, now: string): number | null {
  if (!expirationDate) return null;
  const [end, start] = [parseInstant(expirationDate), parseInstant(now)];
  if (!end || !start) return null;
  if (isAnswered(status) || compareInstants(expirationDate, now) <= 0) return 0;
  return Math.ceil((end.seconds - start.seconds) / dayMs) || 1;
}

export type InvitationListInput = Input<'ListEngagementInvitations'>;

const sort = { sortBy: 'InvitationDate', sortOrder: 'DESCENDING' } as const;

/** AWS's order of invitations, as they are asked for. */
export const latestInvitationFirst = orderBy<InvitationSummary>(
  ({ invitationDate }) => invitationDate ?? '',
  sort.sortOrder,
);

/** A direction and a filter in AWS's members. @throws Fault BAD_USER_INPUT */
export function invitationInput(
  participantType: ParticipantType,
  { statuses, payloadTypes, engagementIds, senderAwsAccountIds }: EngagementInvitationFilter,
): InvitationListInput {
  for (const [index, id] of (engagementIds ?? []).entries())
    assertEngagementId(id, `filter.engagementIds[${index}]`);
  return {
    participantType,
    sort,
    status: conditionValues('statuses', statuses),
    payloadType: conditionValues('payloadTypes', payloadTypes),
    engagementIdentifier: conditionValues('engagementIds', engagementIds),
    senderAwsAccountId: accountValues('senderAwsAccountIds', senderAwsAccountIds),
  };
}
