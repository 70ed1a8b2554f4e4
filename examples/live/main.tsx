/** A page of five drafts that changes by itself. */
import { ApolloClient, gql, HttpLink, InMemoryCache, split } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { ApolloProvider, useQuery } from '@apollo/client/react';
import { getMainDefinition } from '@apollo/client/utilities';
import { createClient } from 'graphql-ws';
import { createRoot } from 'react-dom/client';
import { useLiveDeals } from './live.ts';

type Deal = { id: string; lifeCycle: { nextSteps: string | null } | null };

const deals = gql`query Deals {
  opportunities(first: 5, filter: { reviewStatuses: [PENDING_SUBMISSION] }) { nodes { id lifeCycle { nextSteps } } }
}`;

function App() {
  useLiveDeals();
  const { data } = useQuery<{ opportunities: { nodes: Deal[] } | null }>(deals);
  return (
    <ul>
      {data?.opportunities?.nodes.map(({ id, lifeCycle }) => (
        <li key={id}>{`${id}: ${lifeCycle?.nextSteps}`}</li>
      ))}
    </ul>
  );
}

const live = new GraphQLWsLink(createClient({ url: '/graphql' }));
const isSubscription = ({ query }: { query: Parameters<typeof getMainDefinition>[0] }) => {
  const definition = getMainDefinition(query);
  return definition.kind === 'OperationDefinition' && definition.operation === 'subscription';
};
const client = new ApolloClient({
  link: split(isSubscription, live, new HttpLink({ uri: '/graphql' })),
  cache: new InMemoryCache({ typePolicies: { LifeCycle: { merge: true } } }),
});

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <ApolloProvider client={client}>
      <App />
    </ApolloProvider>,
  );
