import type { Clock } from '../clock.ts';
import { Fault } from '../fault.ts';
import { toFault } from './errors.ts';
import { type Operation, operationFacts } from './operations.ts';

/** The longest that one try may take; the request's deadline can make it less. */
const maxAttemptMs = 15_000;
/** How often a call is tried that fails without AWS asking for patience. */
const maxAttempts = 5;

/** How long to wait before a further attempt: doubling from `first`, at most `most`, and half of it by chance. */
export function backoff(
  attempt: number,
  { first, most }: { first: number; most: number },
  random: number,
): number {
  const full = Math.min(most, first * 2 ** (attempt - 1));
  return full / 2 + (full / 2) * random;
}

/** A request's time: the clock, the deadline on it in milliseconds, and what else ends a wait. */
type RequestTime = { clock: Pick<Clock, 'now' | 'sleep'>; deadline: number; signal: AbortSignal };

/** Waits, unless the request ends before. @throws `late` at once if its deadline is too near, or when the signal is aborted */
export async function sleepWithin(
  { clock, deadline, signal }: RequestTime,
  ms: number,
  late: Fault,
): Promise<void> {
  if (clock.now() + ms >= deadline) throw late;
  await clock.sleep(ms, signal).catch(() => {
    throw late;
  });
}

export type RetryOptions = RequestTime & {
  clock: Clock;
  /** Told of every throttling by AWS, with the wait that AWS asked for, if it did. */
  onThrottle(retryAfterMs: number | undefined): void;
};

/**
 * Tries a call until it succeeds, until its fault says that no further try helps, or until the request's time does not
 * suffice for another. This is the only place where calls are repeated; the SDK's own retries are off.
 *
 * @param attempt one try; it asks for its signal when it goes out, since it may wait for its turn first. A try gets at
 *   most half of the time that is left, so that after a lost answer there is time to look what became of it.
 * @throws Fault of the last try
 */
export async function withRetries<T>(
  operation: Operation,
  attempt: (signal: () => AbortSignal) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  const { clock, signal, deadline, onThrottle } = options;
  let stopTimer = () => {};
  const attemptSignal = (): AbortSignal => {
    const timeout = new AbortController();
    const left = Math.max(1, Math.floor((deadline - clock.now()) / 2));
    const expire = () => timeout.abort(new DOMException('AWS did not answer in time.', 'TimeoutError'));
    stopTimer = clock.setTimer(expire, Math.min(maxAttemptMs, left));
    return AbortSignal.any([signal, timeout.signal]);
  };
  /** Whether a try that failed may have landed all the same; whatever the next ones say, that stays so. */
  let isUnconfirmed = false;
  for (let attempts = 1; ; attempts++) {
    let fault: Fault;
    let isRefusedHere = false;
    try {
      return await attempt(attemptSignal);
    } catch (thrown) {
      isRefusedHere = thrown instanceof Fault; // it was never sent: the quota, or the request's end, stood against it
      fault = toFault(thrown, operation);
    } finally {
      stopTimer();
    }
    // Values that AWS refuses now it has refused before: then nothing has landed.
    if (isUnconfirmed && fault.code !== 'VALIDATION' && fault.code !== 'CONFLICT')
      fault = fault.withUnknownOutcome();
    isUnconfirmed ||= fault.mayHaveBeenApplied;
    const isThrottle = fault.code === 'THROTTLED';
    // What AWS cannot tell from a second request is sent again only when it certainly has not carried out the first.
    const mayRepeat =
      fault.isTransient &&
      !isRefusedHere &&
      (operationFacts[operation].isRepeatable || !fault.mayHaveBeenApplied);
    if (isThrottle && !isRefusedHere) onThrottle(fault.retryAfterMs);
    if (!mayRepeat || (attempts >= maxAttempts && !isThrottle)) throw fault;
    const pace = isThrottle ? { first: 500, most: 8_000 } : { first: 50, most: 2_000 };
    const wait = Math.max(backoff(attempts, pace, clock.random()), fault.retryAfterMs ?? 0);
    await sleepWithin(options, wait, fault);
  }
}
