import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { compareInstants, sameInstant } from '../domain/instants.ts';
import type { ListPage, OpportunityRecord } from '../upstream/records.ts';
import type { VersionEvent } from './replication.ts';

/** How many opportunities are known by the date of their newest version. */
const knownDates = 100_000;
/** How long AWS may go on answering with what was there before; an older answer after that is the truth. */
const longestLagMs = 60_000;
/** How many pages of lists are held: more than AWS's quota brings in within a usual freshness. */
const heldPages = 50;
/** What a record takes in memory for each character of its JSON, roughly: objects cost more than text. */
const bytesPerCharacter = 3;

export type VersionsOptions = {
  clock: Clock;
  /** How long a record or a list counts as current after it was read or proven, in milliseconds; 0: not at all. */
  freshMs: number;
  /** What the held records may take, in bytes. */
  maxBytes: number;
  /** Told of everything that is seen here, for other replicas. */
  tell?: ((news: VersionEvent) => void) | undefined;
};

/**
 * What this process has shown or written of each opportunity, by date, and whole as far as there is room.
 *
 * It serves two promises. Nobody is shown an older version than before, though AWS may answer with one for some seconds
 * after a write. And a whole record is not read again while a list shows that its date is still the same.
 */
export function createVersions({ clock, freshMs, maxBytes, tell = () => {} }: VersionsOptions) {
  type Known = { date: string; key: string; learnedAt: number; currentAt: number };
  const newest = new LRUCache<string, Known>({
    max: knownDates,
  });
  const held = new LRUCache<string, OpportunityRecord>({
    maxSize: maxBytes,
    sizeCalculation: (record) => JSON.stringify(record).length * bytesPerCharacter,
  });

  const pages = new LRUCache<string, { page: ListPage; readAt: number }>({ max: heldPages });
  let writes = 0;

  const keyOf = (id: string, date: string): string => `${id} ${sameInstant(date)}`;

  /** Takes note of a version, unless a newer one is known. */
  function learn({ id, date, isCurrent, record }: VersionEvent): void {
    if (!isCurrent) writes += 1;
    const known = newest.get(id);
    const order = known ? compareInstants(date, known.date) : 1;
    const now = clock.now();
    if (known && order < 0 && now - known.learnedAt < longestLagMs) return;
    const currentAt = isCurrent ? now : Number.NEGATIVE_INFINITY;
    const key = known && order === 0 ? known.key : keyOf(id, date);
    if (order !== 0) newest.set(id, { date, key, learnedAt: now, currentAt });
    else if (known && isCurrent) newest.set(id, { ...known, currentAt });
    if (record) held.set(key, record);
  }

  function see(id: string, date: string | null | undefined, seen: Omit<VersionEvent, 'id' | 'date'>): void {
    if (!date) return;
    const news = { id, date, ...seen };
    learn(news);
    tell(news);
  }

  return {
    /** AWS has been asked often enough, and what is known must be wrong. */
    forget: (id: string): void => void newest.delete(id),
    /** What another replica has seen. */
    learn,
    /** A version of this date was written, or answered by AWS without its content. */
    know: (id: string, date: string | null | undefined): void => see(id, date, { isCurrent: false }),
    /** AWS's list shows this date for an opportunity: if the record of that date is held, it is current. */
    prove: (id: string, date: string | null | undefined): void => see(id, date, { isCurrent: true }),
    /** A whole record was read. */
    hold: (record: OpportunityRecord): void =>
      see(record.id, record.lastModifiedDate, { isCurrent: true, record }),
    /** A version that is still held, by its date in any notation. */
    recall: (id: string, date: string): OpportunityRecord | undefined => held.get(keyOf(id, date)),
    /** The newest version that is known, if it is held whole. */
    newest(id: string): OpportunityRecord | undefined {
      const known = newest.get(id);
      return known && held.get(known.key);
    },
    /** The newest version, if it is held whole and was read or proven a moment ago. */
    fresh(id: string): OpportunityRecord | undefined {
      const known = newest.get(id);
      return known && clock.now() - known.currentAt < freshMs ? held.get(known.key) : undefined;
    },
    /** What a list is held by. A write changes it, since any list may look different afterwards. */
    pageKey: (input: object): string => `${writes} ${JSON.stringify(input)}`,
    /** A page was read that had this key when it was asked for. */
    holdPage(key: string, page: ListPage): void {
      if (freshMs > 0) pages.set(key, { page, readAt: clock.now() });
    },
    /** A page that was read a moment ago; while what is newer than it is still known to be. */
    freshPage(key: string): ListPage | undefined {
      const held = pages.get(key);
      return held && clock.now() - held.readAt < Math.min(freshMs, longestLagMs) ? held.page : undefined;
    },
    /** Whether records are kept for being shown again. */
    isCaching: freshMs > 0,
    /** Whether something newer than a version of this date is known; absent stands for an opportunity that is not there. */
    isOutdated(id: string, date: string | null | undefined): boolean {
      const known = newest.get(id);
      if (!known || clock.now() - known.learnedAt >= longestLagMs) return false;
      return compareInstants(date ?? '', known.date) < 0;
    },
  };
}

export type Versions = ReturnType<typeof createVersions>;
