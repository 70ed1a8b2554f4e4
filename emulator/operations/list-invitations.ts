import { statusOf } from '../engagements/referral.ts';
import { getIn, type JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { matchesAny, sortedPage } from '../records/filter.ts';
import { cursorOf } from '../records/page.ts';
import { listInvitationsRequest } from '../shapes/lifecycle-requests.ts';

/** Lists the invitations to AWS referrals. The partner sends none here, so a SENDER sees none. */
export const listEngagementInvitations: Operation = {
  request: listInvitationsRequest,
  kind: 'read',
  run(input, state) {
    const matching = [...state.engagements.referrals.values()]
      .filter(({ account }) => account === state.accountId)
      .map((referral): JsonObject => ({ ...referral.invitation, Status: statusOf(referral, state) }))
      .filter(
        (one) =>
          one.Catalog === input.Catalog &&
          one.ParticipantType === input.ParticipantType &&
          matchesAny(input.PayloadType, one.PayloadType) &&
          matchesAny(input.Status, one.Status) &&
          matchesAny(input.EngagementIdentifier, one.EngagementId) &&
          matchesAny(input.SenderAwsAccountId, one.SenderAwsAccountId),
      );
    const { page, nextToken } = sortedPage(
      matching,
      (item) => ({ key: String(item.InvitationDate), id: String(item.Id) }),
      getIn(input, 'Sort', 'SortOrder') !== 'ASCENDING',
      cursorOf('ListEngagementInvitations', input),
    );
    return { EngagementInvitationSummaries: page, NextToken: nextToken };
  },
};
