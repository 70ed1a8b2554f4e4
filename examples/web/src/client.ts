import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { map } from 'rxjs';

type Bill = { calls: Record<string, number>; cached: number };
let show: (bill: Bill) => void = () => {};
/** Has a listener told what each answer has cost upstream, where the gateway tells it. */
export const onBill = (listener: (bill: Bill) => void): void => {
  show = listener;
};

const bills = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    map((answer) => {
      const { upstream } = (answer.extensions ?? {}) as { upstream?: Bill };
      if (upstream) show(upstream);
      return answer;
    }),
  ),
);

/** Parts of a record without an id: what two queries select of them is put together. */
const parts = ['Account', 'Customer', 'LifeCycle', 'Project'];

export const client = new ApolloClient({
  link: ApolloLink.from([bills, new HttpLink({ uri: '/graphql' })]),
  cache: new InMemoryCache({
    typePolicies: {
      Query: { fields: { opportunities: relayStylePagination(['filter', 'sort']) } },
      ...Object.fromEntries(parts.map((type) => [type, { merge: true }])),
    },
  }),
});
