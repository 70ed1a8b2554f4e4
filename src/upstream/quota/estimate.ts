import type { Quota } from './governor.ts';
import { type CallClass, callClasses } from './windows.ts';

/** The minimum time that some calls take, in seconds, given the tokens that are free now. */
export function secondsFor(calls: Partial<Record<CallClass, number>>, quota: Quota): number {
  const snapshot = quota.snapshot();
  const waits = callClasses.map((callClass) => {
    const { perSecond, remainingNow } = snapshot[callClass];
    return Math.max(0, (calls[callClass] ?? 0) - remainingNow) / perSecond;
  });
  return Math.ceil(Math.max(...waits) * 10) / 10;
}
