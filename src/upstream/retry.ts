import { backoff, type Clock } from '../clock.ts';
import type { Fault } from '../fault.ts';
import { toFault } from './faults.ts';
import type { Operation } from './operations.ts';

/** The longest that one try may take; the request's deadline can make it less. */
const longestTry = 15_000;
/** How often a call is tried that fails without AWS asking for patience. */
const mostTries = 5;

/**
 * Operations without a token by which AWS could tell a second try from a second wish. They are sent again only when AWS
 * has certainly not done the first; else `domain/update.ts` finds out what became of it.
 */
const withoutToken: ReadonlySet<Operation> = new Set(['UpdateOpportunity']);

/**
 * Tries a call until it succeeds, until its fault says that no further try helps, or until the request's time does not
 * suffice for another. This is the only place where calls are repeated; the SDK's own retries are off.
 *
 * A try gets at most half of the time that is left, so that after a lost answer there is time to look what became of it.
 *
 * @param deadline the end of the request, in milliseconds on the clock
 * @throws Fault of the last try
 */
export async function withRetries<T>(
  operation: Operation,
  attempt: (signal: AbortSignal) => Promise<T>,
  { clock, signal, deadline }: { clock: Clock; signal: AbortSignal; deadline: number },
): Promise<T> {
  for (let tries = 1; ; tries++) {
    let fault: Fault;
    try {
      signal.throwIfAborted();
      const left = Math.max(1, Math.floor((deadline - clock.now()) / 2));
      return await attempt(AbortSignal.any([signal, AbortSignal.timeout(Math.min(longestTry, left))]));
    } catch (thrown) {
      fault = toFault(thrown, operation);
    }
    const isThrottle = fault.code === 'THROTTLED';
    const mayRepeat = fault.isTransient && !(fault.mayHaveLanded && withoutToken.has(operation));
    if (!mayRepeat || (tries >= mostTries && !isThrottle)) throw fault;
    const pace = isThrottle ? { first: 500, most: 8_000 } : { first: 50, most: 2_000 };
    const wait = Math.max(backoff(tries, pace, clock.random()), fault.retryAfterMs ?? 0);
    if (clock.now() + wait >= deadline) throw fault;
    try {
      await clock.sleep(wait, signal);
    } catch {
      throw fault; // the request has ended while it waited
    }
  }
}
