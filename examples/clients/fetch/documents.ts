import { graphql } from '../gql/index.ts';

export const Spend = graphql(`
  query Spend($ids: [ID!]!) {
    opportunities(first: 100, filter: { ids: $ids }) {
      nodes {
        id
        lifeCycle {
          stage
        }
        project {
          expectedCustomerSpend {
            amount
            currencyCode
          }
        }
      }
    }
  }
`);
