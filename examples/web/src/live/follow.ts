/** A subscription that outlives interruptions. Apollo Client's own ends with the first of them, sometimes without an error. */
import type { ApolloClient, OperationVariables, TypedDocumentNode } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

/** Codes with which a gateway refuses a subscription for good. */
const final = [
  'ACCOUNT_NOT_FOUND',
  'BAD_USER_INPUT',
  'FORBIDDEN',
  'GRAPHQL_VALIDATION_FAILED',
  'INDEX_OFF',
  'NOT_FOUND',
  'UNAUTHENTICATED',
];

type Options<Data, Variables> = {
  query: TypedDocumentNode<Data, Variables>;
  /** Read at each attempt, so that it continues at the last cursor. */
  variables(): Variables;
  onData(data: Data): void;
  /** Called once if the gateway refuses the subscription. There is no further attempt. */
  onRefused?(error: CombinedGraphQLErrors): void;
  /** Called when the gateway has completed the subscription, instead of subscribing again. */
  onComplete?(): void;
};

/** Subscribes, and again after each interruption, with growing pauses. Returns a function that ends it. */
export function follow<Data, Variables extends OperationVariables>(
  client: ApolloClient,
  { query, variables, onData, onRefused, onComplete }: Options<Data, Variables>,
): () => void {
  let pauseMs = firstPauseMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let open: { unsubscribe(): void } | undefined;

  function again(): void {
    timer = setTimeout(subscribe, pauseMs * (1 + Math.random()));
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }

  function subscribe(): void {
    let hasFailed = false;
    let isRefused = false;
    const results = client.subscribe({ query, variables: variables(), fetchPolicy: 'no-cache' });
    open = results.subscribe({
      next({ data, error }) {
        hasFailed = error !== undefined;
        const codes = CombinedGraphQLErrors.is(error) ? error.errors.map((one) => one.extensions?.code) : [];
        isRefused = codes.some((code) => final.includes(String(code)));
        if (isRefused) onRefused?.(error as CombinedGraphQLErrors);
        if (error || !data) return;
        pauseMs = firstPauseMs;
        onData(data as Data);
      },
      error: again,
      complete() {
        if (isRefused) return;
        if (onComplete && !hasFailed) onComplete();
        else again();
      },
    });
  }

  subscribe();
  return () => {
    clearTimeout(timer);
    open?.unsubscribe();
  };
}
