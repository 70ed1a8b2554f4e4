import { graphql } from '../gql/index.ts';

/** One request for all groups, which the gateway's index answers at no upstream call. Leads cost one each. */
export const Attention = graphql(`
  query Attention {
    ACTION_REQUIRED: attention(kinds: [ACTION_REQUIRED], first: 5) {
      ...attentionGroup
    }
    SUBMISSION_FAILED: attention(kinds: [SUBMISSION_FAILED], first: 5) {
      ...attentionGroup
    }
    DEFERRED_EDIT_STUCK: attention(kinds: [DEFERRED_EDIT_STUCK], first: 5) {
      ...attentionGroup
    }
    INVITATION_EXPIRING: attention(kinds: [INVITATION_EXPIRING], first: 5) {
      ...attentionGroup
    }
    CLOSE_DATE_PASSED: attention(kinds: [CLOSE_DATE_PASSED], first: 5) {
      ...attentionGroup
    }
    LEAD_UNTOUCHED: attention(kinds: [LEAD_UNTOUCHED], first: 5) {
      ...attentionGroup
    }
    NOT_SUBMITTED: attention(kinds: [NOT_SUBMITTED], first: 5) {
      ...attentionGroup
    }
  }

  fragment attentionGroup on AttentionConnection {
    totalCount
    missingKinds
    nodes {
      kind
      since
      message
      subject {
        __typename
        id
        ...deal
        ... on EngagementInvitation {
          engagementTitle
          expirationDate
          sender {
            companyName
          }
        }
        ... on Lead {
          customer {
            companyName
          }
        }
      }
    }
  }
`);

/** The rest of a group. */
export const AttentionGroup = graphql(`
  query AttentionGroup($kind: AttentionKind!) {
    attention(kinds: [$kind], first: 100) {
      ...attentionGroup
    }
  }
`);
