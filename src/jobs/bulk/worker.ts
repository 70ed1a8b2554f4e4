/**
 * Carries out bulk jobs, in turns of some items each. After a turn the job goes to the end of the queue, so that the jobs of
 * several callers take turns; of one caller the oldest goes first.
 *
 * Whatever is not the fault of an item (AWS is away, the quota is used up) ends the turn, and the job waits. A crash loses
 * nothing: an item is open until its result is stored, and what its write was is stored before it is sent.
 */
import type { Clock } from '../../clock.ts';
import { errorForLog } from '../../fault.ts';
import type { JobQueue } from '../queue.ts';
import { type BulkJobs, isRunnable } from './jobs.ts';
import type { BulkJob, Intent, ItemResult, NumberedItem, Waiting } from './model.ts';
import { createProgress, type Progress, type Settled } from './progress.ts';
import { removeLeftovers } from './remove.ts';

/** The items of a turn: as many as AWS looks up by one call. */
const itemsPerTurn = 20;

/** The items that are carried out at a time: while one waits for its write, the next is read. */
const itemsAtOnce = 3;

/** About how often jobs are looked for that may go on, such as those of a process that has died. */
const defaultSweepMs = 5_000;

/** What carries out items: the mutations of the graph, for example. */
export type Performer = {
  /** Why a job cannot go on at the moment, without a call; undefined if it can. */
  obstacle(job: BulkJob): Waiting | undefined;
  /** The items that would change nothing, found out by one call for all of them, with their results. @throws Fault */
  findUnchanged(job: BulkJob, items: readonly NumberedItem[], signal: AbortSignal): Promise<Settled[]>;
  /**
   * Carries out an item.
   *
   * @param intend is called before each write, which is only made once it resolves
   * @returns undefined if it has to be carried out again
   * @throws Fault if it is not the item's fault
   */
  perform(
    job: BulkJob,
    item: NumberedItem,
    options: { signal: AbortSignal; intend(intent: Intent): Promise<void> },
  ): Promise<ItemResult | undefined>;
  /** Why a job waits after a fault; undefined if that is a bug. */
  waitingAfter(error: unknown): Waiting | undefined;
  /** What an item changes: those with the same target are carried out one after the other. Undefined for something new. */
  targetOf(item: NumberedItem): string | undefined;
};

/** A kind of job that has no items carries out its turns by itself. @returns whether it is done */
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
};

/** Another process has been at the item, or its job has been deleted: this one must not go on with it. */
class Superseded extends Error {}

/**
 * Runs work on items, some at a time, in their order, until one says that it must not go on, or throws.
 *
 * @throws what was thrown first, when all that has begun has ended
 */
async function runSome(
  items: readonly NumberedItem[],
  targetOf: Performer['targetOf'],
  work: (item: NumberedItem) => Promise<boolean>,
): Promise<void> {
  const left = items.values();
  const latest = new Map<string, Promise<unknown>>();
  let mayGoOn = true;
  async function run(): Promise<void> {
    for (const item of left) {
      const target = targetOf(item);
      const done = (async () => {
        if (target !== undefined) await latest.get(target);
        if (mayGoOn && !(await work(item))) mayGoOn = false;
      })();
      const settled = done.catch(() => {
        mayGoOn = false;
      });
      if (target !== undefined) latest.set(target, settled);
      await done;
      if (!mayGoOn) return;
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: itemsAtOnce }, run));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** One turn of a job with items. */
class Turn {
  readonly #options: WorkerOptions;
  readonly #progress: Progress;
  readonly #job: BulkJob;
  readonly #signal: AbortSignal;
  #waiting: Waiting | undefined;
  #first: number;
  /** Results are recorded one after the other, since each changes the job's counts. */
  #recorded: Promise<unknown> = Promise.resolve();

  constructor(options: WorkerOptions, progress: Progress, job: BulkJob, first: number, signal: AbortSignal) {
    this.#options = options;
    this.#progress = progress;
    this.#job = job;
    this.#first = first;
    this.#signal = signal;
  }

  /** Whether another process is at the job as well, which then goes on alone. */
  isSuperseded = false;

  /** @returns why the job has to wait; undefined if it may go on */
  async run(items: readonly NumberedItem[]): Promise<Waiting | undefined> {
    const { performer } = this.#options;
    const unchanged = await this.#guarded(() =>
      performer.findUnchanged(this.#job, this.#firstOfEach(items), this.#signal),
    );
    if (this.#waiting) return this.#waiting;
    if (unchanged && unchanged.length > 0) await this.#record(unchanged);
    const found = new Set(unchanged?.map(({ numbered }) => numbered.index));
    await runSome(
      items.filter(({ index }) => !found.has(index)),
      performer.targetOf,
      (item) => this.#carryOut(item),
    );
    return this.#waiting;
  }

  /** The first items of their targets: later ones find what these have changed. */
  #firstOfEach(items: readonly NumberedItem[]): NumberedItem[] {
    const { targetOf } = this.#options.performer;
    const targets = new Set<string>();
    return items.filter((item) => {
      const target = targetOf(item);
      const isFirst = target === undefined || !targets.has(target);
      if (target !== undefined) targets.add(target);
      return isFirst;
    });
  }

  /** @returns whether the next item may be carried out */
  async #carryOut(numbered: NumberedItem): Promise<boolean> {
    const { jobs, performer } = this.#options;
    const job = await jobs.read(this.#job.id);
    if (this.isSuperseded || this.#signal.aborted || job?.status !== 'RUNNING') return false;
    this.#waiting ??= performer.obstacle(job);
    if (this.#waiting) return false;
    let current = numbered;
    const intend = async (intent: Intent) => {
      const noted = await this.#progress.intend(job, current, intent);
      if (!noted) throw new Superseded();
      current = noted;
    };
    const result = await this.#guarded(() =>
      performer.perform(job, numbered, { signal: this.#signal, intend }),
    );
    if (result) await this.#record([{ numbered: current, result }]);
    return !this.#waiting && !this.isSuperseded && !this.#signal.aborted;
  }

  /** Notes the fault of work that has to be done again. */
  async #guarded<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Superseded) this.isSuperseded = true;
      if (this.isSuperseded || this.#signal.aborted) return undefined;
      const waiting = this.#options.performer.waitingAfter(error);
      if (!waiting) throw error;
      this.#waiting = waiting;
      return undefined;
    }
  }

  async #record(settled: readonly Settled[]): Promise<void> {
    const recording = this.#recorded.then(() => this.#progress.record(this.#job.id, settled, this.#first));
    this.#recorded = recording.catch(() => {});
    if (!(await recording)) this.isSuperseded = true;
  }
}

/** Carries out jobs until it is stopped. @returns a function that ends the looking for more; the queue is closed by its owner */
export function startBulkWorker(options: WorkerOptions): () => void {
  const { jobs, queue, performer, turns = {}, clock, sweepMs = defaultSweepMs, now, log } = options;
  const { rows } = jobs;
  const progress = createProgress(rows, now);

  /** @returns whether the job has more to do at once */
  async function takeTurn(job: BulkJob, signal: AbortSignal): Promise<boolean> {
    const own = turns[job.kind];
    if (own) {
      if (await own(job, signal)) await progress.finish(job.id);
      return true;
    }
    const items = await rows.openItems(job, itemsPerTurn);
    const first = items[0]?.index;
    if (first === undefined) {
      await progress.finish(job.id);
      return true;
    }
    const turn = new Turn(options, progress, job, first, signal);
    const waiting = await turn.run(items);
    if (waiting) await progress.wait(job.id, waiting);
    return !waiting && !turn.isSuperseded;
  }

  async function carryOut(id: string, signal: AbortSignal): Promise<void> {
    const job = await jobs.read(id);
    if (!job || !isRunnable(job, now())) return;
    const obstacle = performer.obstacle(job);
    if (obstacle) {
      await progress.wait(id, obstacle);
      return;
    }
    const begun = await progress.begin(id);
    if (begun?.status !== 'RUNNING') return;
    if ((await takeTurn(begun, signal)) && !signal.aborted) await jobs.wake();
  }

  let isStopped = false;
  let stopTimer = () => {};
  async function sweep(): Promise<void> {
    try {
      await jobs.wake();
      await removeLeftovers(rows, now());
    } catch (error) {
      log.error(errorForLog(error), 'bulk jobs cannot be read');
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
