/** Bulk jobs of one account: created, read, paused, resumed and cancelled. */
import type { BulkItemOutcome, BulkJobWait } from '../../generated/schema-types.ts';
import type { ObservedStore } from '../observed-store.ts';
import type { JobQueue } from '../queue.ts';
import { createJob, type NewJob } from './create.ts';
import { estimatedEnd, type WriteQuota } from './estimate.ts';
import { type BulkJob, isFinished, keys, type NumberedItem } from './model.ts';
import { deleteJob } from './remove.ts';
import { createJobRows, type RowPage } from './rows.ts';

export type BulkJobsOptions = {
  store: ObservedStore;
  queue: Pick<JobQueue, 'add'>;
  /** The present instant, in milliseconds since 1970. */
  now(): number;
  /** How long a job is kept, in milliseconds. */
  ttlMs: number;
  /** AWS's quota of writes, without what is kept for people. */
  quota(): WriteQuota;
};

/** What became of a command: the job as it is now, or why it cannot be given to it. */
export type Commanded = { job: BulkJob | undefined; isRefused: boolean };

export function createBulkJobs({ store, queue, now, ttlMs, quota }: BulkJobsOptions) {
  const rows = createJobRows(store);
  const present = () => new Date(now()).toISOString();

  /**
   * Changes a job that has not ended, and has others carried out that need not wait for it any more.
   *
   * @param change returns undefined if the job is already as it should be
   */
  async function command(
    id: string,
    change: (job: BulkJob) => Partial<BulkJob> | undefined,
  ): Promise<Commanded> {
    let isRefused = false;
    const job = await rows.change(id, (before) => {
      const changes = change(before);
      isRefused = changes !== undefined && isFinished(before);
      if (!changes || isRefused) return undefined;
      const after = { ...before, ...changes };
      const ended = isFinished(after) ? [{ key: keys.unfinishedJob(id), value: undefined }] : [];
      return { job: after, rows: ended };
    });
    await wakeSoon();
    return { job, isRefused };
  }

  /** Has the jobs carried out that may be: of each caller the oldest one. @returns all that have not ended */
  async function wake(): Promise<BulkJob[]> {
    const callers = new Set<string>();
    const unfinished = await rows.unfinished();
    for (const job of unfinished) {
      if (!isRunnable(job, now()) || callers.has(job.caller)) continue;
      callers.add(job.caller);
      if (!isWaiting(job, now())) await queue.add(job.id);
    }
    return unfinished;
  }

  /** The same after a change that has been made: should it fail, the next sweep does it. */
  const wakeSoon = () => wake().catch(() => {});

  return {
    rows,
    wake,
    canWrite: store.canWrite,

    /** Creates a job, see `createJob`, and has it carried out. */
    async create(newJob: NewJob): Promise<{ job: BulkJob; isNew: boolean }> {
      const created = await createJob(newJob, { rows, now, ttlMs });
      if (created.isNew) await wakeSoon();
      return created;
    },

    /** @returns undefined if there is none @throws StoreUnavailable */
    async read(id: string): Promise<BulkJob | undefined> {
      return (await rows.read(id))?.job;
    },

    /** A page of all jobs, newest first. @param after the id of the job before the first one */
    list: rows.list,

    /** A page of a job's items, see `JobRows`. */
    items: (
      job: BulkJob,
      page: { first: number; after: number; outcomes?: readonly BulkItemOutcome[] },
    ): Promise<RowPage<NumberedItem>> => rows.items(job, page),

    /** When a job will be done, RFC 3339; null while it is paused, and once it has ended. */
    async estimatedEnd(job: BulkJob): Promise<string | null> {
      // The quota of writes does not apply to an export, which reads.
      if (isFinished(job) || job.status === 'PAUSED' || job.kind === 'EXPORT') return null;
      const end = estimatedEnd(job, await rows.unfinished(), quota(), now());
      return end === undefined ? null : new Date(end).toISOString();
    },

    /** Why a job does not go on at the moment; null if nothing holds it up, and for one that is paused or has ended. */
    async waitingFor(job: BulkJob): Promise<BulkJobWait | null> {
      if (isFinished(job) || job.status === 'PAUSED') return null;
      if (!store.canWrite()) return 'STORE';
      if (!isRunnable(job, now())) return 'START_TIME';
      const isBefore = (other: BulkJob) =>
        other.caller === job.caller && other.id < job.id && isRunnable(other, now());
      if ((await rows.unfinished()).some(isBefore)) return 'EARLIER_JOBS';
      return job.waiting?.reason ?? null;
    },

    /** Stops a job until it is resumed; items that have begun are finished. */
    pause: (id: string): Promise<Commanded> =>
      command(id, ({ status }) => (status === 'PAUSED' ? undefined : { status: 'PAUSED', waiting: null })),

    /** Lets a paused job go on. */
    resume: (id: string): Promise<Commanded> =>
      command(id, ({ status, startedAt }) =>
        status === 'QUEUED' || status === 'RUNNING'
          ? undefined
          : { status: startedAt ? 'RUNNING' : 'QUEUED' },
      ),

    /** Ends a job; items that have begun are finished, and the others are not carried out. */
    cancel: (id: string): Promise<Commanded> =>
      command(id, ({ status }) =>
        status === 'CANCELED'
          ? undefined
          : { status: 'CANCELED', waiting: null, writesLeft: 0, finishedAt: present() },
      ),

    /** Deletes a job with its items; one that has not ended stops. @returns false if there is none */
    async delete(id: string): Promise<boolean> {
      const isDeleted = await deleteJob(id, rows);
      await wakeSoon();
      return isDeleted;
    },
  };
}

export type BulkJobs = ReturnType<typeof createBulkJobs>;

/** Checks whether it may be carried out. */
export function isRunnable({ status, startAfter }: BulkJob, now: number): boolean {
  return (status === 'QUEUED' || status === 'RUNNING') && !(startAfter && Date.parse(startAfter) > now);
}

const isWaiting = ({ waiting }: BulkJob, now: number): boolean =>
  waiting !== null && Date.parse(waiting.until) > now;
