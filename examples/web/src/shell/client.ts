import { ApolloClient, ApolloLink, type FieldPolicy, HttpLink, InMemoryCache } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { catchError, defer, map, of, retry, switchMap, tap, throwError } from 'rxjs';
import { socketLink } from '../live/socket.ts';
import { isUnreachable, pause, reportAway, untilReachable } from './connection.ts';
import { recordCost } from './cost.tsx';
import { recordIndexState } from './index-state.ts';
import { recordUnknownValues } from './unknown.ts';

const extensions = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    tap((response) => {
      recordCost(response);
      recordIndexState(response);
      recordUnknownValues(response);
    }),
  ),
);

/** A query's answer that is worth waiting for: AWS's quota has no call left, or the index is not complete. */
class ComeBackLater extends Error {
  readonly answer: ApolloLink.Result;
  readonly afterMs: number;
  constructor(answer: ApolloLink.Result, afterMs: number) {
    super('The answer asks for a retry.');
    this.answer = answer;
    this.afterMs = afterMs;
  }
}

const attempts = 4;
const longestWaitMs = 5_000;

function completeOrThrow(answer: ApolloLink.Result): ApolloLink.Result {
  const codes = ['THROTTLED', 'INDEX_BUILDING'];
  const waits = (answer.errors ?? []).map(({ extensions }) =>
    codes.includes(String(extensions?.code)) ? Number(extensions?.retryAfterMs ?? 1_000) : 0,
  );
  const afterMs = Math.max(0, ...waits);
  if (afterMs > 0 && afterMs <= longestWaitMs) throw new ComeBackLater(answer, afterMs);
  return answer;
}

/**
 * Queries are retried: when the gateway is reachable again, or when it asks for it. Mutations and subscriptions are not:
 * a form keeps its text and reports the failure, and a feed continues at its cursor.
 */
const patience = new ApolloLink((operation, forward) => {
  const sent = defer(() => forward(operation)).pipe(
    tap({ error: (error) => isUnreachable(error) && reportAway() }),
  );
  if (operation.operationType !== 'query') return sent;
  return defer(untilReachable).pipe(
    switchMap(() => sent),
    map(completeOrThrow),
    retry({
      count: attempts - 1,
      async delay(error: unknown, attempt) {
        if (error instanceof ComeBackLater) return pause(error.afterMs);
        if (!isUnreachable(error)) throw error;
        // The pause is for a gateway that answers everything but this query.
        await Promise.all([untilReachable(), pause(2 ** attempt * 250 * (1 + Math.random()))]);
      },
    }),
    catchError((error) => (error instanceof ComeBackLater ? of(error.answer) : throwError(() => error))),
  );
});

type Page = { edges: { node?: { __ref: string } | null }[] };

/** Pages of the same filter are one list, in which each record is once. A page that failed is null and changes nothing. */
const pages: FieldPolicy<Page | null> = {
  keyArgs: ['filter', 'sort'],
  merge(existing, incoming, { args }) {
    if (!incoming || !existing || !args?.after) return incoming ?? existing ?? null;
    const listed = new Set(existing.edges.map(({ node }) => node?.__ref));
    return {
      ...incoming,
      edges: [...existing.edges, ...incoming.edges.filter(({ node }) => !listed.has(node?.__ref))],
    };
  },
};

/** Parts of a record without an id: Apollo Client merges what two queries select of them. */
const parts = ['Account', 'Address', 'Customer', 'LifeCycle', 'Project'];

declare module '@apollo/client' {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface WatchQuery {
        errorPolicy: 'all';
      }
      interface Query {
        errorPolicy: 'all';
      }
      interface Mutate {
        errorPolicy: 'all';
      }
    }
  }
}

export const client = new ApolloClient({
  link: ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    socketLink,
    ApolloLink.from([extensions, patience, new HttpLink({ uri: '/graphql' })]),
  ),
  cache: new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          opportunities: pages,
          engagementInvitations: { ...pages, keyArgs: ['direction', 'filter'] },
        },
      },
      ...Object.fromEntries(parts.map((type) => [type, { merge: true }])),
    },
  }),
  // A field that failed is null beside the fields that arrived. Every caller reads `error` as well as `data`.
  defaultOptions: {
    watchQuery: { errorPolicy: 'all' },
    query: { errorPolicy: 'all' },
    mutate: { errorPolicy: 'all' },
  },
});
