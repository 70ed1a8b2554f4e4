import { setTimeout as delay } from 'node:timers/promises';

/** Time, passed in so that a test can hold it. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds. @throws the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A number from 0 to 1, for jitter. */
  random(): number;
};

export const systemClock: Clock = {
  now: Date.now,
  random: Math.random,
  async sleep(ms, signal) {
    signal.throwIfAborted();
    await delay(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
  },
};

/** How long to wait before a further try: doubling from `first`, at most `most`, and half of it by chance. */
export function backoff(
  attempt: number,
  { first, most }: { first: number; most: number },
  random: number,
): number {
  const full = Math.min(most, first * 2 ** (attempt - 1));
  return full / 2 + (full / 2) * random;
}
