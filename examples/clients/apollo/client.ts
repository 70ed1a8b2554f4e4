/** Apollo Client 4: a normalised cache that pages a list, and follows what a patch has changed. */
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

/** Parts of a record without an id of their own: what two queries select of them is put together, not replaced. */
const parts = ['Account', 'Customer', 'LifeCycle', 'Marketing', 'Project', 'SoftwareRevenue'];

export function createApolloClient(uri: string): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri }),
    cache: new InMemoryCache({
      possibleTypes: { Node: ['Opportunity'] },
      typePolicies: {
        // Pages of the same filter and sort are one list, however many there are.
        Query: { fields: { opportunities: relayStylePagination(['filter', 'sort']) } },
        ...Object.fromEntries(parts.map((type) => [type, { merge: true }])),
      },
    }),
  });
}
