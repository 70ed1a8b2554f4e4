/** The events of engagements that this process has received, as far as memory allows. AWS keeps none. */
import { LRUCache } from 'lru-cache';
import { calendar } from '../clock.ts';
import { badInput } from '../domain/bad-input.ts';
import { decodeCursor, encodeCursor, maxPageSize, queryFingerprint } from '../domain/cursors.ts';
import { orderBy } from '../domain/filters.ts';
import type { PartnerEvent } from '../domain/partner-event.ts';
import type { Edge, Page, PageArguments } from './paging.ts';

/** The most events of an engagement, and of all: some 400 bytes each. */
const limits = { each: 200, all: 20_000 };

const latestFirst = orderBy<PartnerEvent>(({ time }) => time, 'DESCENDING');

/** Since when events have been received, and until when all that had come were. */
export type Reception = { since: string; asOf: string };

export function createTimeline() {
  const since = calendar.instant();
  let asOf: (() => string) | undefined;
  const engagements = new LRUCache<string, readonly PartnerEvent[]>({
    maxSize: limits.all,
    sizeCalculation: (events) => events.length,
  });
  return {
    /** Undefined if this process receives no events. */
    reception: (): Reception | undefined => asOf && { since, asOf: asOf() },
    /** @param until when the source of events was last asked for them */
    startReception(until: () => string): void {
      asOf = until;
    },
    /** Adds an event to its engagement, once. Of too many, the earliest are dropped. */
    note(engagementId: string, event: PartnerEvent): void {
      const known = engagements.get(engagementId) ?? [];
      if (known.some(({ id }) => id === event.id)) return;
      const { placeOf, compare } = latestFirst;
      const sorted = [...known, event].sort((a, b) => compare(placeOf(a), placeOf(b)));
      engagements.set(engagementId, sorted.slice(0, limits.each));
    },
    /**
     * A page of an engagement's events, latest first.
     *
     * @param account the account of the list: a cursor is not valid in another one
     * @throws Fault BAD_USER_INPUT
     */
    page(engagementId: string, { first, after }: PageArguments, account: string): Page<PartnerEvent> {
      if (first < 1 || first > maxPageSize) throw badInput('first', String(first), `1 to ${maxPageSize}`);
      const fingerprint = queryFingerprint(`${account} timeline`, engagementId);
      const place = after ? decodeCursor(after, fingerprint).after?.place : undefined;
      const { placeOf, compare } = latestFirst;
      const later = (engagements.get(engagementId) ?? []).filter(
        (event) => !place || compare(placeOf(event), place) > 0,
      );
      const edges: Edge<PartnerEvent>[] = later.slice(0, first).map((event) => ({
        summary: event,
        cursor: encodeCursor(
          { token: null, size: maxPageSize, after: { place: placeOf(event), number: 0 } },
          fingerprint,
        ),
      }));
      return { edges, hasNextPage: later.length > first };
    },
  };
}

export type Timeline = ReturnType<typeof createTimeline>;
