/** Opens what outlives a request: the store and the queues of one account, in memory, in a file, or in Redis. */
import { type Clock, calendar } from '../clock.ts';
import type { Config } from '../config.ts';
import { Fault } from '../fault.ts';
import { createKeyedRequests, type KeyedRequests } from './keyed-requests.ts';
import { createLocalQueue } from './local-queue.ts';
import { createMemoryStore } from './memory-store.ts';
import type { JobQueue } from './queue.ts';
import type { JobStore } from './store.ts';

/** What outlives a request, of one account. */
export type Jobs = {
  store: JobStore;
  /** The queue of one kind of work, such as `bulk`; the same one for the same kind. It is closed together with the rest. */
  queue(kind: string): JobQueue;
  /** Requests under an `Idempotency-Key`. */
  keyed: KeyedRequests;
  /** Where the state is: in memory it ends with the process. */
  keptIn: 'memory' | 'file' | 'redis';
  /** Whether work may be accepted: with UPSTREAM=aws only if it is not lost with the process. */
  isAccepted: boolean;
  /** How long rows are kept once their work is done, in milliseconds (`JOBS_TTL_DAYS`). */
  ttlMs: number;
  /** Starts no more work, and waits for work in progress; the store stays open. */
  drain(): Promise<void>;
  /** Drains the queues and closes the store. */
  close(): Promise<void>;
};

export type OpenJobsOptions = {
  /** The prefix of all keys: one name for one AWS account and catalog. */
  name: string;
  clock: Pick<Clock, 'now' | 'setTimer' | 'sleep'>;
  log: {
    info(message: string): void;
    warn(message: string): void;
    warn(details: object, message: string): void;
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

/** Where the state is kept: its store, and how to make a queue. */
type Place = Pick<Jobs, 'store' | 'keptIn'> & { close(): void; createQueue(kind: string): JobQueue };

/** A place for replicas. */
async function openRedisPlace(url: string, { name, clock, log }: OpenJobsOptions): Promise<Place> {
  const [{ openRedisStore }, { createRedisQueue }] = await Promise.all([
    import('./redis-store.ts'),
    import('./redis-queue.ts'),
  ]);
  const options = { url, name, clock, log };
  const store = openRedisStore({ ...options, now: calendar.now });
  const createQueue = (kind: string) => createRedisQueue({ ...options, kind });
  return { store, keptIn: 'redis', createQueue, close: store.close };
}

/** A place for one process. SQLite and Redis are loaded only where they are configured, since that takes time. */
async function openPlace(config: Config, options: OpenJobsOptions): Promise<Place> {
  const { redisUrl, upstream } = config;
  const { file } = config.jobs;
  if (redisUrl) return openRedisPlace(redisUrl, options);
  const { name: account, clock, log } = options;
  const createQueue = () => createLocalQueue(options);
  if (file) {
    const { openSqliteStore } = await import('./sqlite-store.ts');
    const store = openSqliteStore({ file, account, clock, now: calendar.now });
    return { store, keptIn: 'file', createQueue, close: store.close };
  }
  const message = 'The state of jobs is in memory, and ends with the process: set JOBS_FILE or REDIS_URL.';
  if (upstream === 'aws') log.warn(`${message} Until then, jobs are refused.`);
  else log.info(message);
  return { store: createMemoryStore(calendar.now), keptIn: 'memory', createQueue, close() {} };
}

/** @throws ConfigError if `JOBS_FILE` cannot be used */
export async function openJobs(config: Config, options: OpenJobsOptions): Promise<Jobs> {
  const { store, keptIn, createQueue, close } = await openPlace(config, options);
  const queues = new Map<string, JobQueue>();
  async function drain(): Promise<void> {
    await Promise.all([...queues.values()].map((queue) => queue.close()));
  }
  const keyed = createKeyedRequests({
    ...options,
    store,
    now: calendar.now,
    isShared: keptIn === 'redis',
    isInMemory: keptIn === 'memory',
    ttlMs: config.idempotencyTtlMs,
  });
  return {
    store,
    keyed,
    keptIn,
    isAccepted: keptIn !== 'memory' || config.upstream !== 'aws',
    ttlMs: config.jobs.ttlMs,
    queue(kind) {
      const queue = queues.get(kind) ?? createQueue(kind);
      queues.set(kind, queue);
      return queue;
    },
    drain,
    async close() {
      await drain();
      close();
    },
  };
}
