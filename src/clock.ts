import { setTimeout as delay } from 'node:timers/promises';

/**
 * Time as everything that waits or ages sees it: deadlines, the quota, the cache, the breaker. It never runs backwards and
 * is unaffected by changes of the machine's clock. It is passed in, so that a test can control it.
 */
export type Clock = {
  /** Milliseconds since an arbitrary moment. */
  now(): number;
  /** Calls `fn` after so many milliseconds, unless the returned function is called first. */
  setTimer(fn: () => void, ms: number): () => void;
  /** Resolves after so many milliseconds. @throws the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A number from 0 to 1, for jitter. */
  random(): number;
};

/** The longest timer that Node has; a longer one would fire at once. */
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

/** The machine's date, for what is compared with or shown beside AWS's dates. Never for waiting: it can be set. */
export const calendar = {
  /** The day in UTC, `YYYY-MM-DD`. */
  today: (): string => calendar.instant().slice(0, 10),
  /** The instant in so many milliseconds, as RFC 3339. */
  instant: (inMs = 0): string => new Date(Date.now() + inMs).toISOString(),
};
