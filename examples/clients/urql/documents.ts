import { graphql } from '../gql/index.ts';

export const Deal = graphql(`
  query Deal($id: ID!) {
    opportunity(id: $id) {
      id
      lastModifiedDate
      project {
        title
        expectedCustomerSpend {
          amount
          currencyCode
        }
      }
      lifeCycle {
        targetCloseDate
      }
    }
  }
`);

export const PostponeDeal = graphql(`
  mutation PostponeDeal($id: ID!, $to: Date!, $expected: DateTime) {
    updateOpportunity(
      input: { id: $id, patch: { lifeCycle: { targetCloseDate: $to } }, expectedLastModifiedDate: $expected }
    ) {
      opportunity {
        id
        lastModifiedDate
        lifeCycle {
          targetCloseDate
        }
      }
      userErrors {
        path
        code
        message
      }
    }
  }
`);
