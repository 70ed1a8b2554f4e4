/** Reads that requests share. */
import type { Turns } from '../upstream/send.ts';
import { type RequestScope, SharedCall } from './in-flight.ts';
import { createLookups } from './lookups.ts';

export function createCoalescer() {
  const inFlight = new Map<string, SharedCall<unknown>>();

  /**
   * The answer of a call, which is made once for all requests that need it at the same time.
   *
   * @param key identifies the call, such as `GetOpportunity O1234567`
   * @throws what the call throws
   */
  async function coalesce<T>(
    key: string,
    scope: RequestScope,
    call: (turns: Turns) => Promise<T>,
  ): Promise<T> {
    const running =
      (inFlight.get(key) as SharedCall<T> | undefined) ??
      new SharedCall(scope, (turns) => call(turns).finally(() => inFlight.delete(key)));
    inFlight.set(key, running as SharedCall<unknown>);
    try {
      return await running.join(scope);
    } catch (error) {
      if (running.isRefusedForAnother(error, scope)) return coalesce(key, scope, call);
      throw error;
    }
  }

  return { coalesce, lookUp: createLookups() };
}

export type Coalescer = ReturnType<typeof createCoalescer>;
