/** The connection to Redis through which replicas share their quota. */
import { createClient } from 'redis';
import type { Timers } from './lane.ts';
import { readReply, type ScriptCall, type ScriptReply, script } from './redis-script.ts';

export type LinkOptions = {
  /** `redis://` or `rediss://` */
  url: string;
  log: { warn(message: string): void; info(message: string): void };
};

/**
 * The time after which a slot must not be used, since other replicas rely on it. This is half of the margin in
 * `windowMs`; the other half is for the network. A replica that wakes up later than this releases the slot and books
 * another.
 */
export const graceMs = 20;
/** The time limits for a connection and for a reply, and the wait before connecting again. */
export const timeouts = { connectMs: 1_000, replyMs: 250, retryMs: 1_000 };
/** After this many replies in a row that were too late to be used, Redis counts as unavailable. */
const maxLateReplies = 10;
type Client = ReturnType<typeof createClient>;
export type LinkState = 'connecting' | 'connected' | 'unavailable' | 'closed';
export type Link = ReturnType<typeof openLink>;

/**
 * Connects, and reconnects whenever the connection is lost. A connection counts if Redis replies to `probe` in time, at
 * least once in three attempts. `changed` is called after every change of state.
 *
 * @throws TypeError when the client does not accept `url`
 */
export function openLink(
  { url, log }: LinkOptions,
  clock: Timers,
  probe: () => ScriptCall,
  changed: () => void,
) {
  let state: LinkState = 'connecting';
  let client: Client | undefined;
  let stopTimer = () => {};
  let lateReplies = 0;

  const inTime = <T>(promise: Promise<T>, ms: number): Promise<T> => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const stop = clock.setTimer(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    return Promise.race([promise, late]).finally(stop);
  };

  const evaluate = async (on: Client, { keys, args }: ScriptCall) => {
    const sent = clock.now();
    const reply = await inTime(on.eval(script, { keys, arguments: args }), timeouts.replyMs);
    return { reply: readReply(reply), tookMs: clock.now() - sent };
  };
  const tooSlow = (tookMs: number) => new Error(`it takes ${Math.ceil(tookMs)} ms to answer`);

  const become = (next: LinkState) => {
    const before = state;
    state = next;
    if (before !== next) changed();
  };

  const disconnect = (lost: Client, reason: unknown) => {
    const isCurrent = lost === client && state !== 'closed';
    if (isCurrent) client = undefined;
    // This emits `end`, when the client is no longer the current one.
    if (lost.isOpen) lost.destroy();
    if (!isCurrent) return;
    stopTimer = clock.setTimer(connect, timeouts.retryMs);
    const why = (reason instanceof Error ? reason.message || reason.name : String(reason)).slice(0, 200);
    if (state !== 'unavailable')
      log.warn(`Redis unavailable (${why}): using this replica's share of the quota until it reconnects.`);
    become('unavailable');
  };

  const establish = async (opened: Client) => {
    try {
      await inTime(opened.connect(), timeouts.connectMs);
      let took = Number.POSITIVE_INFINITY;
      for (let attempt = 0; attempt < 3 && took > graceMs; attempt++)
        took = (await evaluate(opened, probe())).tookMs;
      if (took > graceMs) throw tooSlow(took);
      lateReplies = 0;
    } catch (error) {
      disconnect(opened, error);
    }
    if (client !== opened || state === 'closed') return;
    if (state === 'unavailable') log.info('Redis reconnected: the replicas share the quota again.');
    become('connected');
  };

  const connect = () => {
    const socket = { connectTimeout: timeouts.connectMs, reconnectStrategy: false as const };
    const opened: Client = createClient({ url, disableOfflineQueue: true, socket });
    client = opened;
    opened.on('error', (error: Error) => disconnect(opened, error));
    opened.on('end', () => disconnect(opened, 'the connection ended'));
    void establish(opened);
  };
  connect();

  return {
    state: () => state,
    async run(call: ScriptCall): Promise<ScriptReply> {
      const current = client;
      if (!current || state !== 'connected') throw new Error('Redis unavailable');
      try {
        const { reply, tookMs } = await evaluate(current, call);
        lateReplies = tookMs > graceMs ? lateReplies + 1 : 0;
        if (lateReplies >= maxLateReplies) disconnect(current, tooSlow(tookMs));
        return reply;
      } catch (error) {
        disconnect(current, error);
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
