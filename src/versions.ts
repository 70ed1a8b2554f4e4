import { LRUCache } from 'lru-cache';
import { compareInstants } from './domain/instants.ts';
import type { OpportunityRecord } from './upstream/records.ts';

/** How many opportunities' newest versions are known by date, and how many versions are held whole (some 10 kB each). */
const knownDates = 100_000;
const heldRecords = 2_000;

/**
 * What this process has shown or written of each opportunity. AWS may answer with an older version for some seconds
 * after a write; nobody who has seen the newer one may be shown the older again.
 */
export function createVersions() {
  const newest = new LRUCache<string, string>({ max: knownDates });
  const held = new LRUCache<string, OpportunityRecord>({ max: heldRecords });

  /** The version of this date is known; an older date than the newest one is not taken. */
  function know(id: string, lastModifiedDate: string | null | undefined): void {
    const known = newest.get(id);
    if (lastModifiedDate && (!known || compareInstants(lastModifiedDate, known) > 0))
      newest.set(id, lastModifiedDate);
  }

  function recall(id: string, lastModifiedDate: string): OpportunityRecord | undefined {
    return held.get(`${id} ${lastModifiedDate}`);
  }

  return {
    know,
    /** A whole record was read. */
    hold(record: OpportunityRecord): void {
      know(record.id, record.lastModifiedDate);
      if (record.lastModifiedDate) held.set(`${record.id} ${record.lastModifiedDate}`, record);
    },
    /** A version that is still held, by the very text of its date. */
    recall,
    /** The newest version that is known, if it is held whole. */
    newest(id: string): OpportunityRecord | undefined {
      const date = newest.get(id);
      return date === undefined ? undefined : recall(id, date);
    },
    /** Whether something newer than a version of this date is known; absent stands for an opportunity that is not there. */
    isOutdated(id: string, lastModifiedDate: string | null | undefined): boolean {
      const known = newest.get(id);
      return known !== undefined && compareInstants(lastModifiedDate ?? '', known) < 0;
    },
  };
}

export type Versions = ReturnType<typeof createVersions>;
