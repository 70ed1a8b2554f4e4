/** Rejects waiting calls whose token would come too late. */
import { Fault } from '../../fault.ts';
import { type Entry, type Next, type Priority, priorities, type Ring } from './ring.ts';
import type { CallClass, Slot, Tokens } from './windows.ts';

/** Reads keep a reserve for the calls that a write needs. */
const mayUseReserve = (priority: Priority): boolean => priority === 'write';

/** The call to serve next, whether its token may come out of the reserve, and when it is free. */
export type NextCall<Call> = { next: Next<Call>; reserved: boolean; slot: Slot | undefined };

/** @returns undefined if no call waits; `slot` is undefined while the source waits for Redis */
export function nextCall<Call extends Entry>(
  ring: Ring<Call>,
  tokens: { next(from: number, reserved: boolean): Slot | undefined },
  now: number,
): NextCall<Call> | undefined {
  const slotOf = (next: Next<Call>): NextCall<Call> => {
    const reserved = mayUseReserve(next.entry.priority);
    return { next, reserved, slot: tokens.next(now, reserved) };
  };
  const next = ring.next(now);
  if (!next) return undefined;
  const call = slotOf(next);
  if (call.reserved || !call.slot?.daySpent) return call;
  // Calls that wait for the next day must not keep back writes, which still have their reserve.
  return slotOf(ring.next(now, true) ?? next);
}

/** `retryAfterMs` is how long until a new call would get a token, with no call of its priority ahead of it. */
function refusal(callClass: CallClass, daySpent: boolean, retryAfterMs: number): Fault {
  const details = { retryAfterMs, isDeadlineBound: true };
  if (daySpent) return new Fault('QUOTA_EXHAUSTED', `The daily ${callClass} quota is exhausted.`, details);
  const message = `The ${callClass} quota leaves no slot before this request's deadline.`;
  return new Fault('THROTTLED', message, details);
}

/**
 * Finds every call that cannot meet its deadline, and why. This serves all of them in a simulation, as if no call arrived
 * and none left. A call whose token would come too late is rejected at once, and the token goes to the next call, of
 * the same caller first. Every other call is then served in time, unless calls of a higher priority or of new callers
 * arrive, or AWS slows down; then this runs again and rejects it.
 *
 * @param ring a copy, which this empties
 * @param tokens a forecast, which this modifies
 */
export function refusals<Call extends Entry & { deadline: number }>(
  callClass: CallClass,
  ring: Ring<Call>,
  tokens: Tokens,
  now: number,
): { call: Call; fault: Fault }[] {
  const late: { call: Call; daySpent: boolean }[] = [];
  /** When a new call of a priority would get a token. */
  const freeAt = new Map<Priority, number>();
  let at = now;
  for (;;) {
    for (const priority of priorities)
      if (!freeAt.has(priority) && !ring.hasAtLeast(priority))
        freeAt.set(priority, tokens.next(at, mayUseReserve(priority)).at);
    const found = nextCall(ring, tokens, at);
    if (!found?.slot) break;
    const { next, reserved, slot } = found;
    const { entry } = next;
    if (Number.isFinite(next.until) && next.until <= slot.at) {
      at = next.until; // another call goes first from then on
    } else if (slot.at > entry.deadline) {
      late.push({ call: entry, daySpent: slot.daySpent });
      ring.leave(entry);
    } else {
      at = slot.at;
      tokens.spend(at, reserved);
      // Others may wait for the same call, and not have as much time.
      for (const call of ring.serve(next, at))
        if (at > call.deadline) late.push({ call, daySpent: slot.daySpent });
    }
  }
  return late.map(({ call, daySpent }) => {
    const retryAfterMs = Math.ceil((freeAt.get(call.priority) ?? now) - now);
    return { call, fault: refusal(callClass, daySpent, retryAfterMs) };
  });
}
