/** Whole engagements, with what they are about: one to a call, and kept while AWS's list proves that they are current. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { compareInstants, sameInstant } from '../domain/instants.ts';
import { Fault } from '../fault.ts';
import { backoff, sleepWithin } from '../upstream/retry.ts';
import type { EngagementRecord, EngagementSummary } from '../upstream/wire.ts';
import { type BatchLoader, createBatchLoader } from './batches.ts';
import { boundedMap } from './bounded.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { freshIn, type TimedCache } from './timed-cache.ts';

/** The memory for whole engagements, in characters of their JSON: five thousand with a lead of some interactions. */
const maxCharacters = 16_000_000;
/** The most engagements whose newest version is remembered. */
const maxVersions = 20_000;
/** How long AWS may return an older version after a write; an older version after that is current. */
const maxLagMs = 60_000;
/** The number of times that an older version is read again before it counts as current. */
const maxLagReads = 8;

/** The versions of engagements that an account has read or written, by their times of modification. */
export type EngagementDetails = {
  /** The newest version, if it is known whole. */
  latest(id: string): EngagementRecord | undefined;
  /** A version that is still known, by its time in any RFC 3339 notation. */
  getVersion(id: string, modifiedAt: string): EngagementRecord | undefined;
  /** Keeps a version that was read. */
  put(record: EngagementRecord): void;
  /** Notes a version that was written, of which AWS returns no more than its time. */
  note(id: string, modifiedAt: string): void;
  /** Checks whether a version newer than this one is known. */
  isOutdated(id: string, modifiedAt: string | null | undefined): boolean;
};

export function createEngagementDetails(clock: Pick<Clock, 'now'>): EngagementDetails {
  const records = new LRUCache<string, EngagementRecord>({
    maxSize: maxCharacters,
    sizeCalculation: (record) => JSON.stringify(record).length,
  });
  const newest = boundedMap<{ modifiedAt: string; notedAt: number }>(maxVersions);
  const keyOf = (id: string, modifiedAt: string): string => `${id} ${sameInstant(modifiedAt)}`;

  function isOutdated(id: string, modifiedAt: string | null | undefined): boolean {
    const known = newest.get(id);
    if (!known || clock.now() - known.notedAt >= maxLagMs) return false;
    return compareInstants(modifiedAt ?? '', known.modifiedAt) < 0;
  }
  function note(id: string, modifiedAt: string): void {
    const known = newest.get(id);
    if (!isOutdated(id, modifiedAt) && known?.modifiedAt !== modifiedAt)
      newest.set(id, { modifiedAt, notedAt: clock.now() });
  }
  const getVersion = (id: string, modifiedAt: string) => records.get(keyOf(id, modifiedAt));
  return {
    latest(id) {
      const known = newest.get(id);
      return known && getVersion(id, known.modifiedAt);
    },
    getVersion,
    put(record) {
      if (!record.modifiedAt) return;
      note(record.id, record.modifiedAt);
      records.set(keyOf(record.id, record.modifiedAt), record);
    },
    note,
    isOutdated,
  };
}

/** The same for a dry run, which changes nothing. */
export const readOnlyDetails = (details: EngagementDetails): EngagementDetails => ({
  ...details,
  put() {},
  note() {},
});

/** A whole engagement as a list has it. */
export function summaryOf({ contexts, description: _, ...members }: EngagementRecord): EngagementSummary {
  const types = (contexts ?? []).flatMap((context) => context?.type ?? []);
  return { ...members, contextTypes: [...new Set(types)] };
}

type DetailTools = {
  scope: RequestScope;
  coalescer: Coalescer;
  clock: Clock;
  details: EngagementDetails;
  engagements: TimedCache<EngagementSummary>;
  /** Reads engagements as a list has them, ten to a call. */
  engagement: BatchLoader<EngagementSummary | null>;
};

/** Reads a whole engagement from AWS, never an older version than is known; null if AWS has none. @throws Fault */
export async function readEngagement(
  id: string,
  { scope, clock, details, engagements }: Omit<DetailTools, 'coalescer' | 'engagement'>,
  send = scope.send,
): Promise<EngagementRecord | null> {
  for (let reads = 1; ; reads++) {
    const version = engagements.version(id);
    let record: EngagementRecord;
    try {
      // The only place where an answer becomes a record, because only GetEngagement returns all of it.
      record = { ...((await send('GetEngagement', { identifier: id })) as EngagementRecord), id };
    } catch (error) {
      if (error instanceof Fault && error.code === 'NOT_FOUND') return null;
      throw error;
    }
    if (!details.isOutdated(id, record.modifiedAt) || reads >= maxLagReads) {
      details.put(record);
      engagements.put(id, summaryOf(record), version);
      return record;
    }
    const known = details.latest(id);
    if (known) return known;
    const late = new Fault(
      'UPSTREAM_UNAVAILABLE',
      'AWS is still returning an older version of the engagement.',
    );
    const wait = backoff(reads, { first: 100, most: 1_000 }, clock.random());
    await sleepWithin({ clock, deadline: scope.request.deadline, signal: scope.signal }, wait, late);
  }
}

/**
 * The whole engagements of one request. One that is known is proven by its time of modification: that of the list that
 * it comes from, or else of a list of ten.
 */
export function createDetailLoader(tools: DetailTools) {
  const { scope, coalescer, details, engagements, engagement } = tools;
  const { request } = scope;
  /** Engagements of this request's lists. */
  const listed = new Map<string, EngagementSummary>();

  const read = (id: string) =>
    coalescer
      .coalesce(`GetEngagement ${id} ${engagements.version(id)}`, scope, (send) =>
        readEngagement(id, tools, send),
      )
      .catch((error: Error) => error);

  const isProven = ({ id, modifiedAt }: EngagementRecord, summary: EngagementSummary | undefined): boolean =>
    summary?.modifiedAt !== undefined &&
    summary.modifiedAt !== null &&
    compareInstants(modifiedAt ?? '', summary.modifiedAt) >= 0 &&
    !details.isOutdated(id, modifiedAt);

  const loader = createBatchLoader<EngagementRecord | null>(async (ids) => {
    const known = new Map(
      ids.flatMap((id) => {
        const record = request.isUncached ? undefined : details.latest(id);
        return record ? [[id, record] as const] : [];
      }),
    );
    const summaryOfListed = (id: string) => listed.get(id) ?? freshIn(engagements, id, scope);
    const unproven = [...known.keys()].filter((id) => !summaryOfListed(id));
    // One alone is read: a call that proves it costs as much.
    if (unproven.length > 1)
      await Promise.all(
        unproven.map(async (id) => {
          const summary = await engagement.load(id).catch(() => null);
          if (summary) listed.set(id, summary);
        }),
      );
    return Promise.all(
      ids.map((id) => {
        const record = known.get(id);
        if (!record || !isProven(record, summaryOfListed(id))) return read(id);
        request.cached += 1;
        return record;
      }),
    );
  });

  return {
    /** A whole engagement by its id; null if this account is not a member of such a one. */
    load: (id: string): Promise<EngagementRecord | null> => loader.load(id),
    /** The whole of an engagement that a list of this request has. */
    loadListed(summary: EngagementSummary): Promise<EngagementRecord | null> {
      listed.set(summary.id, summary);
      return loader.load(summary.id);
    },
    /** Makes this request read an engagement again. */
    clear(id: string): void {
      listed.delete(id);
      loader.clear(id);
    },
  };
}
