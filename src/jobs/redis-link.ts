/** The connection to Redis for the state of jobs. No caller waits for it longer than a moment. */
import { createClient } from 'redis';
import type { Clock } from '../clock.ts';
import { StoreUnavailable } from './store.ts';

export type RedisOptions = {
  /** `redis://` or `rediss://` */
  url: string;
  /** The prefix of all keys: one name for one AWS account and catalog. */
  name: string;
  clock: Pick<Clock, 'now' | 'setTimer'>;
  log: { info(message: string): void; warn(message: string): void };
};

export type RedisClient = ReturnType<typeof createClient>;

export type RedisLink = {
  /** Sends a command, or several. @throws StoreUnavailable if there is no answer in time; it may have been carried out */
  ask<T>(send: (client: RedisClient) => Promise<T>): Promise<T>;
  close(): void;
};

export const timeouts = { connectMs: 5_000, retryMs: 1_000, replyMs: 2_000 };
const reportEveryMs = 60_000;

/** What Redis's error codes mean; without one of them, there was no answer. */
const reasons: Readonly<Record<string, string>> = {
  OOM: 'has no memory left (maxmemory)',
  MISCONF: 'cannot write to its disk',
  READONLY: 'is a read-only replica',
  LOADING: 'is still loading its data',
};

/** Why Redis failed, without anything from the rows. */
function reasonOf(error: unknown): string {
  const [code = ''] = error instanceof Error ? error.message.split(' ', 1) : [];
  return reasons[code] ?? 'does not answer';
}

/** @throws StoreUnavailable if a promise is not settled in time, or fails */
export async function inTime<T>(promise: Promise<T>, clock: Pick<Clock, 'setTimer'>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const stop = clock.setTimer(
    () => reject(new Error(`no answer within ${timeouts.replyMs} ms`)),
    timeouts.replyMs,
  );
  try {
    return await Promise.race([promise, late]);
  } catch (error) {
    const message = `Redis, which has the state of jobs, ${reasonOf(error)}.`;
    throw new StoreUnavailable(message, { cause: error });
  } finally {
    stop();
  }
}

/** Warns if what is written can be lost: without persistence, or if Redis may drop keys when its memory is full. */
async function warnIfLossy(client: RedisClient, log: RedisOptions['log']): Promise<void> {
  // Some hosts do not allow CONFIG, and document their persistence themselves.
  const { save, appendonly, ...rest } = await client.configGet(['save', 'appendonly', 'maxmemory-policy']);
  if (save === '' && appendonly === 'no')
    log.warn(
      'Redis keeps nothing on its disk: jobs and idempotency keys are lost when it restarts. Set appendonly yes.',
    );
  const policy = rest['maxmemory-policy'];
  if (policy && policy !== 'noeviction')
    log.warn(
      `Redis may drop the state of jobs when its memory is full: set maxmemory-policy noeviction, not ${policy}.`,
    );
}

/** Starts to connect and returns at once. */
export function openRedis({ url, clock, log }: RedisOptions): RedisLink {
  const client: RedisClient = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: 10_000,
    socket: { connectTimeout: timeouts.connectMs, reconnectStrategy: () => timeouts.retryMs },
  });
  let isClosed = false;
  let isReported = false;
  let reportedAt = Number.NEGATIVE_INFINITY;
  /** Settles with the next connection: callers wait for it as long as for an answer. */
  let connected = Promise.withResolvers<void>();

  client.on('error', () => {
    if (isClosed || isReported || clock.now() - reportedAt < reportEveryMs) return;
    log.warn('Redis unavailable: jobs wait, and mutations with an Idempotency-Key are refused.');
    isReported = true;
    reportedAt = clock.now();
  });
  client.on('ready', () => {
    connected.resolve();
    connected = Promise.withResolvers();
    if (isReported) log.info('Redis reconnected: jobs continue.');
    isReported = false;
  });
  client
    .connect()
    .then(() => warnIfLossy(client, log))
    .catch(() => {});

  return {
    ask(send) {
      const answer = client.isReady ? send(client) : connected.promise.then(() => send(client));
      return inTime(answer, clock);
    },
    close() {
      isClosed = true;
      client.destroy();
    },
  };
}
