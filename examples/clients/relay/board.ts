/** A page of fragments: each component declares its data, and Relay fetches all of it in one query. */
import { graphql } from 'relay-runtime';

/** A card of the board. */
export const Card = graphql`
  fragment board_card on Opportunity {
    id
    lifeCycle {
      stage
      targetCloseDate
    }
    customer {
      account {
        companyName
      }
    }
  }
`;

/** The list with pagination: Relay generates the query for the next page. */
export const List = graphql`
  fragment board_list on Query
  @refetchable(queryName: "boardListPaginationQuery")
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 20 }
    cursor: { type: "String" }
    filter: { type: "OpportunityFilter" }
  ) {
    opportunities(first: $count, after: $cursor, filter: $filter) @connection(key: "board_opportunities") {
      edges {
        node {
          id
          ...board_card
        }
      }
    }
  }
`;

export const Page = graphql`
  query boardPageQuery($filter: OpportunityFilter) {
    ...board_list @arguments(filter: $filter)
  }
`;

/** Refetches a card by its id: `Opportunity` is a Node. */
export const CardAgain = graphql`
  query boardCardQuery($id: ID!) {
    node(id: $id) {
      ...board_card @alias(as: "card")
    }
  }
`;

export const Move = graphql`
  mutation boardMoveMutation($input: UpdateOpportunityInput!) {
    updateOpportunity(input: $input) {
      opportunity {
        ...board_card
      }
      userErrors {
        path
        code
        message
      }
    }
  }
`;
