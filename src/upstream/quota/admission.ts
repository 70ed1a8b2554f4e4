/** Rejects waiting calls whose token would come too late. */
import { Fault } from '../../fault.ts';
import { type Priority, priorities, type Ring } from './ring.ts';
import type { CallClass, Tokens } from './windows.ts';

/** Reads keep a reserve for the calls that a write needs. */
export const mayUseReserve = (priority: Priority): boolean => priority === 'write';

/** `retryAfterMs` is how long until a new call would get a token, with no call of its priority ahead of it. */
function refusal(callClass: CallClass, daySpent: boolean, retryAfterMs: number): Fault {
  const details = { retryAfterMs, isDeadlineBound: true };
  if (daySpent) return new Fault('QUOTA_EXHAUSTED', `The daily ${callClass} quota is exhausted.`, details);
  const message = `The ${callClass} quota leaves no slot before this request's deadline.`;
  return new Fault('THROTTLED', message, details);
}

/**
 * Finds every call that cannot meet its deadline, and why. This simulates the order of service as if no call arrived
 * and none left. A call whose token would come too late is rejected at once, and the token goes to the next call, of
 * the same caller first. Every other call is then served in time, unless calls of a higher priority or of new callers
 * arrive, or AWS slows down; then this runs again and rejects it.
 *
 * @param tokens a forecast, which this modifies
 */
export function refusals<Call extends { priority: Priority; deadline: number }>(
  callClass: CallClass,
  ring: Ring<Call>,
  tokens: Tokens,
  now: number,
): { call: Call; fault: Fault }[] {
  return priorities.flatMap((priority) => {
    const reserved = mayUseReserve(priority);
    const late: { call: Call; daySpent: boolean }[] = [];
    ring.simulate(priority, (call) => {
      const { at, daySpent } = tokens.next(now, reserved);
      const isInTime = at <= call.deadline;
      if (isInTime) tokens.spend(at, reserved);
      else late.push({ call, daySpent });
      return isInTime;
    });
    if (late.length === 0) return [];
    const retryAfterMs = Math.ceil(tokens.next(now, reserved).at - now);
    return late.map(({ call, daySpent }) => ({ call, fault: refusal(callClass, daySpent, retryAfterMs) }));
  });
}
