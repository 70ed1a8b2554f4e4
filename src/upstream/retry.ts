import type { Clock } from '../clock.ts';
import { Fault } from '../fault.ts';
import { MismatchedAnswer } from './answers.ts';
import { provesNothingApplied, toFault } from './errors.ts';
import { type Operation, operationFacts } from './operations.ts';

/** The maximum duration of one attempt; the request's deadline can shorten it. */
const maxAttemptMs = 15_000;
/** The maximum number of attempts of a call that fails for other reasons than throttling. */
const maxAttempts = 5;
/** The same if the answer does not fit the request: either the connection was mixed up once, or AWS answers like that. */
const maxMismatches = 2;

/** The wait before the next attempt: doubles from `first` up to `most`, and half of it is random. */
export function backoff(
  attempt: number,
  { first, most }: { first: number; most: number },
  random: number,
): number {
  const full = Math.min(most, first * 2 ** (attempt - 1));
  return full / 2 + (full / 2) * random;
}

/**
 * A request's time: its deadline in milliseconds on the clock, and what else ends a wait. The deadline of a call that requests
 * share moves as they join and leave.
 */
type RequestTime = { readonly deadline: number; readonly signal: AbortSignal };

/**
 * Waits, unless the request ends before.
 *
 * @throws `late` at once if its deadline is too near, or when the signal is aborted
 */
export async function sleepWithin(
  { clock, deadline, signal }: RequestTime & { clock: Pick<Clock, 'now' | 'sleep'> },
  ms: number,
  late: Fault,
): Promise<void> {
  if (clock.now() + ms >= deadline) throw late;
  await clock.sleep(ms, signal).catch(() => {
    throw late;
  });
}

export type RetryOptions = {
  clock: Clock;
  time: RequestTime;
  /** Called for every throttled attempt, with the wait that AWS asked for, if any. */
  onThrottle(retryAfterMs: number | undefined): void;
};

/**
 * Repeats a call until it succeeds, until it fails for good, or until the deadline leaves no time for another attempt.
 * This is the only place where calls are repeated; the SDK's own retries are off.
 *
 * @param attempt one attempt; it gets its signal when it is sent, since it may wait for the quota before. It may take
 *   half of the time left at most, so that there is time to check the outcome after a lost response.
 * @throws Fault of the last attempt
 */
export async function withRetries<T>(
  operation: Operation,
  attempt: (signal: () => AbortSignal) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  const { clock, time, onThrottle } = options;
  let stopTimer = () => {};
  const attemptSignal = (): AbortSignal => {
    const timeout = new AbortController();
    const left = Math.max(1, Math.floor((time.deadline - clock.now()) / 2));
    const expire = () => timeout.abort(new DOMException('AWS did not answer in time.', 'TimeoutError'));
    stopTimer = clock.setTimer(expire, Math.min(maxAttemptMs, left));
    return AbortSignal.any([time.signal, timeout.signal]);
  };
  /** True once a failed attempt may have been applied; later attempts do not change that. */
  let isUnconfirmed = false;
  /** The last fault of AWS: what a request that then runs out of time gets. */
  let last: Fault | undefined;
  for (let attempts = 1; ; attempts++) {
    let fault: Fault;
    let isRejectedHere = false;
    try {
      return await attempt(attemptSignal);
    } catch (thrown) {
      isRejectedHere = thrown instanceof Fault; // not sent, because of the quota, the breaker or the request's end
      fault = toFault(thrown, operation);
    } finally {
      stopTimer();
    }
    if (isUnconfirmed && !provesNothingApplied(fault)) fault = fault.withUnknownOutcome();
    isUnconfirmed ||= fault.mayHaveBeenApplied;
    if (fault.isDeadlineBound && last) throw isUnconfirmed ? last.withUnknownOutcome() : last;
    last = fault;
    const isThrottle = fault.code === 'THROTTLED';
    // If AWS cannot recognise a repeated request, it is sent again only if the first was certainly not applied.
    const mayRepeat =
      fault.isTransient &&
      !isRejectedHere &&
      (operationFacts[operation].isRepeatable || !fault.mayHaveBeenApplied);
    if (isThrottle && !isRejectedHere) onThrottle(fault.retryAfterMs);
    const most = fault.cause instanceof MismatchedAnswer ? maxMismatches : maxAttempts;
    if (!mayRepeat || (attempts >= most && !isThrottle)) throw fault;
    const pace = isThrottle ? { first: 500, most: 8_000 } : { first: 50, most: 2_000 };
    const shortest = backoff(attempts, pace, clock.random());
    const asked = Math.max(shortest, fault.retryAfterMs ?? 0);
    // A failing AWS may be back before the time that it asks for; a quota that is spent is not.
    const fits = clock.now() + asked < time.deadline;
    const { deadline, signal } = time;
    await sleepWithin({ clock, deadline, signal }, isThrottle || fits ? asked : shortest, fault);
  }
}
