import { graphql } from '../gql/index.ts';

/** Whether there is an index: without one this fails with `INDEX_OFF`. No upstream call. */
export const Index = graphql(`
  query Index {
    pipeline(groupBy: []) {
      asOf
    }
  }
`);

/** A change selects only what the gateway's index has, so that an event costs no upstream call. */
export const Changes = graphql(`
  query Changes($since: String, $after: DateTime!) {
    opportunityChanges(first: 100, since: $since, filter: { lastModifiedDate: { after: $after } }) {
      changes {
        ...change
      }
      cursor
      hasMore
      asOf
    }
  }

  fragment change on OpportunityChange {
    kind
    id
    lastModifiedDate
    changedFields
    cursor
    opportunity {
      ...deal
    }
  }
`);

export const Changed = graphql(`
  subscription Changed($since: String, $after: DateTime!) {
    opportunityChanged(since: $since, filter: { lastModifiedDate: { after: $after } }) {
      ...change
    }
  }
`);

export const Version = graphql(`
  fragment version on Opportunity {
    lastModifiedDate
  }
`);
