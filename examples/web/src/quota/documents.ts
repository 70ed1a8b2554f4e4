import { graphql } from '../gql/index.ts';

export const Account = graphql(`
  query Account {
    session {
      account
      catalog
      writable
    }
  }
`);

export const Quota = graphql(`
  query Quota {
    quota {
      read {
        ...quotaClass
      }
      write {
        ...quotaClass
      }
    }
  }

  fragment quotaClass on QuotaClass {
    perSecond
    remaining24h
    nextCallAt
    waiting
  }
`);
