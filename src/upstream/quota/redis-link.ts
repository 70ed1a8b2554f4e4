/** The connection to Redis over which replicas share their quota. */
import { createClient } from 'redis';
import type { Timers } from './lane.ts';
import { type Answer, type Request, script } from './redis-script.ts';

export type LinkOptions = {
  /** `redis://` or `rediss://` */
  url: string;
  log: { warn(message: string): void; info(message: string): void };
};

/**
 * How late a place may be used, since others count on it. Half of the margin in `windowMs`: what is left of the margin is
 * for the network. A replica that wakes up later gives the place back and books another.
 */
export const graceMs = 20;
/** How long Redis may take to be reached, and to answer; and how long it is left alone after it did not. */
export const patience = { connectMs: 1_000, answerMs: 250, retryMs: 1_000 };
type Client = ReturnType<typeof createClient>;
export type LinkState = 'opening' | 'up' | 'away' | 'closed';
export type Link = ReturnType<typeof openLink>;

/**
 * The connection to Redis, made again whenever it is lost. Redis counts as there when it answers `probe` soon enough to
 * be of use, at least once in three times. `changed` hears of every change of state.
 */
export function openLink(
  { url, log }: LinkOptions,
  clock: Timers,
  probe: () => Request,
  changed: () => void,
) {
  let state: LinkState = 'opening';
  let client: Client | undefined;
  let stopTimer = () => {};

  const inTime = <T>(promise: Promise<T>, ms: number): Promise<T> => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const stop = clock.setTimer(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    return Promise.race([promise, late]).finally(stop);
  };

  const ask = async (asked: Client, { keys, args }: Request) =>
    (await inTime(asked.eval(script, { keys, arguments: args }), patience.answerMs)) as unknown as Answer;

  const become = (next: LinkState) => {
    const before = state;
    state = next;
    if (before !== next) changed();
  };

  const lose = (lost: Client, reason: unknown) => {
    const isCurrent = lost === client && state !== 'closed';
    if (isCurrent) client = undefined;
    // This makes it say that it ended, which is then no news.
    if (lost.isOpen) lost.destroy();
    if (!isCurrent) return;
    stopTimer = clock.setTimer(open, patience.retryMs);
    const why = reason instanceof Error ? reason.message || reason.name : String(reason);
    if (state !== 'away')
      log.warn(`Redis unavailable (${why}): using this replica's share of the quota until it reconnects.`);
    become('away');
  };

  const open = async () => {
    const socket = { connectTimeout: patience.connectMs, reconnectStrategy: false as const };
    const opened: Client = createClient({ url, disableOfflineQueue: true, socket });
    client = opened;
    opened.on('error', (error: Error) => lose(opened, error));
    opened.on('end', () => lose(opened, 'the connection ended'));
    try {
      await inTime(opened.connect(), patience.connectMs);
      let took = Number.POSITIVE_INFINITY;
      for (let attempt = 0; attempt < 3 && took > graceMs; attempt++) {
        const began = clock.now();
        await ask(opened, probe());
        took = clock.now() - began;
      }
      if (took > graceMs) throw new Error(`it takes ${Math.ceil(took)} ms to answer`);
    } catch (error) {
      lose(opened, error);
    }
    if (client !== opened || state === 'closed') return;
    if (state === 'away') log.info('Redis reconnected: the replicas share the quota again.');
    become('up');
  };
  void open();

  return {
    state: () => state,
    lose: (reason: string) => client && lose(client, reason),
    async run(request: Request): Promise<Answer> {
      const asked = client;
      if (!asked || state !== 'up') throw new Error('Redis unavailable');
      try {
        return await ask(asked, request);
      } catch (error) {
        lose(asked, error);
        throw error;
      }
    },
    close() {
      state = 'closed';
      stopTimer();
      if (client?.isOpen) client.destroy();
    },
  };
}
