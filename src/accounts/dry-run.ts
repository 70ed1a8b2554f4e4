/**
 * The price of an operation before it is paid: with the header `X-Upstream-Dry-Run: 1` an operation is planned as ever,
 * but every call of AWS is only counted and answered with the most that it could bring.
 */
import type { Shared } from '../graphql/context.ts';
import { createReads } from '../records/coalesce.ts';
import { createWrites } from '../records/write-queue.ts';
import type { Refusal } from '../resolvers/models.ts';
import { noBreaker } from '../upstream/breaker.ts';
import type { Quota } from '../upstream/quota/governor.ts';
import type { CallClass } from '../upstream/quota/windows.ts';
import type { Dispatch } from '../upstream/send.ts';

/** What AWS would be sent: a command of the SDK with its input. */
type Command = { input: { MaxResults?: number; Identifier?: string | string[] } };

/**
 * An answer to any call. A list comes back full, of opportunities that nobody holds and no other list has, so that their
 * details cost too.
 */
function pretending(): Dispatch {
  let invented = 0;
  return async (command) => {
    const { MaxResults = 20, Identifier } = (command as Command).input;
    if (typeof Identifier === 'string') return { Id: Identifier };
    const ids = Identifier ?? Array.from({ length: MaxResults }, () => `O${'0'.repeat(9)}${invented++}`);
    return { Id: 'O0', OpportunitySummaries: ids.map((Id) => ({ Id })) };
  };
}

/** What requests share, for one that calls nobody: it sees what is held and leaves nothing behind. */
export function dryRun(shared: Shared): Shared {
  const nothing = () => {};
  const versions = {
    ...shared.versions,
    know: nothing,
    prove: nothing,
    hold: nothing,
    holdPage: nothing,
    forget: nothing,
    isOutdated: () => false,
  };
  return {
    ...shared,
    reads: createReads(versions),
    writes: createWrites<Refusal>(),
    dispatch: pretending(),
    breaker: noBreaker,
    telemetry: { ...shared.telemetry, call: () => ({ end: nothing }) },
    audit: nothing,
    quota: { ...shared.quota, take: async () => 0, throttled: nothing },
    versions,
  };
}

/** How long so many calls take at the least, in seconds, as the quota stands now. */
export function secondsFor(calls: Record<CallClass, number>, quota: Quota): number {
  const snapshot = quota.snapshot();
  const waits = (['read', 'write'] as const).map((callClass) => {
    const { perSecond, remainingNow } = snapshot[callClass];
    return Math.max(0, calls[callClass] - remainingNow) / perSecond;
  });
  return Math.ceil(Math.max(...waits) * 10) / 10;
}
