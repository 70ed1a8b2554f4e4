/** Opportunities that stay current by themselves. */
import { gql, type TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect } from 'react';

type Live = { opportunityChanged: { cursor: string } | null };

const live: TypedDocumentNode<Live, { since: string | undefined }> = gql`
  subscription Live($since: String) {
    opportunityChanged(since: $since) { cursor opportunity { id lastModifiedDate lifeCycle { stage nextSteps } } }
  }
`;

/** Keeps the cache current: Apollo Client writes each record into it. After an interruption it goes on where it was. */
export function useLiveDeals(): void {
  const client = useApolloClient();
  useEffect(() => {
    let since: string | undefined;
    let timer: ReturnType<typeof setTimeout>;
    let open: { unsubscribe(): void };
    const next = ({ data }: { data?: Live | undefined }) => {
      since = data?.opportunityChanged?.cursor ?? since;
    };
    const retry = () => {
      timer = setTimeout(subscribe, 1_000 + 2_000 * Math.random());
    };
    const subscribe = () => {
      const changes = client.subscribe({ query: live, variables: { since } });
      open = changes.subscribe({ next, error: retry, complete: retry });
    };
    subscribe();
    return () => {
      clearTimeout(timer);
      open.unsubscribe();
    };
  }, [client]);
}
