/**
 * Carries out bulk jobs, in turns of some items each. After a turn the job goes to the end of the queue, so that the jobs of
 * several callers take turns; of one caller the oldest goes first.
 *
 * Anything that is not the fault of an item (AWS is away, the quota is used up) ends the turn, and the job waits. A crash loses
 * nothing: an item is open until its result is stored, and what its write was is stored before it is sent.
 */
import type { Clock } from '../../clock.ts';
import { errorForLog } from '../../fault.ts';
import type { JobQueue } from '../queue.ts';
import { StoreUnavailable } from '../store.ts';
import { type BulkJobs, isRunnable } from './jobs.ts';
import type { BulkMetrics } from './metrics.ts';
import type { BulkJob } from './model.ts';
import { createProgress } from './progress.ts';
import { removeLeftovers } from './remove.ts';
import { type Performer, Turn } from './turn.ts';

/** The items of a turn: as many as AWS looks up by one call. */
const itemsPerTurn = 20;

/** About how often jobs are looked for that may go on, such as those of a process that has died. */
const defaultSweepMs = 5_000;

/** A kind of job whose items are not mutations carries out its turns by itself. @returns whether it has more to do at once */
export type TurnOf = (job: BulkJob, signal: AbortSignal) => Promise<boolean>;

export type WorkerOptions = {
  jobs: BulkJobs;
  queue: JobQueue;
  performer: Performer;
  /** The kinds of jobs that carry out their turns by themselves. */
  turns?: Readonly<Record<string, TurnOf>>;
  clock: Pick<Clock, 'now' | 'setTimer' | 'random'>;
  /** About how often jobs are looked for that may go on, in milliseconds; 5,000 by default. */
  sweepMs?: number;
  /** The present instant, in milliseconds since 1970. */
  now(): number;
  log: { error(details: object, message: string): void };
  metrics: BulkMetrics;
};

/** Carries out jobs until it is stopped. @returns a function that ends the looking for more; the queue is closed by its owner */
export function startBulkWorker(options: WorkerOptions): () => void {
  const { jobs, queue, performer, turns = {}, clock, sweepMs = defaultSweepMs, now, log } = options;
  const { rows } = jobs;
  const progress = createProgress(rows, now);

  /** @returns whether the job has more to do at once */
  async function takeTurn(job: BulkJob, signal: AbortSignal): Promise<boolean> {
    const own = turns[job.kind];
    if (own) return own(job, signal);
    const items = await rows.openItems(job, itemsPerTurn);
    const first = items[0]?.index;
    if (first === undefined) {
      await progress.finish(job.id);
      return true;
    }
    const turn = new Turn({ ...options, progress }, job, first, signal);
    const waiting = await turn.run(items);
    if (waiting) await progress.wait(job.id, waiting);
    return !waiting && !turn.isSuperseded;
  }

  /** @throws StoreUnavailable */
  async function tryTurn(id: string, signal: AbortSignal): Promise<void> {
    const job = await jobs.read(id);
    if (!job || !isRunnable(job, now())) return;
    // A write that shows whether the store is back, before a call to AWS is made in vain.
    if (!jobs.canWrite()) await progress.wait(id, { reason: 'STORE', until: new Date(now()).toISOString() });
    const obstacle = performer.obstacle(job);
    if (obstacle) {
      await progress.wait(id, obstacle);
      return;
    }
    const begun = await progress.begin(id);
    if (begun?.status !== 'RUNNING') return;
    if ((await takeTurn(begun, signal)) && !signal.aborted) await jobs.wake();
  }

  async function carryOut(id: string, signal: AbortSignal): Promise<void> {
    try {
      await tryTurn(id, signal);
    } catch (error) {
      // The next sweep finds the job as it was stored.
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  let isStopped = false;
  let stopTimer = () => {};
  async function sweep(): Promise<void> {
    try {
      options.metrics.sawUnfinished(await jobs.wake(), now());
      await removeLeftovers(rows, now());
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) log.error(errorForLog(error), 'bulk jobs cannot be read');
    }
    // Not in step with the other replicas.
    if (!isStopped) stopTimer = clock.setTimer(sweep, sweepMs * (0.5 + clock.random()));
  }

  queue.start(carryOut);
  void sweep();
  return () => {
    isStopped = true;
    stopTimer();
  };
}
