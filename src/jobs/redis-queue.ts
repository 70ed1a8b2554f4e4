/**
 * The queue of replicas, by BullMQ. A piece of work is one job, locked by the replica that carries it out; when its lock is not
 * renewed any more, because the replica has died, another one takes it. The job has nothing but the id of the work.
 */
import { createNodeRedisClient, type Job, Queue, WaitingError, Worker } from 'bullmq';
import { createClient } from 'redis';
import { errorForLog } from '../fault.ts';
import { type CarryOut, defaultConcurrency, type JobQueue } from './queue.ts';
import { inTime, type RedisClient, type RedisOptions, timeouts } from './redis-link.ts';

/** Part of the keys: raise it when BullMQ changes what it stores. */
const formatVersion = 1;

/** How long a replica may be silent until another one takes over its work. */
const defaultLeaseMs = 30_000;

/** The pause before failed work is carried out again: it doubles with each failure in a row. */
const pause = { minMs: 1_000, maxMs: 60_000 };

/** How long work under way has to end when the queue is closed. */
const closeMs = 5_000;
const reportEveryMs = 60_000;

/** Work is repeated until its owner says that it is done, however often it fails or its replica dies. */
const always = 1_000_000_000;

export type RedisQueueOptions = Omit<RedisOptions, 'log'> & {
  /** The kind of work. */
  kind: string;
  leaseMs?: number;
  log: { error(details: object, message: string): void };
};

type Work = { id: string };
type Connection = Pick<RedisClient, 'isOpen' | 'isReady' | 'destroy'> & {
  on(event: 'error', listener: () => void): unknown;
};

/** The id keeps a second job of the same work from being added; while the first one is carried out, one more may wait. */
const optionsOf = (id: string) => ({
  deduplication: { id, keepLastIfActive: true },
  attempts: always,
  backoff: { type: 'custom' },
  removeOnComplete: true,
  removeOnFail: true,
});

export function createRedisQueue(options: RedisQueueOptions): JobQueue {
  const { url, name, kind, clock, log, leaseMs = defaultLeaseMs } = options;
  const prefix = `${name}:jobs:v${formatVersion}:queue`;
  const clients: Connection[] = [];
  /** What is under way, by BullMQ's id of the job. */
  const running = new Map<string, { ending: AbortController; ended: Promise<unknown> }>();
  let worker: Worker<Work> | undefined;
  let isClosed = false;
  let reportedAt = Number.NEGATIVE_INFINITY;

  /** The store reports that Redis is away; this is for whatever else BullMQ stumbles over. */
  function report(error: Error): void {
    if (isClosed || clock.now() - reportedAt < reportEveryMs) return;
    reportedAt = clock.now();
    log.error({ queue: kind, ...errorForLog(error) }, 'queue in Redis failed');
  }

  /** BullMQ's adapter connects by itself, makes a second connection for a worker, and leaves both for us to close. */
  function connect(options: { disableOfflineQueue?: boolean } = {}) {
    const socket = { connectTimeout: timeouts.connectMs, reconnectStrategy: () => timeouts.retryMs };
    const client = createClient({ url, socket, ...options });
    const duplicate = client.duplicate.bind(client);
    Object.assign(client, { duplicate: () => keep(duplicate()) });
    return createNodeRedisClient(keep(client));
  }
  function keep<C extends Connection>(client: C): C {
    client.on('error', () => {});
    clients.push(client);
    return client;
  }

  const queue = new Queue<Work>(kind, { connection: connect({ disableOfflineQueue: true }), prefix });
  queue.on('error', report);

  async function run(job: Job<Work>, token: string | undefined, work: CarryOut): Promise<void> {
    const { id } = job.data;
    const ending = new AbortController();
    const working = work(id, ending.signal);
    running.set(String(job.id), { ending, ended: working.catch(() => {}) });
    try {
      await working;
    } catch (error) {
      if (!ending.signal.aborted) {
        log.error({ job: id, ...errorForLog(error) }, 'job failed; it is carried out again');
        throw error;
      }
    } finally {
      running.delete(String(job.id));
    }
    if (!isClosed) return;
    // It was told to stop, and may have more to do: another replica continues.
    await job.moveToWait(token);
    throw new WaitingError();
  }

  return {
    async add(id) {
      const added = queue.add('work', { id }, optionsOf(id));
      await inTime(added, clock);
    },
    start(work, { concurrency = defaultConcurrency } = {}) {
      if (isClosed) return;
      worker = new Worker<Work>(kind, (job, token) => run(job, token, work), {
        connection: connect(),
        prefix,
        concurrency,
        lockDuration: leaseMs,
        stalledInterval: leaseMs / 2,
        maxStalledCount: always,
        // Work that another replica hands over is not announced; nobody waits longer for it than this many seconds.
        drainDelay: 1,
        settings: { backoffStrategy: (count) => Math.min(pause.maxMs, pause.minMs * 2 ** (count - 1)) },
      });
      worker.on('error', report);
      // Another replica may have it by now.
      worker.on('lockRenewalFailed', (ids) => {
        for (const id of ids) running.get(id)?.ending.abort();
      });
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      // In this order: nothing new is fetched, then what is under way ends, then Redis hears of it, if it is there.
      const closed = Promise.all([worker?.close(), queue.close()]).catch(() => {});
      const ended = [...running.values()].map(({ ended }) => ended);
      for (const { ending } of running.values()) ending.abort();
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const stop = clock.setTimer(resolve, closeMs);
      await Promise.race([Promise.all(ended), late]);
      if (clients.every(({ isReady }) => isReady)) await Promise.race([closed, late]);
      stop();
      for (const client of clients) if (client.isOpen) client.destroy();
    },
  };
}
