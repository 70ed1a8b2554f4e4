import { graphql } from '../gql/index.ts';

/** A page of the pipeline. AWS's lists contain all its fields, so it costs one upstream call. */
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

/** A patch. Its payload updates the cache, and with it every list that contains the record. */
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
