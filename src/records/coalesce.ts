/** Reads that requests share. */
import type { Send } from '../upstream/send.ts';
import { type RequestScope, SharedCall } from './in-flight.ts';
import { createLookups } from './lookups.ts';

export function createCoalescer() {
  const inFlight = new Map<string, SharedCall<unknown>>();

  /**
   * The answer of a call, which is made once for all requests that need it at the same time.
   *
   * @param key identifies the call, such as `GetOpportunity O1234567`
   * @param call makes the call with the given `send`, which waits for the first turn of any of these requests
   * @throws what the call throws
   */
  async function coalesce<T>(key: string, scope: RequestScope, call: (send: Send) => Promise<T>): Promise<T> {
    const running =
      (inFlight.get(key) as SharedCall<T> | undefined) ??
      new SharedCall(scope, (send) => call(send).finally(() => inFlight.delete(key)));
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
