/** Calls that the gateway makes for itself, such as those that keep the index: they are served after everyone else's. */
import { randomUUID } from 'node:crypto';
import type { RequestScope } from '../records/in-flight.ts';
import { rootTrace } from '../telemetry.ts';
import { sendFor, type UpstreamRequest } from '../upstream/send.ts';
import type { Account } from './account.ts';

/** The caller of the gateway's own calls, as the quota and the log see it. */
const caller = 'gateway';

/**
 * A request of the gateway itself, at background priority and without a limit of calls. It is never answered from the
 * cache.
 *
 * @param deadlineMs how long its calls may take, waiting for the quota included
 * @param signal aborted when the gateway stops
 */
export function backgroundScope(account: Account, deadlineMs: number, signal: AbortSignal): RequestScope {
  const request: UpstreamRequest = {
    id: randomUUID(),
    caller,
    signal,
    deadline: account.clock.now() + deadlineMs,
    isUncached: true,
    isDryRun: false,
    trace: rootTrace,
    maxCalls: 0,
    made: 0,
    calls: {},
    cached: 0,
    waitedMs: 0,
  };
  const send = sendFor(account, request, { priority: 'background', waits: () => signal });
  return { request, priority: 'background', send, signal };
}
