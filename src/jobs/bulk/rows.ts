/** Reads and changes of stored jobs and items. */
import type { BulkItemOutcome } from '../../generated/schema-types.ts';
import type { JobStore, Row, RowWrite } from '../store.ts';
import {
  type BulkItem,
  type BulkJob,
  isFinished,
  keys,
  lastPart,
  type NumberedItem,
  type SettledOutcome,
  type StoredJob,
} from './model.ts';

/** The rows that are read at a time. */
const rowsPerScan = 200;

/** A page of a list: `first` after a position, and whether there are more. */
export type RowPage<Item> = {
  items: Item[];
  hasNextPage: boolean;
  /** The position after which the next page begins, if not that of the last item. */
  end?: string;
};

const jobOf = ({ value, version }: Row): StoredJob => ({ job: JSON.parse(value) as BulkJob, version });

const itemOf = ({ key, value, version }: Row): NumberedItem => ({
  index: Number(lastPart(key)),
  version,
  item: JSON.parse(value) as BulkItem,
});

/** The row of a job. All rows of a job are deleted together. */
export const jobRow = (job: BulkJob, ifVersion: number): RowWrite => ({
  key: keys.job(job.id),
  value: JSON.stringify(job),
  ifVersion,
  expiresAt: Date.parse(job.expiresAt),
});

/** @throws StoreUnavailable from each of its functions */
export function createJobRows(store: JobStore) {
  async function read(id: string): Promise<StoredJob | undefined> {
    const [row] = await store.read([keys.job(id)]);
    return row && jobOf(row);
  }

  /** All jobs that have not ended, oldest first. */
  async function unfinished(): Promise<BulkJob[]> {
    const ids: string[] = [];
    for (let after: string | undefined; ; ) {
      const rows = await store.scan(keys.unfinished, { limit: rowsPerScan, ...(after && { after }) });
      ids.push(...rows.map(({ key }) => lastPart(key)));
      after = rows.at(-1)?.key;
      if (rows.length < rowsPerScan) break;
    }
    const rows = ids.length > 0 ? await store.read(ids.map(keys.job)) : [];
    return rows.flatMap((row) => (row ? [jobOf(row).job] : [])).filter((job) => !isFinished(job));
  }

  /** A page of all jobs, newest first. @param after the id of a job */
  async function list(first: number, after: string | undefined): Promise<RowPage<BulkJob>> {
    const rows = await store.scan(keys.jobs, {
      limit: first + 1,
      isReversed: true,
      ...(after && { after: keys.job(after) }),
    });
    return { items: rows.slice(0, first).map((row) => jobOf(row).job), hasNextPage: rows.length > first };
  }

  /** The items after a number, as they come. */
  async function* itemsAfter(id: string, after: number): AsyncGenerator<NumberedItem> {
    for (let last = after >= 0 ? keys.item(id, after) : undefined; ; ) {
      const rows = await store.scan(keys.items(id), { limit: rowsPerScan, ...(last && { after: last }) });
      for (const row of rows) yield itemOf(row);
      last = rows.at(-1)?.key;
      if (rows.length < rowsPerScan) return;
    }
  }

  /** The first open items of a job. */
  async function openItems({ id, next }: BulkJob, limit: number, after = -1): Promise<NumberedItem[]> {
    const open: NumberedItem[] = [];
    for await (const one of itemsAfter(id, Math.max(next - 1, after))) {
      if (!one.item.result) open.push(one);
      if (open.length === limit) break;
    }
    return open;
  }

  async function settledNumbers(id: string, outcome: SettledOutcome, limit: number, after: number) {
    const rows = await store.scan(keys.outcome(id, outcome), {
      limit,
      ...(after >= 0 && { after: keys.outcomeOf(id, outcome, after) }),
    });
    return rows.map(({ key }) => Number(lastPart(key)));
  }

  /**
   * A page of a job's items in their order.
   *
   * @param after the number of the item before the first one, -1 at the start
   * @param outcomes which of them, by default all
   */
  async function items(
    job: BulkJob,
    { first, after, outcomes }: { first: number; after: number; outcomes?: readonly BulkItemOutcome[] },
  ): Promise<RowPage<NumberedItem>> {
    const limit = first + 1;
    if (!outcomes) {
      const start = after >= 0 ? { after: keys.item(job.id, after) } : {};
      const rows = await store.scan(keys.items(job.id), { limit, ...start });
      return { items: rows.slice(0, first).map(itemOf), hasNextPage: rows.length > first };
    }
    const selected = new Set(outcomes);
    const settled = (['DONE', 'SKIPPED', 'FAILED'] as const).filter((outcome) => selected.has(outcome));
    const lists = await Promise.all(settled.map((outcome) => settledNumbers(job.id, outcome, limit, after)));
    const includesOpen = selected.has(job.status === 'CANCELED' ? 'CANCELED' : 'QUEUED');
    const open = includesOpen ? await openItems(job, limit, after) : [];
    const numbers = [...lists.flat(), ...open.map(({ index }) => index)].sort((a, b) => a - b);
    const page = numbers.slice(0, first);
    const rows = page.length > 0 ? await store.read(page.map((index) => keys.item(job.id, index))) : [];
    return { items: rows.flatMap((row) => (row ? [itemOf(row)] : [])), hasNextPage: numbers.length > first };
  }

  /**
   * Changes a job by compare-and-set.
   *
   * @param change returns the changed job and further rows, or undefined to leave it
   * @returns the job as it is now; undefined if there is none
   */
  async function change(
    id: string,
    change: (job: BulkJob) => { job: BulkJob; rows?: readonly RowWrite[] } | undefined,
  ): Promise<BulkJob | undefined> {
    for (;;) {
      const stored = await read(id);
      if (!stored) return undefined;
      const changed = change(stored.job);
      if (!changed) return stored.job;
      const rows = [jobRow(changed.job, stored.version), ...(changed.rows ?? [])];
      if (await store.write(rows)) return changed.job;
    }
  }

  return { store, read, unfinished, list, items, itemsAfter, openItems, change };
}

export type JobRows = ReturnType<typeof createJobRows>;
