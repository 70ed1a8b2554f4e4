import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { compareInstants, sameInstant } from '../domain/instants.ts';
import type { ListPage, OpportunityRecord } from '../upstream/wire.ts';
import { boundedMap } from './bounded.ts';
import type { VersionEvent } from './replication.ts';

/** The maximum number of opportunities whose newest date is cached. */
const maxDates = 100_000;
/** The time for which AWS may return an older version after a write; an older version after that is current. */
const maxLagMs = 60_000;
/** The maximum number of cached list pages: more than AWS's quota allows to read while a page is usually fresh. */
const maxPages = 50;
/** The approximate memory use of a record per character of its JSON: objects take more than strings. */
const bytesPerCharacter = 3;

export type RecordCacheOptions = {
  clock: Clock;
  /** The time for which a record or a list is fresh after it was read or revalidated, in ms; 0 disables caching. */
  freshMs: number;
  /** The memory limit for cached records, in bytes. */
  maxBytes: number;
  /** Sends every version that was read or written to the other replicas. */
  publish?: ((event: VersionEvent) => void) | undefined;
};

type MaybeDate = string | null | undefined;

/** A change that AWS has confirmed without the date of the new version, and when. */
type Change = { isShownBy(record: OpportunityRecord): boolean; madeAt: number };

/** The maximum number of opportunities with such changes that no record has yet. */
const maxChanged = 1_000;

/** The queries of the cache. */
type Lookups = {
  /** True if cached records are used to answer requests. */
  isCaching: boolean;
  /** A version that is still cached, by its date in any RFC 3339 notation. */
  getVersion(id: string, date: string): OpportunityRecord | undefined;
  /** The newest version, if its record is cached. */
  latest(id: string): OpportunityRecord | undefined;
  /** The newest version, if its record is cached and was read or revalidated within `freshMs`. */
  getFresh(id: string): OpportunityRecord | undefined;
  /** The key of a list. Every write changes it, since any list may be different afterwards. */
  pageKey(input: object): string;
  /** A page that was read within `freshMs`. */
  getFreshPage(key: string): ListPage | undefined;
  /** Checks whether a version newer than this date exists; an absent date means that AWS has no such opportunity. */
  isOutdated(id: string, date: MaybeDate): boolean;
  /** Checks whether a record lacks a change that was noted with `noteChange`; if not, they are forgotten. */
  lacksChange(record: OpportunityRecord): boolean;
};

/** The commands of the cache. */
type Updates = {
  /** Marks the cached record of an opportunity and all lists as not current, until AWS has been asked again. */
  expire(id: string): void;
  /** Drops the newest date and the changes, because AWS keeps returning an older version. */
  forget(id: string): void;
  /** Marks an opportunity as changed at an unknown date: its cached record is no longer current. */
  invalidate(id: string): void;
  /** Applies an event from another replica. */
  merge(event: VersionEvent): void;
  /**
   * Notes a change that AWS has confirmed without the date of the new version. Records without it are outdated until one
   * has it.
   *
   * @param what names it; another change with this name takes its place
   */
  noteChange(id: string, what: string, isShownBy: Change['isShownBy']): void;
  /** Notes a version that was written, or that AWS returned without its content. */
  noteVersion(id: string, date: MaybeDate): void;
  /** Notes the date of an opportunity in a list: if the record of that date is cached, it is current. */
  revalidate(id: string, date: MaybeDate): void;
  /** Caches a whole record that was read. */
  put(record: OpportunityRecord): void;
  /** Caches a page by the key that it had when the call was made. */
  putPage(key: string, page: ListPage): void;
};

/**
 * The versions that this process has returned or written, by date, with their records as far as memory allows.
 *
 * It keeps two promises. Callers never get an older version than before, although AWS may return one for some seconds
 * after a write. And a record is not read again while lists return the same date for it.
 */
export type RecordCache = Lookups & Updates;

export function createRecordCache({
  clock,
  freshMs,
  maxBytes,
  publish = () => {},
}: RecordCacheOptions): RecordCache {
  type Newest = { date: string; key: string; notedAt: number; currentAt: number; isSuperseded?: boolean };
  const versions = boundedMap<Newest>(maxDates);
  const records = new LRUCache<string, OpportunityRecord>({
    maxSize: maxBytes,
    sizeCalculation: (record) => JSON.stringify(record).length * bytesPerCharacter,
  });
  const pages = boundedMap<{ page: ListPage; readAt: number }>(maxPages);
  const changes = boundedMap<Map<string, Change>>(maxChanged);
  let writes = 0;

  const keyOf = (id: string, date: string): string => `${id} ${sameInstant(date)}`;

  /** Notes a version, unless a newer one has been noted. */
  function merge({ id, date, isCurrent, record }: VersionEvent): void {
    if (!isCurrent) writes += 1;
    if (date === undefined) {
      supersede(id);
      return;
    }
    const newest = versions.get(id);
    const order = newest ? compareInstants(date, newest.date) : 1;
    const now = clock.now();
    if (newest && order < 0 && now - newest.notedAt < maxLagMs) return;
    const currentAt = isCurrent ? now : Number.NEGATIVE_INFINITY;
    const key = newest && order === 0 ? newest.key : keyOf(id, date);
    if (order !== 0) versions.set(id, { date, key, notedAt: now, currentAt });
    // A list may not include a change of unknown date yet; only a read of the record itself is conclusive.
    else if (newest && isCurrent && (record || !newest.isSuperseded))
      versions.set(id, { ...newest, currentAt, isSuperseded: false });
    if (record) records.set(key, record);
  }

  function supersede(id: string): void {
    const newest = versions.get(id);
    if (newest) versions.set(id, { ...newest, currentAt: Number.NEGATIVE_INFINITY, isSuperseded: true });
  }

  function note(id: string, date: MaybeDate, more: Omit<VersionEvent, 'id' | 'date'>): void {
    if (!date) return;
    const event = { id, date, ...more };
    merge(event);
    publish(event);
  }

  const lookups: Lookups = {
    isCaching: freshMs > 0,
    getVersion: (id, date) => records.get(keyOf(id, date)),
    latest(id) {
      const newest = versions.get(id);
      return newest && !newest.isSuperseded ? records.get(newest.key) : undefined;
    },
    getFresh(id) {
      const newest = versions.get(id);
      return newest && clock.now() - newest.currentAt < freshMs ? records.get(newest.key) : undefined;
    },
    pageKey: (input) => `${writes} ${JSON.stringify(input)}`,
    getFreshPage(key) {
      const cached = pages.get(key);
      // No longer than newer versions are remembered, see `isOutdated`.
      return cached && clock.now() - cached.readAt < Math.min(freshMs, maxLagMs) ? cached.page : undefined;
    },
    isOutdated(id, date) {
      const newest = versions.get(id);
      if (!newest || clock.now() - newest.notedAt >= maxLagMs) return false;
      return compareInstants(date ?? '', newest.date) < 0;
    },
    lacksChange(record) {
      const noted = [...(changes.get(record.id)?.values() ?? [])];
      const isLacking = noted.some(
        ({ isShownBy, madeAt }) => !isShownBy(record) && clock.now() - madeAt < maxLagMs,
      );
      if (!isLacking) changes.delete(record.id);
      return isLacking;
    },
  };
  const updates: Updates = {
    expire(id) {
      writes += 1;
      const newest = versions.get(id);
      if (newest) versions.set(id, { ...newest, currentAt: Number.NEGATIVE_INFINITY });
    },
    forget(id) {
      versions.delete(id);
      changes.delete(id);
    },
    invalidate(id) {
      const event = { id, isCurrent: false };
      merge(event);
      publish(event);
    },
    merge,
    noteChange(id, what, isShownBy) {
      const noted = changes.get(id) ?? new Map<string, Change>();
      changes.set(id, noted.set(what, { isShownBy, madeAt: clock.now() }));
    },
    noteVersion: (id, date) => note(id, date, { isCurrent: false }),
    revalidate: (id, date) => note(id, date, { isCurrent: true }),
    put: (record) => note(record.id, record.lastModifiedDate, { isCurrent: true, record }),
    putPage(key, page) {
      if (freshMs > 0) pages.set(key, { page, readAt: clock.now() });
    },
  };
  return { ...lookups, ...updates };
}

const noUpdates: Updates = {
  expire() {},
  forget() {},
  invalidate() {},
  merge() {},
  noteChange() {},
  noteVersion() {},
  revalidate() {},
  put() {},
  putPage() {},
};

/** The same cache for one user who changes nothing for others: what it writes is not current for this user alone. */
export function readOnly(cache: RecordCache): RecordCache {
  const written = new Set<string>();
  const note = (id: string) => void written.add(id);
  return {
    ...cache,
    ...noUpdates,
    invalidate: note,
    noteVersion: note,
    getFresh: (id) => (written.has(id) ? undefined : cache.getFresh(id)),
    getFreshPage: (key) => (written.size > 0 ? undefined : cache.getFreshPage(key)),
    // What a dry run reads is made up, and shows no change.
    lacksChange: () => false,
  };
}
