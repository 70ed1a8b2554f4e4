/** How a job goes on: what its items have become, why it waits, and that it is done. */
import type { RowWrite } from '../store.ts';
import {
  type BulkItem,
  type BulkJob,
  type Intent,
  type ItemResult,
  isFinished,
  keys,
  type NumberedItem,
  type SettledOutcome,
  type Waiting,
} from './model.ts';
import { type JobRows, jobRow } from './rows.ts';

const counterOf = { DONE: 'done', SKIPPED: 'skipped', FAILED: 'failed' } as const satisfies Record<
  SettledOutcome,
  keyof BulkJob
>;

export type Settled = { numbered: NumberedItem; result: ItemResult };

/** The job once some items are settled. */
function counted(job: BulkJob, settled: readonly Settled[]): BulkJob {
  const after = { ...job };
  for (const { numbered, result } of settled) {
    after[counterOf[result.outcome]] += 1;
    after.writesLeft = Math.max(0, after.writesLeft - numbered.item.writes);
  }
  return after;
}

export function createProgress(rows: JobRows, now: () => number) {
  const { store } = rows;
  const present = () => new Date(now()).toISOString();

  function itemRow(job: BulkJob, { index, version }: NumberedItem, item: BulkItem): RowWrite {
    const expiresAt = Date.parse(job.expiresAt);
    return { key: keys.item(job.id, index), value: JSON.stringify(item), ifVersion: version, expiresAt };
  }

  return {
    /** Marks a job as one that has begun. What it waits for stays until an item is settled. @returns it as it is now */
    begin: (id: string): Promise<BulkJob | undefined> =>
      rows.change(id, (job) => {
        if (job.status !== 'QUEUED') return undefined;
        return { job: { ...job, status: 'RUNNING', startedAt: job.startedAt ?? present() } };
      }),

    /** Notes why a job does not go on. */
    wait: (id: string, waiting: Waiting): Promise<BulkJob | undefined> =>
      rows.change(id, (job) =>
        job.status === 'QUEUED' || job.status === 'RUNNING' ? { job: { ...job, waiting } } : undefined,
      ),

    /** Ends a job of which no item is open. */
    finish: (id: string): Promise<BulkJob | undefined> =>
      rows.change(id, (job) => {
        if (isFinished(job)) return undefined;
        const ended = { status: 'DONE', waiting: null, writesLeft: 0, finishedAt: present() } as const;
        return {
          job: { ...job, ...ended, next: job.total },
          rows: [{ key: keys.unfinishedJob(id), value: undefined }],
        };
      }),

    /**
     * Notes a write that is about to be sent.
     *
     * @returns the item with its new version; undefined if another process has been at it, or if it has been deleted
     */
    async intend(job: BulkJob, numbered: NumberedItem, intent: Intent): Promise<NumberedItem | undefined> {
      const item = { ...numbered.item, intent };
      const isWritten = await store.write([itemRow(job, numbered, item)]);
      return isWritten ? { ...numbered, item, version: numbered.version + 1 } : undefined;
    },

    /**
     * Records what items have become, together with the job's counts.
     *
     * @param next the first item that may be open
     * @returns the job as it is now; undefined if another process has recorded one of them, or if it has been deleted
     */
    async record(id: string, settled: readonly Settled[], next: number): Promise<BulkJob | undefined> {
      for (;;) {
        const stored = await rows.read(id);
        if (!stored) return undefined;
        const { job, version } = stored;
        const expiresAt = Date.parse(job.expiresAt);
        const after = { ...counted(job, settled), waiting: null, next: Math.max(job.next, next) };
        const isWritten = await store.write([
          jobRow(after, version),
          ...settled.flatMap(({ numbered, result }) => {
            const { intent: _, ...item } = numbered.item;
            return [
              itemRow(job, numbered, { ...item, result }),
              { key: keys.outcomeOf(id, result.outcome, numbered.index), value: '1', expiresAt },
            ];
          }),
        ]);
        if (isWritten) return after;
        const current = await store.read(settled.map(({ numbered }) => keys.item(id, numbered.index)));
        if (current.some((row, place) => row?.version !== settled[place]?.numbered.version)) return undefined;
      }
    },
  };
}

export type Progress = ReturnType<typeof createProgress>;
