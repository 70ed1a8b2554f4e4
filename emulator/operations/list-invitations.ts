import { statusOf } from '../engagements/referral.ts';
import { dig, type JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { anyOf, sortedPage } from '../records/filter.ts';
import { cursorOf } from '../records/page.ts';
import { listInvitationsRequest } from '../shapes/lifecycle-requests.ts';

/** Answers the invitations to opportunities of AWS. Nobody is invited by the partner here, so a sender sees none. */
export const listEngagementInvitations: Operation = {
  request: listInvitationsRequest,
  kind: 'read',
  run(input, state) {
    const wanted = [...state.engagements.referrals.values()]
      .map((referral): JsonObject => ({ ...referral.invitation, Status: statusOf(referral, state) }))
      .filter(
        (one) =>
          one.Catalog === input.Catalog &&
          one.ParticipantType === input.ParticipantType &&
          anyOf(input.PayloadType, one.PayloadType) &&
          anyOf(input.Status, one.Status) &&
          anyOf(input.EngagementIdentifier, one.EngagementId) &&
          anyOf(input.SenderAwsAccountId, one.SenderAwsAccountId),
      );
    const { page, nextToken } = sortedPage(
      wanted,
      (item) => ({ key: String(item.InvitationDate), id: String(item.Id) }),
      dig(input, 'Sort', 'SortOrder') !== 'ASCENDING',
      cursorOf('ListEngagementInvitations', input),
    );
    return { EngagementInvitationSummaries: page, NextToken: nextToken };
  },
};
