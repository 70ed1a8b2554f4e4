import { idOf } from '../arns.ts';
import type { Invitation } from '../engagements/model.ts';
import type { JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { matchesAny, pageOf } from '../records/filter.ts';
import { listInvitationsRequest } from '../shapes/lifecycle-requests.ts';

/** Lists the invitations that the calling account has sent, or those that it has received. Default: latest first. */
export const listEngagementInvitations: Operation = {
  request: listInvitationsRequest,
  kind: 'read',
  run(input, { accountId, engagements }) {
    const { EngagementIdentifier: rooms } = input;
    const engagementIds = Array.isArray(rooms) ? rooms.map(idOf) : rooms;
    const own = (one: Invitation) =>
      input.ParticipantType === 'SENDER' ? one.SenderAwsAccountId : one.Receiver.Account.AwsAccountId;
    const matching = [...engagements.invitations.values()].filter(
      (one) =>
        one.Catalog === input.Catalog &&
        own(one) === accountId &&
        matchesAny(input.PayloadType, one.PayloadType) &&
        matchesAny(input.Status, one.Status) &&
        matchesAny(engagementIds, one.EngagementId) &&
        matchesAny(input.SenderAwsAccountId, one.SenderAwsAccountId),
    );
    const { page, nextToken } = pageOf(matching, input, {
      operation: 'ListEngagementInvitations',
      position: ({ InvitationDate, Id }) => ({ key: InvitationDate, id: Id }),
      descending: true,
    });
    const ParticipantType = String(input.ParticipantType);
    return {
      EngagementInvitationSummaries: page.map((one) => summaryOf(one, ParticipantType)),
      NextToken: nextToken,
    };
  },
};

const summaryOf = (
  {
    Id,
    Arn,
    Catalog,
    EngagementId,
    EngagementTitle,
    InvitationDate,
    ExpirationDate,
    PayloadType,
    Receiver,
    SenderAwsAccountId,
    SenderCompanyName,
    Status,
  }: Invitation,
  ParticipantType: string,
): JsonObject => ({
  Id,
  Arn,
  Catalog,
  EngagementId,
  EngagementTitle,
  InvitationDate,
  ExpirationDate,
  ParticipantType,
  PayloadType,
  Receiver,
  SenderAwsAccountId,
  SenderCompanyName,
  Status,
});
