/** Calls that several requests wait for. */
import { Fault } from '../fault.ts';
import type { Send, UpstreamRequest } from '../upstream/send.ts';

/** The `send` of one request, and the end of its waiting. */
export type RequestScope = { send: Send; request: UpstreamRequest; signal: AbortSignal };

/** A call in flight, and the request that started it. */
export type InFlight<T> = { answer: Promise<T>; startedBy: RequestScope };

/** The extra time that a request must have to repeat a call that it joined and that failed. */
const minExtraTimeMs = 1_000;

/** The answer, or a fault as soon as the signal is aborted. */
export function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () =>
      reject(new Fault('UPSTREAM_UNAVAILABLE', 'AWS did not answer before the request ended.'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Checks whether a call failed only because the request that started it ran out of time or was disconnected. */
function mayRetry(error: unknown, startedBy: RequestScope, scope: RequestScope): boolean {
  if (scope.signal.aborted || startedBy === scope) return false;
  if (startedBy.signal.aborted) return true;
  const extraTimeMs = scope.request.deadline - startedBy.request.deadline;
  return (
    error instanceof Fault && (error.isTransient || error.isDeadlineBound) && extraTimeMs > minExtraTimeMs
  );
}

/**
 * Waits for a call that another request may have started, and calls `retry` if it fails only because of that request.
 */
export async function join<T>(
  { answer, startedBy }: InFlight<T>,
  scope: RequestScope,
  retry: () => Promise<T>,
): Promise<T> {
  try {
    return await unlessAborted(answer, scope.signal);
  } catch (error) {
    if (mayRetry(error, startedBy, scope)) return retry();
    throw error;
  }
}
