import type { Quota } from './governor.ts';
import type { CallClass } from './windows.ts';

/** The least time that so many calls take, in seconds, given what is free now. */
export function secondsFor(calls: Record<CallClass, number>, quota: Quota): number {
  const snapshot = quota.snapshot();
  const waits = (['read', 'write'] as const).map((callClass) => {
    const { perSecond, remainingNow } = snapshot[callClass];
    return Math.max(0, calls[callClass] - remainingNow) / perSecond;
  });
  return Math.ceil(Math.max(...waits) * 10) / 10;
}
