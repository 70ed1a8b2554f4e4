/** Opens what outlives a request: the store and the queues of one account, in memory, in a file, or in Redis. */
import { type Clock, calendar } from '../clock.ts';
import type { Config } from '../config.ts';
import { Fault } from '../fault.ts';
import { createLocalQueue } from './local-queue.ts';
import { createMemoryStore } from './memory-store.ts';
import type { JobQueue } from './queue.ts';
import type { JobStore, OpenStore } from './store.ts';

/** What outlives a request, of one account. */
export type Jobs = {
  store: JobStore;
  /** The queue of one kind of work, such as `bulk`; the same one for the same kind. It is closed together with the rest. */
  queue(kind: string): JobQueue;
  /** Where the state is: in memory it ends with the process. */
  keptIn: 'memory' | 'file' | 'redis';
  /** Whether work may be accepted: with UPSTREAM=aws only if it is not lost with the process. */
  isAccepted: boolean;
  /** How long rows are kept once their work is done, in milliseconds (`JOBS_TTL_DAYS`). */
  ttlMs: number;
  /** Starts no more work, and waits for what is under way; the store stays open. */
  drain(): Promise<void>;
  /** Drains the queues and closes the store. */
  close(): Promise<void>;
};

export type OpenJobsOptions = {
  /** The account's name and catalog, as part of every key. */
  account: string;
  clock: Pick<Clock, 'now' | 'setTimer'>;
  log: {
    info(message: string): void;
    warn(message: string): void;
    error(details: object, message: string): void;
  };
};

/** @throws Fault JOBS_UNAVAILABLE if the state of work would be lost with the process */
export function requireJobs(jobs: Jobs): Jobs {
  if (jobs.isAccepted) return jobs;
  throw new Fault(
    'JOBS_UNAVAILABLE',
    'Work that outlives a request needs a place for its state: set JOBS_FILE for one process, or REDIS_URL for replicas.',
  );
}

/** A store in a file, or in memory, which the log tells. */
async function openLocalStore(
  { jobs: { file }, upstream }: Config,
  { account, clock, log }: OpenJobsOptions,
): Promise<OpenStore> {
  if (file) {
    // It is loaded only where it is configured, since that takes time.
    const { openSqliteStore } = await import('./sqlite-store.ts');
    return openSqliteStore({ file, account, clock, now: calendar.now });
  }
  const message = 'The state of jobs is in memory, and ends with the process: set JOBS_FILE or REDIS_URL.';
  if (upstream === 'aws') log.warn(`${message} Until then, jobs are refused.`);
  else log.info(message);
  return { ...createMemoryStore(calendar.now), close() {} };
}

/** @throws ConfigError if `JOBS_FILE` cannot be used */
export async function openJobs(config: Config, options: OpenJobsOptions): Promise<Jobs> {
  const keptIn = config.jobs.file ? 'file' : 'memory';
  const store = await openLocalStore(config, options);
  const queues = new Map<string, JobQueue>();
  async function drain(): Promise<void> {
    await Promise.all([...queues.values()].map((queue) => queue.close()));
  }
  return {
    store,
    keptIn,
    isAccepted: keptIn !== 'memory' || config.upstream !== 'aws',
    ttlMs: config.jobs.ttlMs,
    queue(kind) {
      const queue = queues.get(kind) ?? createLocalQueue(options);
      queues.set(kind, queue);
      return queue;
    },
    drain,
    async close() {
      await drain();
      store.close();
    },
  };
}
