import { ApolloClient, ApolloLink, type FieldPolicy, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { tap } from 'rxjs';
import { recordCost } from './cost.tsx';
import { recordUnknownValues } from './unknown.ts';

const extensions = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    tap((response) => {
      recordCost(response);
      recordUnknownValues(response);
    }),
  ),
);

/** Pages of the same filter are one list. A page that failed is null: Apollo's policy alone would make it an empty one. */
function pages(): FieldPolicy {
  const policy = relayStylePagination(['filter', 'sort']);
  const { merge } = policy;
  return {
    ...policy,
    merge: (existing, incoming, options) =>
      incoming && typeof merge === 'function' ? merge(existing, incoming, options) : (existing ?? null),
  };
}

/** Parts of a record without an id: Apollo Client merges what two queries select of them. */
const parts = ['Account', 'Customer', 'LifeCycle', 'Project'];

export const client = new ApolloClient({
  link: ApolloLink.from([extensions, new HttpLink({ uri: '/graphql' })]),
  cache: new InMemoryCache({
    typePolicies: {
      Query: { fields: { opportunities: pages() } },
      ...Object.fromEntries(parts.map((type) => [type, { merge: true }])),
    },
  }),
});
