/** The requests by which the items of bulk jobs are carried out. */
import { noClaims } from '../../accounts/claims.ts';
import type { View } from '../../domain/view.ts';
import { type CallerRequest, Counters } from '../../graphql/caller-request.ts';
import { type Context, createContext, type ServedAccount } from '../../graphql/context.ts';
import type { BackgroundWrites } from '../../records/background-writes.ts';
import { rootTrace } from '../../telemetry.ts';

/** How long an item may take, waiting for the quota included; then the job waits, and it is carried out again. */
const itemMs = 60_000;

/** The view of work that was created before its account had a rule. */
const nothing: View = { prefixes: [] };

export type BackgroundRequest = {
  /** The id in the log. */
  id: string;
  caller: string;
  scopes: readonly string[];
  /** What the caller saw of the opportunities when the work was created. */
  view: View | undefined;
  /** Aborted when no call must be sent any more; one that has been sent is finished. */
  signal: AbortSignal;
};

/** Does work with the context of a request that no one waits for: without a limit of calls, after everyone else's. */
export async function inBackground<T>(
  account: ServedAccount,
  { id, caller, scopes, view = nothing, signal }: BackgroundRequest,
  writes: BackgroundWrites,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const { clock } = account;
  const [ended, disconnected] = [new AbortController(), new AbortController()];
  const timeout = () => ended.abort(new DOMException('The time for the item is up.', 'TimeoutError'));
  const stopTimer = clock.setTimer(timeout, itemMs);
  // The queue's signal lives as long as the process, and what listens to it: so only this does, while the work lasts.
  const disconnect = () => disconnected.abort(signal.reason);
  if (signal.aborted) disconnect();
  signal.addEventListener('abort', disconnect, { once: true });
  const request: CallerRequest = {
    ...new Counters(),
    id,
    caller,
    scopes: new Set(scopes),
    claims: noClaims,
    view,
    accounts: [account.name],
    maxCalls: 0,
    deadline: clock.now() + itemMs,
    signal: ended.signal,
    disconnected: disconnected.signal,
    abandoned: AbortSignal.any([ended.signal, disconnected.signal]),
    isUncached: false,
    isDryRun: false,
    idempotencyKey: undefined,
    trace: rootTrace,
    streamed: undefined,
  };
  try {
    return await work(createContext(account, request, writes));
  } finally {
    stopTimer();
    signal.removeEventListener('abort', disconnect);
  }
}
