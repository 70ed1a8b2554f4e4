/** The feed of changes: from the index, or without one from AWS's list. */
import { calendar } from '../clock.ts';
import { queryFingerprint } from '../domain/cursors.ts';
import {
  afterChange,
  compareRows,
  decodeFeedCursor,
  encodeFeedCursor,
  endOfFeed,
  type FeedPosition,
  type FeedRow,
  isUndelivered,
  maxDelivered,
  startOfFeed,
  takeChanges,
} from '../domain/feed.ts';
import { earlierKey, instantKey } from '../domain/instants.ts';
import { matcherOf } from '../domain/matching.ts';
import { Fault } from '../fault.ts';
import type { OpportunityFilter } from '../generated/schema-types.ts';
import type { RequestScope } from './in-flight.ts';
import { changesSince, roundingMs } from './index-reader.ts';
import { type OpportunityIndex, positionOf, readyIndex } from './opportunity-index.ts';
import { maxLagMs, type Sightings } from './sightings.ts';
import type { Viewer } from './viewer.ts';

/** The most pages of AWS that are read for one page of the feed: only records of the same second need more than one. */
const maxReads = 20;

export type FeedTools = {
  /** Undefined with INDEX=off. */
  index: OpportunityIndex | undefined;
  sightings: Sightings;
  scope: RequestScope;
  /** The account of the feed: a cursor is not valid in another one. */
  account: string;
  retryAfterMs: number;
  /** Present if the caller sees only some of the opportunities; the index has no others then. */
  viewer: Viewer | undefined;
};

type MaybeFilter = OpportunityFilter | null | undefined;

/** A page of changes, oldest first. */
export type FeedPage = {
  rows: readonly FeedRow[];
  /** The cursor after so many of them. */
  cursorAfter(count: number): string;
  /** Whether there are more. */
  hasMore: boolean;
  /** When AWS was asked for changes that are all in the feed, as RFC 3339. */
  asOf: string;
};

/** A change for a subscriber, and the cursor after it, which takes longer to make than all the rest. */
export type Delivery = { row: FeedRow; cursor(): string };

const withoutEnd = () =>
  new Fault(
    'UPSTREAM_UNAVAILABLE',
    `More than ${maxReads} pages of changes are of one second: this needs INDEX=on.`,
  );

/** Rows of the feed after a position, all of them up to `end`. */
type Rows = { rows: readonly FeedRow[]; asOf: string; end?: string };

const horizonOf = (asOf: string): string => earlierKey(instantKey(asOf), maxLagMs);

/** The start of a key's second. */
const secondOf = (key: string): string => `${key.slice(0, -9)}000000000`;

export function createFeed({ index, sightings, scope, account, retryAfterMs, viewer }: FeedTools) {
  const isVisible = ({ summary }: FeedRow) => !viewer || viewer.sees(summary);

  /** One page of AWS's list, or as many as it takes to have one change that may not be followed by an earlier one. */
  async function listed(from: FeedPosition): Promise<Rows> {
    const asOf = calendar.instant();
    const found = new Map<string, FeedRow>();
    let reads = 0;
    for await (const { summaries, isLast } of changesSince(earlierKey(from.at, roundingMs), scope.send)) {
      for (const summary of sightings.note(summaries))
        found.set(summary.id, { summary, position: positionOf(summary), isLost: false });
      const rows = [...found.values()].sort(compareRows);
      if (isLast) return { rows: rows.filter(isVisible), asOf };
      const end = secondOf(rows.at(-1)?.position ?? '');
      const before = rows.filter((row) => row.position < end && isVisible(row));
      if (before.some((row) => isUndelivered(from, row))) return { rows: before, asOf, end };
      reads += 1;
      if (reads < maxReads) continue;
      // All of them may be others' changes.
      if (viewer && end > from.at) return { rows: before, asOf, end };
      throw withoutEnd();
    }
    throw withoutEnd();
  }

  function rowsAfter(from: FeedPosition): Promise<Rows> | Rows {
    if (!index) return listed(from);
    const { asOf } = readyIndex(index, retryAfterMs);
    return { rows: index.from(from.at), asOf };
  }

  const matcher = (filter: MaybeFilter) => {
    const matches = matcherOf(filter);
    return (row: FeedRow) => matches(row.summary) && isVisible(row);
  };
  const fingerprintOf = (filter: MaybeFilter) => queryFingerprint(`changes of ${account}`, filter ?? null);

  async function pageFrom(from: FeedPosition, first: number, filter: MaybeFilter, max: number) {
    const { rows, asOf, end } = await rowsAfter(from);
    const settled = horizonOf(asOf);
    // What is in the last millisecond before the end is delivered, and kept in the cursor.
    const last = end === undefined ? settled : earlierKey(end, 1);
    const horizon = last < settled ? last : settled;
    const matches = matcher(filter);
    const take = (first: number) => takeChanges(rows, from, { first, horizon, matches, max });
    const { rows: taken, next, hasMore } = take(first);
    // The place is not that of a change which the caller does not see; what comes before the horizon was looked at.
    const isPassed = viewer !== undefined && !hasMore && next.at < horizon;
    const place = isPassed ? { ...next, at: horizon, id: '' } : next;
    return { taken, next: place, hasMore: hasMore || end !== undefined, asOf, take };
  }

  return {
    /**
     * The changes after a cursor, oldest first; without one, every opportunity. The same cursor gives the same changes or
     * more.
     *
     * @throws Fault BAD_USER_INPUT for a cursor of another feed, and those of reads
     */
    async changes(since: string | null | undefined, first: number, filter: MaybeFilter): Promise<FeedPage> {
      const fingerprint = fingerprintOf(filter);
      const from = since ? decodeFeedCursor(since, fingerprint) : startOfFeed;
      const { taken, next, hasMore, asOf, take } = await pageFrom(from, first, filter, maxDelivered);
      const cursorAfter = (count: number) =>
        encodeFeedCursor(count === taken.length ? next : take(count).next, fingerprint);
      return { rows: taken, cursorAfter, hasMore, asOf };
    },

    /**
     * Follows the feed as a subscriber does: first what was missed since a cursor, then each change as it happens. Without a
     * cursor nothing was missed.
     *
     * @throws Fault BAD_USER_INPUT for a cursor of another feed
     */
    follow(since: string | null | undefined, filter: MaybeFilter) {
      const fingerprint = fingerprintOf(filter);
      const matches = matcher(filter);
      const now = () => horizonOf(index?.asOf ?? calendar.instant());
      let at = since ? decodeFeedCursor(since, fingerprint) : endOfFeed(index?.from(now()) ?? [], now());
      return {
        /** The next changes that were missed, empty if there are no more. @throws Fault */
        async missed(first: number): Promise<Delivery[]> {
          let page = await pageFrom(at, first, filter, Number.POSITIVE_INFINITY);
          // A page of AWS's can have nothing that matches.
          while (page.taken.length === 0 && page.hasMore && page.next.at > at.at) {
            at = page.next;
            page = await pageFrom(at, first, filter, Number.POSITIVE_INFINITY);
          }
          const { taken, next, take } = page;
          at = next;
          return taken.map((row, index) => ({
            row,
            cursor: () => encodeFeedCursor(take(index + 1).next, fingerprint),
          }));
        },
        /** A change that happens now; undefined if it is not in the feed, or was delivered before. */
        take(row: FeedRow): Delivery | undefined {
          if (!matches(row) || !isUndelivered(at, row)) return undefined;
          const next = afterChange(at, row, now());
          at = next;
          return { row, cursor: () => encodeFeedCursor(next, fingerprint) };
        },
      };
    },
  };
}

export type Feed = ReturnType<typeof createFeed>;
