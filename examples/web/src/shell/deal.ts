import { graphql } from '../gql/index.ts';

/** What a card or a list item shows of an opportunity: only what AWS's lists contain, so that a page costs one call. */
export const dealFragment = graphql(`
  fragment deal on Opportunity {
    id
    lastModifiedDate
    lifeCycle {
      stage
      reviewStatus
      targetCloseDate
    }
    customer {
      account {
        companyName
      }
    }
    project {
      expectedCustomerSpend {
        amount
        currencyCode
        frequency
        targetCompany
      }
    }
  }
`);
