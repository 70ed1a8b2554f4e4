/** A circuit breaker before AWS: while it fails, nobody waits for it and nobody adds to its trouble. */
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel';
import { Fault } from '../fault.ts';
import { toFault } from './faults.ts';

/**
 * So many failures in a row mean that AWS is down. Half of all calls failing does not: the retries get through that, and
 * to hold calls back would make it worse.
 */
const mostFailures = 20;
/** How long calls are held back before one of them tries. */
export const holdBackMs = 5_000;
/** A try that had less time than this says nothing about AWS when it runs out of it. */
const fairTryMs = 2_000;

type Log = { warn(message: string): void; info(message: string): void };
type Tried<T> = { answer: T } | { error: unknown; isFailure: boolean };

/** Whether AWS itself failed: a server's error, a broken connection, no answer. Refusals and throttles are answers. */
function isFailure(error: unknown, tookMs: number): boolean {
  const { code, isTransient } = toFault(error, '');
  return code === 'UPSTREAM_UNAVAILABLE' && isTransient && (!isTimeout(error) || tookMs >= fairTryMs);
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

export type Breaker = {
  /** @throws Fault UPSTREAM_UNAVAILABLE with `retryAfterMs` while calls are held back */
  check(): void;
  /** Makes one try. @throws what the try throws, or the Fault of `check` without making it */
  run<T>(attempt: () => Promise<T>): Promise<T>;
  isHoldingBack(): boolean;
};

/** @param now milliseconds on a clock */
export function createBreaker(log: Log, now: () => number = Date.now): Breaker {
  let brokenAt = 0;
  const policy: CircuitBreakerPolicy = circuitBreaker(
    handleWhenResult((tried) => (tried as { isFailure?: boolean }).isFailure === true),
    { halfOpenAfter: holdBackMs, breaker: new ConsecutiveBreaker(mostFailures) },
  );
  let isDown = false;
  policy.onBreak(() => {
    brokenAt = now();
    if (!isDown) log.warn('AWS fails: calls are held back, and one tries every few seconds.');
    isDown = true;
  });
  policy.onReset(() => {
    isDown = false;
    log.info('AWS is back.');
  });

  const leftMs = (): number => brokenAt + holdBackMs - now();
  const heldBack = (): Fault =>
    new Fault('UPSTREAM_UNAVAILABLE', 'AWS fails at the moment, and calls are held back.', {
      retryAfterMs: Math.max(1, Math.ceil(leftMs())),
    });
  const isHoldingBack = (): boolean => policy.state === CircuitState.Open && leftMs() > 0;

  return {
    isHoldingBack,
    check() {
      if (isHoldingBack()) throw heldBack();
    },
    async run<T>(attempt: () => Promise<T>): Promise<T> {
      const began = now();
      const tried = await policy
        .execute(
          async (): Promise<Tried<T>> =>
            attempt().then(
              (answer) => ({ answer }),
              (error: unknown) => ({ error, isFailure: isFailure(error, now() - began) }),
            ),
        )
        .catch((error: unknown): never => {
          throw error instanceof BrokenCircuitError ? heldBack() : error;
        });
      if ('error' in tried) throw tried.error;
      return tried.answer;
    },
  };
}

/** For calls that go nowhere. */
export const noBreaker: Breaker = { check() {}, run: (attempt) => attempt(), isHoldingBack: () => false };
