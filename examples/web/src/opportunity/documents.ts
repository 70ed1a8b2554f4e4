import { graphql } from '../gql/index.ts';

/** What the form shows of a record, and what may change of it. */
export const Detail = graphql(`
  query Detail($id: ID!) {
    opportunity(id: $id) {
      ...form
    }
  }

  fragment form on Opportunity {
    id
    lastModifiedDate
    customer {
      account {
        companyName
        industry
      }
    }
    project {
      title
      customerBusinessProblem
    }
    lifeCycle {
      stage
      reviewStatus
      targetCloseDate
      nextSteps
    }
    editability {
      reason
      lockedFields
    }
  }
`);

export const Save = graphql(`
  mutation Save($input: UpdateOpportunityInput!) {
    updateOpportunity(input: $input) {
      changedFields
      opportunity {
        ...form
      }
      conflict {
        overlappingFields
        current {
          ...form
        }
      }
      warnings {
        path
        message
      }
      userErrors {
        path
        code
        message
      }
    }
  }
`);
