/**
 * The queue of replicas, by BullMQ. A piece of work is one job, locked by the replica that carries it out; when its lock is not
 * renewed any more, because the replica has died, another one takes it. The job has nothing but the id of the work.
 */
import { type Job, Queue, WaitingError, Worker } from 'bullmq';
import { errorForLog } from '../fault.ts';
import { keepOpen } from './bullmq-connection.ts';
import { type CarryOut, defaultConcurrency, type JobQueue } from './queue.ts';
import { inTime, type RedisOptions } from './redis-link.ts';

/** Part of the keys: raise it when BullMQ changes what it stores. */
const formatVersion = 1;

/** How long a replica may be silent until another one takes over its work. */
const defaultLeaseMs = 30_000;

/** The pause before failed work is carried out again: it doubles with each failure in a row. */
const pause = { minMs: 1_000, maxMs: 60_000 };

/** How long work in progress has to end when the queue is closed. */
const closeMs = 5_000;
const reportEveryMs = 60_000;

/** Work is repeated until its owner reports it as done, however often it fails or its replica dies. */
const always = 1_000_000_000;

export type RedisQueueOptions = Omit<RedisOptions, 'log'> & {
  /** The kind of work. */
  kind: string;
  leaseMs?: number;
  log: { error(details: object, message: string): void };
};

type Work = { id: string };

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
  /** Work in progress, by BullMQ's id of the job. */
  const running = new Map<string, { ending: AbortController; ended: Promise<unknown> }>();
  let isClosed = false;
  let reportedAt = Number.NEGATIVE_INFINITY;

  /** The store reports that Redis is away; this is for any other error of BullMQ. */
  function report(error: Error): void {
    if (isClosed || clock.now() - reportedAt < reportEveryMs) return;
    reportedAt = clock.now();
    log.error({ queue: kind, ...errorForLog(error) }, 'queue in Redis failed');
  }

  const queue = keepOpen({ url, clock, disableOfflineQueue: true }, (connection) =>
    new Queue<Work>(kind, { connection, prefix }).on('error', report),
  );
  let worker: ReturnType<typeof keepOpen<Worker<Work>>> | undefined;

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
    // It was asked to stop, and may have more to do: another replica continues.
    await job.moveToWait(token);
    throw new WaitingError();
  }

  /** Another replica may have the jobs by now whose locks could not be renewed. */
  function abort(jobIds: string[]): void {
    for (const id of jobIds) running.get(id)?.ending.abort();
  }

  return {
    async add(id) {
      await inTime(queue.current().add('work', { id }, optionsOf(id)), clock);
    },
    start(work, { concurrency = defaultConcurrency } = {}) {
      if (isClosed) return;
      const workerOptions = {
        prefix,
        concurrency,
        lockDuration: leaseMs,
        stalledInterval: leaseMs / 2,
        maxStalledCount: always,
        // Work that another replica hands over is not announced; a worker notices it within this many seconds.
        drainDelay: 1,
        runRetryDelay: pause.minMs,
        settings: {
          backoffStrategy: (count: number) => Math.min(pause.maxMs, pause.minMs * 2 ** (count - 1)),
        },
      };
      worker = keepOpen({ url, clock }, (connection) =>
        new Worker<Work>(kind, (job, token) => run(job, token, work), { connection, ...workerOptions })
          .on('error', report)
          .on('lockRenewalFailed', abort),
      );
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      // In this order: nothing new is fetched, then work in progress ends, then Redis is updated, if it is there.
      const closing = [queue, worker].map((open) => open?.close());
      const ended = [...running.values()].map(({ ended }) => ended);
      abort([...running.keys()]);
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const stop = clock.setTimer(resolve, closeMs);
      await Promise.race([Promise.all(ended), late]);
      if (queue.isReady() && worker?.isReady() !== false) await Promise.race([Promise.all(closing), late]);
      stop();
      queue.destroy();
      worker?.destroy();
    },
  };
}
