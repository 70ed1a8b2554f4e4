import DataLoader from 'dataloader';
import type { Clock } from '../clock.ts';
import { changedFields, isEmpty } from '../domain/patch.ts';
import { getIn } from '../domain/paths.ts';
import { Fault } from '../fault.ts';
import type { Quota } from '../upstream/quota/governor.ts';
import { backoff, sleepWithin } from '../upstream/retry.ts';
import type { Send } from '../upstream/send.ts';
import type { OpportunityRecord, OpportunitySummary } from '../upstream/wire.ts';
import type { RecordCache } from './cache.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import type { Viewer } from './viewer.ts';

/** Reads a whole record, never from the cache; null if AWS has none. @throws Fault */
export type ReadOpportunity = (id: string) => Promise<OpportunityRecord | null>;

/** The dependencies of a request's reads. */
export type ReadTools = {
  scope: RequestScope;
  coalescer: Coalescer;
  cache: RecordCache;
  quota: Quota;
  clock: Clock;
  /** Present if the caller sees only some of the opportunities: the others are as if AWS had none. */
  viewer: Viewer | undefined;
};

/** The newest version of an opportunity, if the caller sees it. */
function ifSeen<O extends OpportunitySummary>(opportunity: O, viewer: Viewer | undefined): O | undefined {
  if (!viewer) return opportunity;
  const { id } = opportunity;
  const isSeen = viewer.sees(opportunity);
  if (isSeen) viewer.admit(id);
  else viewer.dismiss(id);
  return isSeen ? opportunity : undefined;
}

/** The number of times that an outdated record is read again, for some seconds in all, before it counts as current. */
const maxLagReads = 8;

/** A whole record. @throws Fault NOT_FOUND and others */
async function getRecord(id: string, send: Send): Promise<OpportunityRecord> {
  // The only place where an answer becomes a record, because only GetOpportunity returns all of it.
  return { ...((await send('GetOpportunity', { identifier: id })) as OpportunityRecord), id };
}

/** Checks whether a record has a value in every field in which another has one. */
const isWhole = (record: OpportunityRecord, known: OpportunityRecord): boolean =>
  changedFields(known, record).every((field) => !isEmpty(getIn(record, field)));

/**
 * Reads whole records. AWS can return an older version for some seconds after a write: then the newest record comes
 * from the cache, or is read again if the cache has only its date.
 *
 * @param isShared whether to join a call that another request has in flight
 */
export function createRead(tools: ReadTools, { isShared }: { isShared: boolean }): ReadOpportunity {
  const { scope, coalescer, cache, clock, viewer } = tools;

  async function get(id: string): Promise<OpportunityRecord | null> {
    const call = (send: Send) => getRecord(id, send);
    try {
      return await (isShared ? coalescer.coalesce(`GetOpportunity ${id}`, scope, call) : call(scope.send));
    } catch (error) {
      if (error instanceof Fault && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  /**
   * Reads a record again that lacks what the cached record of the same version has: a write would clear that for good.
   *
   * @throws Fault if both answers lack something, and not the same
   */
  async function getWhole(id: string): Promise<OpportunityRecord | null> {
    const record = await get(id);
    const known = record?.lastModifiedDate && cache.getVersion(id, record.lastModifiedDate);
    if (!record || !known || isWhole(record, known)) return record;
    const again = await get(id);
    const isConfirmed = !again || isWhole(again, known) || changedFields(record, again).length === 0;
    if (isConfirmed) return again;
    throw new Fault('UPSTREAM_UNAVAILABLE', "AWS's answers to GetOpportunity contradict each other.");
  }

  return async (id) => {
    for (let reads = 1; ; reads++) {
      const record = await getWhole(id);
      // It costs the one call of a record that AWS does not have, whatever the cache has of it.
      if (record && !ifSeen(record, viewer)) return null;
      // AWS may have returned an older version, from before the opportunity left the view.
      viewer?.dismiss(id);
      const isOutdated = cache.isOutdated(id, record?.lastModifiedDate);
      if (!isOutdated && !(record && cache.lacksChange(record))) {
        if (record) cache.put(record);
        return record && (ifSeen(record, viewer) ?? null);
      }
      const latest = cache.latest(id);
      if (latest) return ifSeen(latest, viewer) ?? null;
      // The cache has only a date. AWS returns a write within seconds; if it does not, the date must be wrong.
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

/** A loader that also answers at once what needs no call. */
export type RecordLoader<T> = DataLoader<string, T> & {
  /** As `load`, but without a promise for a record that is fresh in the cache. */
  get(id: string): T | Promise<T>;
};

/** @param cached a record in the cache */
function withCached<T>(
  batch: DataLoader.BatchLoadFn<string, T>,
  cached: (id: string) => T | undefined,
): RecordLoader<T> {
  const loaded = new Map<string, Promise<T>>();
  const loader = new DataLoader<string, T>(batch, { cacheMap: loaded });
  function get(id: string): T | Promise<T> {
    const record = loaded.has(id) ? undefined : cached(id);
    if (record === undefined) return loader.load(id);
    // All fields of a response have the same version.
    loader.prime(id, record);
    return record;
  }
  return Object.assign(loader, { get });
}

type OpportunityLoader = RecordLoader<OpportunityRecord | null>;
type SummaryLoader = RecordLoader<OpportunityRecord | OpportunitySummary | null>;

/** Loaders that are created on first use, since most requests need one of them. */
export class Loaders {
  private readonly create: { opportunity(): OpportunityLoader; summary(): SummaryLoader };
  private readonly created: { opportunity?: OpportunityLoader; summary?: SummaryLoader } = {};

  constructor(opportunity: () => OpportunityLoader, summary: () => SummaryLoader) {
    this.create = { opportunity, summary };
  }

  /** A whole record by its id; null if AWS has none. */
  get opportunity(): OpportunityLoader {
    this.created.opportunity ??= this.create.opportunity();
    return this.created.opportunity;
  }

  /** An opportunity by its id, with at least the fields that AWS returns in lists; null if AWS has none. */
  get summary(): SummaryLoader {
    this.created.summary ??= this.create.summary();
    return this.created.summary;
  }
}

/**
 * The loaders of one request: it reads nothing twice, and all fields of a record come from one version. AWS has no
 * batch get, so each whole record is a call of its own, in parallel as far as the quota and the client's connections
 * allow. Fresh records come from the cache, and other cached records are revalidated twenty to a call.
 */
export function createLoaders(tools: ReadTools): Loaders {
  const { scope, coalescer, cache, quota, viewer } = tools;
  const { request } = scope;
  /** Reading one record costs as much as a lookup, unless the lookup can be shared while it waits for the quota. */
  const isBatchCheaper = (ids: readonly string[]) => ids.length > 1 || quota.isWaitedFor('read');
  const read = createRead(tools, { isShared: true });
  const sees = (record: OpportunityRecord) => !viewer || viewer.sees(record);

  function cached(id: string): OpportunityRecord | undefined {
    const record = request.isUncached ? undefined : cache.getFresh(id);
    if (!record || !sees(record)) return undefined;
    request.cached += 1;
    viewer?.admit(id);
    return record;
  }

  /**
   * Looks an opportunity up in AWS's list, which revalidates the cache; undefined if the list lacks it or is outdated.
   */
  async function lookUp(id: string): Promise<OpportunitySummary | undefined> {
    const summary = await coalescer.lookUp(id, scope);
    if (!summary || cache.isOutdated(id, summary.lastModifiedDate)) return undefined;
    cache.revalidate(id, summary.lastModifiedDate);
    return ifSeen(summary, viewer);
  }

  const loadOpportunities: DataLoader.BatchLoadFn<string, OpportunityRecord | null> = async (ids) => {
    const isProvable = (id: string) => {
      const latest = request.isUncached || cache.getFresh(id) ? undefined : cache.latest(id);
      return latest !== undefined && sees(latest);
    };
    const provable = cache.isCaching ? ids.filter(isProvable) : [];
    // A record that could not be revalidated is read.
    if (provable.length > 0 && isBatchCheaper(provable))
      await Promise.all(provable.map((id) => settled(lookUp(id))));
    return Promise.all(ids.map((id) => cached(id) ?? settled(read(id))));
  };

  const loadSummaries: DataLoader.BatchLoadFn<string, OpportunityRecord | OpportunitySummary | null> = (
    ids,
  ) =>
    Promise.all(
      ids.map((id) => {
        const record = cached(id);
        if (record) return record;
        // A record is read if the list lacks it, or has an outdated summary.
        if (!isBatchCheaper(ids)) return settled(loaders.opportunity.load(id));
        return settled(lookUp(id).then((found) => found ?? loaders.opportunity.load(id)));
      }),
    );

  const loaders = new Loaders(
    () => withCached(loadOpportunities, cached),
    () => withCached(loadSummaries, cached),
  );
  return loaders;
}
