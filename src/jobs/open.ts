/** Opens what outlives a request: the stores and the queues of accounts, in memory, in a file, or in Redis. */
import { type Clock, calendar } from '../clock.ts';
import type { Config } from '../config.ts';
import { Fault } from '../fault.ts';
import { createKeyedRequests, type KeyedRequests } from './keyed-requests.ts';
import { createLocalQueue } from './local-queue.ts';
import { createMemoryStore } from './memory-store.ts';
import { type ObservedStore, observeStore, watchFile } from './observed-store.ts';
import type { JobQueue } from './queue.ts';
import type { JobStore } from './store.ts';

/** What outlives a request, of one account. */
export type Jobs = {
  store: ObservedStore;
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

type Log = {
  info(message: string): void;
  warn(message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

export type OpenJobsOptions = { clock: Pick<Clock, 'now' | 'setTimer' | 'sleep'>; log: Log };

export type AccountJobsOptions = {
  /** The prefix of all keys: one name for one AWS account and catalog. */
  name: string;
  log: Log;
};

/** What outlives a request, of all accounts of a process. */
export type OpenJobs = {
  /**
   * Opens that of one account. What is opened again before it is closed has the same state, and queues of its own: those of the
   * former have to be drained before the new ones are started.
   */
  of(options: AccountJobsOptions): Jobs;
  /** Closes what all accounts share. */
  close(): void;
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
type Place = Pick<Jobs, 'keptIn'> & { store: JobStore; close(): void; createQueue(kind: string): JobQueue };
type State = Place & { store: ObservedStore; keyed: KeyedRequests; uses: number };

/** Where the state of all accounts is kept. */
type Places = { of(options: AccountJobsOptions): Place; close(): void };

/** Places for replicas: a connection for each account. */
async function openRedisPlaces(url: string, clock: OpenJobsOptions['clock']): Promise<Places> {
  const [{ openRedisStore }, { createRedisQueue }] = await Promise.all([
    import('./redis-store.ts'),
    import('./redis-queue.ts'),
  ]);
  return {
    of(account) {
      const options = { url, clock, ...account };
      const store = openRedisStore({ ...options, now: calendar.now });
      const createQueue = (kind: string) => createRedisQueue({ ...options, kind });
      return { store, keptIn: 'redis', createQueue, close: store.close };
    },
    close() {},
  };
}

/** Places for one process. SQLite and Redis are loaded only where they are configured, since that takes time. */
async function openPlaces(config: Config, { clock, log }: OpenJobsOptions): Promise<Places> {
  const { redisUrl, upstream } = config;
  const { file } = config.jobs;
  if (redisUrl) return openRedisPlaces(redisUrl, clock);
  const local = (log: Log) => ({ createQueue: () => createLocalQueue({ clock, log }), close() {} });
  if (file) {
    const { openSqliteStores } = await import('./sqlite-store.ts');
    const { storeOf, close } = openSqliteStores({ file, clock, now: calendar.now });
    return { of: ({ name, log }) => ({ store: storeOf(name), keptIn: 'file', ...local(log) }), close };
  }
  const message = 'The state of jobs is in memory, and ends with the process: set JOBS_FILE or REDIS_URL.';
  if (upstream === 'aws') log.warn(`${message} Until then, jobs are refused.`);
  else log.info(message);
  return {
    of: ({ log }) => ({ store: createMemoryStore(calendar.now), keptIn: 'memory', ...local(log) }),
    close() {},
  };
}

/** The queues of one account, by their kind. */
function createQueues(createQueue: (kind: string) => JobQueue): Pick<Jobs, 'queue' | 'drain'> {
  const queues = new Map<string, JobQueue>();
  return {
    queue(kind) {
      const queue = queues.get(kind) ?? createQueue(kind);
      queues.set(kind, queue);
      return queue;
    },
    async drain() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

/** @throws ConfigError if `JOBS_FILE` cannot be used */
export async function openJobs(config: Config, options: OpenJobsOptions): Promise<OpenJobs> {
  const places = await openPlaces(config, options);
  const { jobs, upstream, idempotencyTtlMs } = config;
  /** The state of accounts that are open, and how often they are. */
  const open = new Map<string, State>();
  if (jobs.file && !config.redisUrl) watchFile(jobs.file);

  function openState(account: AccountJobsOptions): State {
    const place = places.of(account);
    const { clock } = options;
    const store = observeStore(place.store, { keptIn: place.keptIn, clock, log: account.log });
    const keyed = createKeyedRequests({
      ...options,
      ...account,
      store,
      now: calendar.now,
      isShared: place.keptIn === 'redis',
      isInMemory: place.keptIn === 'memory',
      ttlMs: idempotencyTtlMs,
    });
    return { ...place, store, keyed, uses: 0 };
  }

  return {
    of(account) {
      const state = open.get(account.name) ?? openState(account);
      open.set(account.name, state);
      state.uses += 1;
      const { store, keptIn, createQueue, close } = state;
      const queues = createQueues(createQueue);
      return {
        ...queues,
        store,
        keyed: state.keyed,
        keptIn,
        isAccepted: keptIn !== 'memory' || upstream !== 'aws',
        ttlMs: jobs.ttlMs,
        async close() {
          await queues.drain();
          state.uses -= 1;
          if (state.uses > 0) return;
          open.delete(account.name);
          close();
        },
      };
    },
    close: places.close,
  };
}
