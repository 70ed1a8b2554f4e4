import DataLoader from 'dataloader';
import type { Clock } from '../clock.ts';
import { Fault } from '../fault.ts';
import type { Quota } from '../upstream/quota/governor.ts';
import { backoff, sleepWithin } from '../upstream/retry.ts';
import type { OpportunityRecord, OpportunitySummary } from '../upstream/wire.ts';
import type { RecordCache } from './cache.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';

/** Reads an opportunity whole, past everything that is cached; null when AWS has none. @throws Fault */
export type ReadOpportunity = (id: string) => Promise<OpportunityRecord | null>;

/** What the reads of a request work with. */
export type ReadTools = {
  scope: RequestScope;
  coalescer: Coalescer;
  cache: RecordCache;
  quota: Quota;
  clock: Clock;
};

/** How often an old answer is asked for again, some seconds in all, before it is believed. */
const maxLagReads = 8;

/** A whole record. @throws Fault NOT_FOUND and others */
async function getRecord(id: string, { send }: RequestScope): Promise<OpportunityRecord> {
  // The only place where an answer becomes a record, because only GetOpportunity returns all of it.
  return { ...((await send('GetOpportunity', { identifier: id })) as OpportunityRecord), id };
}

/**
 * The read behind every whole record. AWS can answer with an older version for some seconds after a write: what this
 * process has answered or written already is then taken from the cache, or where that has only the date, asked for again.
 *
 * @param isShared whether the call may be one that another request has in flight
 */
export function createRead(tools: ReadTools, { isShared }: { isShared: boolean }): ReadOpportunity {
  const { scope, coalescer, cache, clock } = tools;

  async function get(id: string): Promise<OpportunityRecord | null> {
    const call = () => getRecord(id, scope);
    try {
      return await (isShared ? coalescer.coalesce(`GetOpportunity ${id}`, scope, call) : call());
    } catch (error) {
      if (error instanceof Fault && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  return async (id) => {
    for (let reads = 1; ; reads++) {
      const record = await get(id);
      if (!cache.isOutdated(id, record?.lastModifiedDate)) {
        if (record) cache.put(record);
        return record;
      }
      const latest = cache.latest(id);
      if (latest) return latest;
      // What is known is only a date. AWS shows a write within seconds: when it does not, the date was misunderstood.
      if (reads >= maxLagReads) cache.forget(id);
      const late = new Fault(
        'UPSTREAM_UNAVAILABLE',
        'AWS is still returning an older version than the one just written.',
      );
      const wait = backoff(reads, { first: 100, most: 1_000 }, clock.random());
      await sleepWithin({ clock, deadline: scope.request.deadline, signal: scope.signal }, wait, late);
    }
  };
}

const settled = <T>(promise: Promise<T>): Promise<T | Error> => promise.catch((error: Error) => error);

/**
 * The loaders of one request: nothing is read twice in it, and everything it shows of a record comes from one version.
 * AWS has no batch get, so whole records are one call each, side by side; the quota and the client's connections bound how
 * many at once. What is cached and fresh costs nothing, and what is cached and may be current is revalidated twenty to a
 * call.
 */
export function createLoaders(tools: ReadTools) {
  const { scope, coalescer, cache, quota } = tools;
  const { request } = scope;
  /** One record is as cheap to read as to look up, unless it can share a look-up that must wait for the quota anyway. */
  const isBatchCheaper = (ids: readonly string[]) => ids.length > 1 || quota.isWaitedFor('read');
  const read = createRead(tools, { isShared: true });

  function cached(id: string): OpportunityRecord | undefined {
    const record = request.isUncached ? undefined : cache.getFresh(id);
    if (record) request.cached += 1;
    return record;
  }

  /** Asks AWS's list for an opportunity; what it shows revalidates what is cached. Undefined where it says nothing of use. */
  async function lookUp(id: string): Promise<OpportunitySummary | undefined> {
    const summary = await coalescer.lookUp(id, scope);
    if (!summary || cache.isOutdated(id, summary.lastModifiedDate)) return undefined;
    cache.revalidate(id, summary.lastModifiedDate);
    return summary;
  }

  const opportunity = new DataLoader<string, OpportunityRecord | null>(async (ids) => {
    const isProvable = (id: string) =>
      !request.isUncached && !cache.getFresh(id) && cache.latest(id) !== undefined;
    const provable = cache.isCaching ? ids.filter(isProvable) : [];
    // Where the proof fails, the record is read.
    if (provable.length > 0 && isBatchCheaper(provable))
      await Promise.all(provable.map((id) => settled(lookUp(id))));
    return Promise.all(ids.map((id) => cached(id) ?? settled(read(id))));
  });

  const summary = new DataLoader<string, OpportunityRecord | OpportunitySummary | null>((ids) =>
    Promise.all(
      ids.map((id) => {
        const record = cached(id);
        if (record) return record;
        // What a list does not show, or not yet, the record has.
        if (!isBatchCheaper(ids)) return settled(opportunity.load(id));
        return settled(lookUp(id).then((found) => found ?? opportunity.load(id)));
      }),
    ),
  );

  return {
    /** An opportunity by its id, whole; null when AWS has none. */
    opportunity,
    /** An opportunity by its id, with at least what AWS's list shows of it; null when AWS has none. */
    summary,
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
