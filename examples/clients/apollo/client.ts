/** Apollo Client 4, with a normalised cache that merges pages into lists and is updated by patches. */
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

/** Types without an id: the fields that different queries select are merged in the cache, not replaced. */
const parts = ['Account', 'Customer', 'LifeCycle', 'Marketing', 'Project', 'SoftwareRevenue'];

export function createApolloClient(uri: string): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri }),
    cache: new InMemoryCache({
      possibleTypes: { Node: ['Opportunity'] },
      typePolicies: {
        // All pages with the same filter and sort are one list.
        Query: { fields: { opportunities: relayStylePagination(['filter', 'sort']) } },
        ...Object.fromEntries(parts.map((type) => [type, { merge: true }])),
      },
    }),
  });
}
