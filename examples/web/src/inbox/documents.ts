import { graphql } from '../gql/index.ts';

/** Invitations to answer. What an invitation is about costs one upstream call, once: AWS does not change it. */
export const Pending = graphql(`
  query Pending($after: String) {
    engagementInvitations(first: 20, after: $after, filter: { statuses: [PENDING] }) {
      edges {
        node {
          ...invitation
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }

  fragment invitation on EngagementInvitation {
    id
    status
    payloadType
    engagementTitle
    invitationDate
    expirationDate
    daysLeft
    invitationMessage
    sender {
      companyName
      awsAccountId
    }
    payload {
      __typename
      ... on OpportunityInvitationPayload {
        receiverResponsibilities
        senderContacts {
          firstName
          lastName
          email
          phone
          businessTitle
        }
        customer {
          companyName
          industry
          countryCode
          websiteUrl
        }
        project {
          title
          businessProblem
          targetCompletionDate
          expectedCustomerSpend {
            amount
            currencyCode
            frequency
          }
        }
      }
      ... on LeadInvitationPayload {
        lead: customer {
          companyName
          industryName: industry
          country: countryCode
          websiteUrl
          marketSegment
        }
        interaction {
          contactBusinessTitle
          sourceType
          sourceName
          usecase
        }
      }
    }
    acceptance {
      id
      status
      message
    }
  }
`);

/** Invitations that cannot be answered any more: a page and their acceptances, ten to an upstream call. */
export const Answered = graphql(`
  query Answered($after: String) {
    engagementInvitations(first: 20, after: $after, filter: { statuses: [ACCEPTED, REJECTED, EXPIRED] }) {
      edges {
        node {
          id
          status
          payloadType
          engagementTitle
          invitationDate
          expirationDate
          sender {
            companyName
            awsAccountId
          }
          acceptance {
            id
            opportunity {
              id
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** Starts the acceptance or joins it: the same input continues where an earlier request has stopped. */
export const Accept = graphql(`
  mutation Accept($id: ID!) {
    acceptEngagementInvitation(input: { id: $id, waitMs: 8000 }) {
      accepted
      opportunity {
        id
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const Reject = graphql(`
  mutation Reject($input: RejectEngagementInvitationInput!) {
    rejectEngagementInvitation(input: $input) {
      invitation {
        id
        status
      }
      userErrors {
        path
        message
      }
    }
  }
`);

/** The invitations that arrive, are answered, or expire. */
export const InvitationChanged = graphql(`
  subscription InvitationChanged {
    engagementInvitationChanged {
      id
      status
    }
  }
`);
