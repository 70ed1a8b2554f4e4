/** Reads that requests share. */
import { type InFlight, join, type RequestScope } from './in-flight.ts';
import { createLookups } from './lookups.ts';

export function createCoalescer() {
  const inFlight = new Map<string, InFlight<unknown>>();

  /**
   * The answer of a call, which is made once for all requests that need it at the same time.
   *
   * @param key identifies the call, such as `GetOpportunity O1234567`
   * @throws what the call throws
   */
  function coalesce<T>(key: string, scope: RequestScope, call: () => Promise<T>): Promise<T> {
    const running = inFlight.get(key) as InFlight<T> | undefined;
    if (running) return join(running, scope, () => coalesce(key, scope, call));
    const answer = call().finally(() => inFlight.delete(key));
    inFlight.set(key, { answer, startedBy: scope });
    return answer;
  }

  return { coalesce, lookUp: createLookups() };
}

export type Coalescer = ReturnType<typeof createCoalescer>;
