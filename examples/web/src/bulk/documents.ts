import { graphql } from '../gql/index.ts';

export const Candidates = graphql(`
  query Candidates($filter: OpportunityFilter!, $after: String) {
    opportunities(first: 50, after: $after, filter: $filter) {
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

/** AWS's pace of writes, from which the time of a job is estimated before it is started. */
export const WriteQuota = graphql(`
  query WriteQuota {
    quota {
      write {
        perSecond
        remaining24h
      }
    }
  }
`);

export const Start = graphql(`
  mutation Start($input: BulkUpdateOpportunitiesInput!) {
    bulkUpdateOpportunities(input: $input) {
      job {
        ...job
      }
      userErrors {
        message
      }
    }
  }

  fragment job on BulkJob {
    id
    kind
    name
    status
    waitingFor
    total
    done
    failed
    skipped
    createdAt
    estimatedEnd
  }
`);

export const Job = graphql(`
  query Job($id: ID!) {
    bulkJob(id: $id) {
      ...job
    }
  }
`);

export const Jobs = graphql(`
  query Jobs {
    bulkJobs(first: 10) {
      nodes {
        ...job
      }
    }
  }
`);

export const Progress = graphql(`
  subscription Progress($id: ID!) {
    bulkJobProgress(id: $id) {
      ...job
    }
  }
`);

/** What was refused. The names cost a call for every twenty opportunities. */
export const Failed = graphql(`
  query Failed($id: ID!) {
    bulkJob(id: $id) {
      id
      items(first: 100, outcomes: [FAILED]) {
        nodes {
          index
          opportunity {
            ...deal
          }
          userErrors {
            message
          }
        }
      }
    }
  }
`);

export const Pause = graphql(`
  mutation Pause($id: ID!) {
    pauseBulkJob(input: { id: $id }) {
      job {
        ...job
      }
      userErrors {
        message
      }
    }
  }
`);

export const Resume = graphql(`
  mutation Resume($id: ID!) {
    resumeBulkJob(input: { id: $id }) {
      job {
        ...job
      }
      userErrors {
        message
      }
    }
  }
`);

export const Cancel = graphql(`
  mutation Cancel($id: ID!) {
    cancelBulkJob(input: { id: $id }) {
      job {
        ...job
      }
      userErrors {
        message
      }
    }
  }
`);
