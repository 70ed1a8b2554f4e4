import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { tap } from 'rxjs';
import { recordCost } from './cost.tsx';

const extensions = new ApolloLink((operation, forward) => forward(operation).pipe(tap(recordCost)));

/** Parts of a record without an id: what two queries select of them is put together. */
const parts = ['Account', 'Customer', 'LifeCycle', 'Project'];

export const client = new ApolloClient({
  link: ApolloLink.from([extensions, new HttpLink({ uri: '/graphql' })]),
  cache: new InMemoryCache({
    typePolicies: {
      Query: { fields: { opportunities: relayStylePagination(['filter', 'sort']) } },
      ...Object.fromEntries(parts.map((type) => [type, { merge: true }])),
    },
  }),
});
