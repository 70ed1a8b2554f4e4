import { graphql } from '../gql/index.ts';

/** A page of the pipeline: fields that AWS's lists carry, so one upstream call. */
export const Pipeline = graphql(`
  query Pipeline($first: Int!, $after: String, $filter: OpportunityFilter, $sort: OpportunitySort) {
    opportunities(first: $first, after: $after, filter: $filter, sort: $sort) {
      edges {
        cursor
        node {
          id
          lastModifiedDate
          lifeCycle {
            stage
            reviewStatus
          }
          customer {
            account {
              companyName
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

/** A patch. What comes back is what the cache has to learn: every list that shows the record follows. */
export const SaveNextSteps = graphql(`
  mutation SaveNextSteps($input: UpdateOpportunityInput!) {
    updateOpportunity(input: $input) {
      changed
      opportunity {
        id
        lastModifiedDate
        lifeCycle {
          stage
          reviewStatus
          nextSteps
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
