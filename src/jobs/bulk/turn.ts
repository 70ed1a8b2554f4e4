/** One turn of a job with items: some of them are carried out, and their results are recorded. */
import type { BulkJobs } from './jobs.ts';
import type { BulkMetrics } from './metrics.ts';
import type { BulkJob, Intent, ItemResult, NumberedItem, Waiting } from './model.ts';
import type { Progress, Settled } from './progress.ts';

/** The items that are carried out at a time: while one waits for its write, the next is read. */
const itemsAtOnce = 3;

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

/** What a turn works with. */
export type TurnTools = { jobs: BulkJobs; performer: Performer; progress: Progress; metrics: BulkMetrics };

/** Another process has been at the item, or its job has been deleted: this one must not go on with it. */
class Superseded extends Error {}

/**
 * Runs work on items, some at a time, in their order, until one returns false, or throws.
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
export class Turn {
  readonly #tools: TurnTools;
  readonly #job: BulkJob;
  readonly #signal: AbortSignal;
  #waiting: Waiting | undefined;
  #first: number;
  /** Results are recorded one after the other, since each changes the job's counts. */
  #recorded: Promise<unknown> = Promise.resolve();

  /** @param first the number of the first item that is open */
  constructor(tools: TurnTools, job: BulkJob, first: number, signal: AbortSignal) {
    this.#tools = tools;
    this.#job = job;
    this.#first = first;
    this.#signal = signal;
  }

  /** Whether another process is at the job as well, which then goes on alone. */
  isSuperseded = false;

  /** @returns why the job has to wait; undefined if it may go on */
  async run(items: readonly NumberedItem[]): Promise<Waiting | undefined> {
    const { performer } = this.#tools;
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
    const { targetOf } = this.#tools.performer;
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
    const { jobs, performer } = this.#tools;
    const job = await jobs.read(this.#job.id);
    if (this.isSuperseded || this.#signal.aborted || job?.status !== 'RUNNING') return false;
    this.#waiting ??= performer.obstacle(job);
    if (this.#waiting) return false;
    let current = numbered;
    const intend = async (intent: Intent) => {
      const noted = await this.#tools.progress.intend(job, current, intent);
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
      const waiting = this.#tools.performer.waitingAfter(error);
      if (!waiting) throw error;
      this.#waiting = waiting;
      return undefined;
    }
  }

  async #record(settled: readonly Settled[]): Promise<void> {
    const recording = this.#recorded.then(() =>
      this.#tools.progress.record(this.#job.id, settled, this.#first),
    );
    this.#recorded = recording.catch(() => {});
    if (await recording) for (const { result } of settled) this.#tools.metrics.settled(result.outcome);
    else this.isSuperseded = true;
  }
}
