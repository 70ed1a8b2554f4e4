/** The feed of what has changed: the last days are read once, then a subscription adds what happens. */
import type { ApolloClient } from '@apollo/client';
import type { ChangeFragment } from '../gql/graphql.ts';
import { isIndexOff } from '../shell/index-state.ts';
import { createStore } from '../shell/store.ts';
import { troubleOf } from '../shell/trouble.tsx';
import { applyChange } from './apply.ts';
import { Changed, Changes, Index } from './documents.ts';
import { follow } from './follow.ts';

export type Change = ChangeFragment;

type Feed = {
  /** The latest first, at most `kept`. */
  changes: readonly Change[];
  /** Whether the last days have been read. */
  isRead: boolean;
  /** Why they could not be read. */
  trouble?: string | undefined;
  /** Why there are no live updates. */
  refusal?: string | undefined;
  /** When AWS was last asked for changes that are all included. */
  asOf?: string;
};

const days = 7;
const kept = 200;
const mostPages = 10;

const feed = createStore<Feed>({ changes: [], isRead: false });
export const useFeed = (): Feed => feed.use();

/** A cursor is only valid for its filter, so the days before today are those before this page was loaded. */
const after = new Date(Date.now() - days * 86_400_000).toISOString();
let since: string | undefined;

/** The feed delivers at least once: a change that is repeated has the same date. */
const keyOf = ({ id, lastModifiedDate }: Change): string => `${id} ${lastModifiedDate}`;

function add(changes: readonly Change[]): void {
  const { changes: before, ...rest } = feed.get();
  const known = new Set(before.map(keyOf));
  const added = changes.filter((change) => !known.has(keyOf(change)));
  feed.set({ ...rest, changes: [...added.toReversed(), ...before].slice(0, kept) });
}

async function readPages(client: ApolloClient): Promise<void> {
  for (let page = 0; page < mostPages; page += 1) {
    const variables = { since: since ?? null, after };
    const { data, error } = await client.query({ query: Changes, variables, fetchPolicy: 'no-cache' });
    const answer = data?.opportunityChanges;
    if (!answer) return feed.set({ ...feed.get(), trouble: troubleOf(error) });
    since = answer.cursor;
    add(answer.changes);
    feed.set({ ...feed.get(), isRead: true, trouble: undefined, asOf: answer.asOf });
    if (!answer.hasMore) return;
  }
}

let reading: Promise<void> | undefined;

/** Reads what has changed since the last cursor. Without an index that costs a call for every 100 changes. */
export function readFeed(client: ApolloClient): Promise<void> {
  reading ??= readPages(client).finally(() => {
    reading = undefined;
  });
  return reading;
}

/** Reads the feed if that costs nothing. Otherwise it is read when someone looks at it. */
async function prepareFeed(client: ApolloClient): Promise<void> {
  await client.query({ query: Index, fetchPolicy: 'no-cache' });
  if (!isIndexOff()) await readFeed(client);
}

/** Keeps the feed and every record on the page current. Returns a function that ends it. */
export function startFeed(client: ApolloClient): () => void {
  let stop = () => {};
  let isStopped = false;
  void prepareFeed(client).then(() => {
    if (isStopped) return;
    stop = follow(client, {
      query: Changed,
      variables: () => ({ since: since ?? null, after }),
      onData({ opportunityChanged: change }) {
        since = change.cursor;
        add([change]);
        applyChange(client, change);
      },
      onRefused: (error) => feed.set({ ...feed.get(), refusal: troubleOf(error) }),
    });
  });
  return () => {
    isStopped = true;
    stop();
  };
}
