/** A circuit breaker for AWS: while AWS is failing, callers do not wait for it and calls do not add to its load. */
import type { Clock } from '../clock.ts';
import { Fault } from '../fault.ts';
import { MismatchedAnswer } from './answers.ts';
import { toFault } from './errors.ts';

/**
 * This many failures in a row mean that AWS is down. Half of all calls failing does not: retries can handle that, and
 * suspending calls would make it worse.
 */
const maxFailures = 20;
/** The time for which calls are suspended before one of them is let through. */
export const holdMs = 5_000;
/** The timeout of a call that had less time than this does not count as a failure of AWS. */
const fairAttemptMs = 2_000;

type Log = { warn(message: string): void; info(message: string): void };

/**
 * Checks whether AWS itself failed: a server error, a broken connection, a timeout. Rejected and throttled calls do not
 * count, nor does an answer that does not fit: one record that AWS returns broken must not suspend all other calls.
 */
function isFailure(error: unknown, tookMs: number): boolean {
  if (error instanceof MismatchedAnswer) return false;
  const { code, isTransient } = toFault(error, '');
  return code === 'UPSTREAM_UNAVAILABLE' && isTransient && (!isTimeout(error) || tookMs >= fairAttemptMs);
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

export type Breaker = {
  /** @throws Fault UPSTREAM_UNAVAILABLE with `retryAfterMs` while calls are suspended */
  check(): void;
  /** Makes one call. @throws what the call throws, or the Fault of `check` without making it */
  run<T>(attempt: () => Promise<T>): Promise<T>;
  /** Checks whether calls are suspended. */
  isOpen(): boolean;
};

export function createBreaker(log: Log, clock: Pick<Clock, 'now'>): Breaker {
  let failures = 0;
  /** While the circuit is open: when the next call may be let through. */
  let openUntil: number | undefined;

  const isOpen = (): boolean => openUntil !== undefined && clock.now() < openUntil;

  function check(): void {
    if (openUntil === undefined || !isOpen()) return;
    throw new Fault('UPSTREAM_UNAVAILABLE', 'AWS is currently failing; calls are suspended.', {
      retryAfterMs: Math.max(1, Math.ceil(openUntil - clock.now())),
    });
  }

  function fail(): void {
    failures += 1;
    if (failures < maxFailures) return;
    if (openUntil === undefined)
      log.warn('Circuit opened: AWS is failing; one trial call is made every few seconds.');
    openUntil = clock.now() + holdMs;
  }

  function succeed(): void {
    failures = 0;
    if (openUntil !== undefined) log.info('Circuit closed: AWS is responding again.');
    openUntil = undefined;
  }

  return {
    isOpen,
    check,
    async run(attempt) {
      check();
      // The trial: other calls are still rejected while it is in flight.
      if (openUntil !== undefined) openUntil = clock.now() + holdMs;
      const startedAt = clock.now();
      try {
        const answer = await attempt();
        succeed();
        return answer;
      } catch (error) {
        if (isFailure(error, clock.now() - startedAt)) fail();
        else if (!isTimeout(error)) succeed();
        throw error;
      }
    },
  };
}

/** For calls that are not sent. */
export const noBreaker: Breaker = { check() {}, run: (attempt) => attempt(), isOpen: () => false };
