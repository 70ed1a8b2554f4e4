import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { compareInstants, sameInstant } from '../domain/instants.ts';
import type { ListPage, OpportunityRecord } from '../upstream/wire.ts';
import type { VersionEvent } from './replication.ts';

/** How many opportunities are known by the date of their latest version. */
const maxDates = 100_000;
/** How long AWS may go on answering with what was there before; an older answer after that is the truth. */
const maxLagMs = 60_000;
/** How many pages of lists are cached: more than AWS's quota brings in within a usual freshness. */
const maxPages = 50;
/** What a record takes in memory for each character of its JSON, roughly: objects cost more than text. */
const bytesPerCharacter = 3;

export type RecordCacheOptions = {
  clock: Clock;
  /** How long a record or a list counts as fresh after it was read or revalidated, in milliseconds; 0: not at all. */
  freshMs: number;
  /** How much memory the cached records may take, in bytes. */
  maxBytes: number;
  /** Called with everything that is seen here, for other replicas. */
  publish?: ((event: VersionEvent) => void) | undefined;
};

type MaybeDate = string | null | undefined;

/** What the cache answers. */
type Lookups = {
  /** Whether records are kept to be answered again. */
  isCaching: boolean;
  /** A version that is still cached, by its date in any notation. */
  getVersion(id: string, date: string): OpportunityRecord | undefined;
  /** The latest version that is known, if it is cached whole. */
  latest(id: string): OpportunityRecord | undefined;
  /** The latest version, if it is cached whole and was read or revalidated a moment ago. */
  getFresh(id: string): OpportunityRecord | undefined;
  /** The key of a list. A write changes it, since any list may look different afterwards. */
  pageKey(input: object): string;
  /** A page that was read a moment ago. */
  getFreshPage(key: string): ListPage | undefined;
  /** Whether something newer than a version of this date is known; an absent date stands for an opportunity that is not there. */
  isOutdated(id: string, date: MaybeDate): boolean;
};

/** What is told to the cache. */
type Updates = {
  /** AWS has been asked often enough, and what is known must be wrong. */
  forget(id: string): void;
  /** The opportunity was changed, and AWS did not say to which date: what is cached of it is no longer current. */
  invalidate(id: string): void;
  /** What another replica has seen. */
  merge(event: VersionEvent): void;
  /** A version of this date was written, or answered by AWS without its content. */
  noteVersion(id: string, date: MaybeDate): void;
  /** AWS's list shows this date for an opportunity: if the record of that date is cached, it is current. */
  revalidate(id: string, date: MaybeDate): void;
  /** A whole record was read. */
  put(record: OpportunityRecord): void;
  /** A page was read that had this key when it was asked for. */
  putPage(key: string, page: ListPage): void;
};

/**
 * What this process has answered or written of each opportunity, by date, and whole as far as there is room.
 *
 * It keeps two promises. No caller is answered an older version than before, though AWS may answer with one for some
 * seconds after a write. And a whole record is not read again while a list shows that its date is still the same.
 */
export type RecordCache = Lookups & Updates;

export function createRecordCache({
  clock,
  freshMs,
  maxBytes,
  publish = () => {},
}: RecordCacheOptions): RecordCache {
  type Newest = { date: string; key: string; notedAt: number; currentAt: number; isSuperseded?: boolean };
  const versions = new LRUCache<string, Newest>({ max: maxDates });
  const records = new LRUCache<string, OpportunityRecord>({
    maxSize: maxBytes,
    sizeCalculation: (record) => JSON.stringify(record).length * bytesPerCharacter,
  });
  const pages = new LRUCache<string, { page: ListPage; readAt: number }>({ max: maxPages });
  let writes = 0;

  const keyOf = (id: string, date: string): string => `${id} ${sameInstant(date)}`;

  /** Takes note of a version, unless a newer one is known. */
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
    // A list can lag behind a change whose date is not known; only a read of the record itself settles it.
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
      // Only as long as whatever is newer than the page is still known to be.
      return cached && clock.now() - cached.readAt < Math.min(freshMs, maxLagMs) ? cached.page : undefined;
    },
    isOutdated(id, date) {
      const newest = versions.get(id);
      if (!newest || clock.now() - newest.notedAt >= maxLagMs) return false;
      return compareInstants(date ?? '', newest.date) < 0;
    },
  };
  const updates: Updates = {
    forget: (id) => void versions.delete(id),
    invalidate(id) {
      const event = { id, isCurrent: false };
      merge(event);
      publish(event);
    },
    merge,
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
  forget() {},
  invalidate() {},
  merge() {},
  noteVersion() {},
  revalidate() {},
  put() {},
  putPage() {},
};

/** The same cache for whoever may look at it and leave nothing behind. */
export function readOnly(cache: RecordCache): RecordCache {
  return { ...cache, ...noUpdates };
}
