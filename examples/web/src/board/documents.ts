import type { ApolloCache } from '@apollo/client';
import type { DealFragment, OpportunityFilter, Stage } from '../gql/graphql.ts';
import { graphql } from '../gql/index.ts';

export type Deal = DealFragment;

export const stages: readonly Stage[] = [
  'PROSPECT',
  'QUALIFIED',
  'TECHNICAL_VALIDATION',
  'BUSINESS_VALIDATION',
  'COMMITTED',
  'LAUNCHED',
  'CLOSED_LOST',
];

export const Deals = graphql(`
  query Deals($filter: OpportunityFilter!, $after: String) {
    opportunities(first: 20, after: $after, filter: $filter) {
      edges {
        node {
          ...deal
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** Counts and sums come from the gateway's index: no upstream call. */
export const Totals = graphql(`
  query Totals($filter: OpportunityFilter!) {
    pipeline(filter: $filter, groupBy: [STAGE]) {
      stage
      count
      overdue
      expectedMonthlySpend {
        amount
        currencyCode
      }
    }
  }
`);

export const Move = graphql(`
  mutation Move($input: UpdateOpportunityInput!) {
    updateOpportunity(input: $input) {
      opportunity {
        ...deal
      }
      userErrors {
        message
      }
    }
  }
`);

/**
 * Adds a deal to the loaded list of its stage, at the top. The list that it has left needs no change: a column shows only
 * the deals that are in its stage now.
 */
export function placeDeal(cache: ApolloCache, deal: Deal, filter: OpportunityFilter = {}): void {
  const stage = deal.lifeCycle?.stage;
  if (!stage) return;
  const variables = { filter: { ...filter, stages: [stage] } };
  cache.updateQuery({ query: Deals, variables, overwrite: true }, (data) => {
    const list = data?.opportunities;
    if (!list || list.edges.some(({ node }) => node?.id === deal.id)) return undefined;
    const edge = { __typename: 'OpportunityEdge' as const, node: deal };
    return { ...data, opportunities: { ...list, edges: [edge, ...list.edges] } };
  });
}
