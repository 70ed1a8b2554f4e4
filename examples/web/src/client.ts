import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { map } from 'rxjs';

type Cost = { calls: Record<string, number>; cached: number };
let onResponse: (cost: Cost) => void = () => {};
/** Sets the listener for the upstream cost of each response, if the gateway reports it. */
export const onCost = (listener: (cost: Cost) => void): void => {
  onResponse = listener;
};

const costLink = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    map((answer) => {
      const { upstream } = (answer.extensions ?? {}) as { upstream?: Cost };
      if (upstream) onResponse(upstream);
      return answer;
    }),
  ),
);

/** Types without an id: the fields that different queries select are merged in the cache. */
const parts = ['Account', 'Customer', 'LifeCycle', 'Project'];

export const client = new ApolloClient({
  link: ApolloLink.from([costLink, new HttpLink({ uri: '/graphql' })]),
  cache: new InMemoryCache({
    typePolicies: {
      Query: { fields: { opportunities: relayStylePagination(['filter', 'sort']) } },
      ...Object.fromEntries(parts.map((type) => [type, { merge: true }])),
    },
  }),
});
