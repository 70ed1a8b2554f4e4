/** The queue of a gateway without replicas: what waits is in memory, and found again in the store after a restart. */
import type { Clock } from '../clock.ts';
import { errorForLog } from '../fault.ts';
import { type CarryOut, defaultConcurrency, type JobQueue } from './queue.ts';

/** The pause before failed work is carried out again: it doubles with each failure in a row. */
const pause = { minMs: 1_000, maxMs: 60_000 };

export type LocalQueueOptions = {
  clock: Pick<Clock, 'setTimer'>;
  log: { error(details: object, message: string): void };
};

export function createLocalQueue({ clock, log }: LocalQueueOptions): JobQueue {
  const waiting = new Set<string>();
  const running = new Map<string, Promise<void>>();
  /** Work that has failed, and the failures in a row. */
  const failures = new Map<string, number>();
  /** The timers of work that is to be carried out again. */
  const pauses = new Map<string, () => void>();
  const closing = new AbortController();
  let carryOut: CarryOut | undefined;
  let concurrency = defaultConcurrency;

  function enqueue(id: string): void {
    pauses.get(id)?.();
    pauses.delete(id);
    waiting.add(id);
    next();
  }

  function retry(id: string, error: unknown): void {
    const count = failures.get(id) ?? 0;
    failures.set(id, count + 1);
    log.error({ job: id, ...errorForLog(error) }, 'job failed; it is carried out again');
    const stop = clock.setTimer(() => enqueue(id), Math.min(pause.maxMs, pause.minMs * 2 ** count));
    pauses.set(id, stop);
  }

  async function run(id: string, work: CarryOut): Promise<void> {
    try {
      await work(id, closing.signal);
      failures.delete(id);
    } catch (error) {
      if (!closing.signal.aborted && !waiting.has(id)) retry(id, error);
    }
    running.delete(id);
    next();
  }

  function next(): void {
    if (!carryOut || closing.signal.aborted) return;
    for (const id of waiting) {
      if (running.size >= concurrency) return;
      if (running.has(id)) continue;
      waiting.delete(id);
      running.set(id, run(id, carryOut));
    }
  }

  return {
    async add(id) {
      if (!closing.signal.aborted) enqueue(id);
    },
    start(work, options) {
      carryOut = work;
      concurrency = options?.concurrency ?? concurrency;
      next();
    },
    async close() {
      closing.abort();
      for (const stop of pauses.values()) stop();
      await Promise.all(running.values());
    },
  };
}
