/** A page made of fragments: each part says what it needs, and Relay asks for all of it at once. */
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

/** The list, which pages itself: Relay writes the query for the next page. */
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

/** One card again, by its id alone: `Opportunity` is a Node. */
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
