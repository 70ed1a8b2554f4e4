import { setTimeout as delay } from 'node:timers/promises';

/**
 * Monotonic time for everything that waits or ages: deadlines, the quota, the cache, the breaker. Changes of the system
 * clock do not affect it. It is passed in, so that tests can control it.
 */
export type Clock = {
  /** Milliseconds since an arbitrary point in time. */
  now(): number;
  /** Calls `fn` after `ms`, unless the returned function is called first. */
  setTimer(fn: () => void, ms: number): () => void;
  /** Resolves after `ms`. @throws the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A number from 0 to 1, for jitter. */
  random(): number;
};

/** Node's longest timer; a longer one would fire immediately. */
const maxTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(fn, ms) {
    const timer = setTimeout(fn, Math.min(Math.max(0, ms), maxTimerMs));
    return () => clearTimeout(timer);
  },
  async sleep(ms, signal) {
    signal.throwIfAborted();
    await delay(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
  },
  random: Math.random,
};

/** The system clock, for dates that are compared with AWS's. Never for waiting, since it can be set. */
export const calendar = {
  /** The date in UTC, `YYYY-MM-DD`. */
  today: (): string => calendar.instant().slice(0, 10),
  /** The present instant, in milliseconds since 1970. */
  now: (): number => Date.now(),
  /** The milliseconds until an instant, which is in milliseconds since 1970. */
  until: (instant: number): number => instant - Date.now(),
  /** The instant after `inMs`, as RFC 3339. */
  instant: (inMs = 0): string => new Date(Date.now() + inMs).toISOString(),
};
