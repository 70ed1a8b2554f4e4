/**
 * The quota governor decides which attempt is sent to AWS, and when. Its vocabulary:
 *
 * - class: reads, writes, or an operation that AWS counts by itself; AWS has separate limits for each
 * - token: the permission for one call; it is spent when the call is sent
 * - window: the second or the day in which AWS counts calls; a spent token is free again when it leaves both
 * - slot: the time from which a token may be spent
 * - reserve: the tokens of the read class that only writes may spend, on the reads that they need
 * - ticket: a request for a token, with its caller, priority and deadline; a call that several wait for has one of each
 * - lane: the waiting tickets of a class, and the source of its tokens
 * - ring: the order of a lane: by priority, then callers in turn
 * - turn: the right of a caller to the next token
 * - first place: the right of a write, or of a read that a write needs, to the next token before all turns
 * - source: where a lane gets its tokens: the windows of this process, or booked slots
 * - booking: a slot in Redis that a replica has taken for its next call
 */
import { firstPlacesOf, unlimited } from './first-places.ts';
import { createLane, type Ticket, type Timers } from './lane.ts';
import {
  type CallClass,
  callClasses,
  limitsOf,
  perSecondOf,
  type QuotaLimits,
  type Remaining,
  type Source,
  Windows,
} from './windows.ts';

export type Quota = {
  /** Resolves with the milliseconds waited. @throws Fault THROTTLED or QUOTA_EXHAUSTED, or the signal's reason. */
  take(ticket: Ticket): Promise<number>;
  /** Reports that AWS throttled an attempt that had a token: something else uses the same quota. */
  throttled(callClass: CallClass, retryAfterMs?: number): void;
  /** Checks whether a new call would have to wait for others. */
  isWaitedFor(callClass: CallClass): boolean;
  snapshot(): Record<CallClass, Remaining & { perSecond: number; waiting: number }>;
  /** AWS's limits. */
  perSecond: Record<CallClass, number>;
  /** The tokens of a class that are left in the day: the part of a snapshot that is cheap to compute. */
  remaining24h(callClass: CallClass): number;
  /** The number of waiting calls. */
  waiting(): Record<CallClass, number>;
  /** Rejects all waiting and all later calls. */
  close(): void;
};

type SourceFor = (callClass: CallClass, changed: () => void) => Source;

/** A value for each class. */
export const byClass = <Value>(of: (callClass: CallClass) => Value): Record<CallClass, Value> =>
  Object.fromEntries(callClasses.map((callClass) => [callClass, of(callClass)])) as Record<CallClass, Value>;

/** A quota whose tokens come from any source. */
export function createGovernor(limits: QuotaLimits, clock: Timers, sourceFor: SourceFor): Quota {
  const lanes = byClass((callClass) =>
    createLane({
      callClass,
      clock,
      firstPlaces: callClass === 'read' ? firstPlacesOf(limits) : unlimited,
      sourceFor: (changed) => sourceFor(callClass, changed),
    }),
  );
  const perSecond = byClass((callClass) => perSecondOf(limits, callClass));

  return {
    take: (ticket) => lanes[ticket.callClass].take(ticket),
    throttled(callClass, retryAfterMs) {
      lanes[callClass].source.throttled(clock.now(), retryAfterMs);
      lanes[callClass].changed();
    },
    isWaitedFor: (callClass) => lanes[callClass].waiting() > 0,
    snapshot: () =>
      byClass((callClass) => ({
        perSecond: perSecond[callClass],
        ...lanes[callClass].source.remaining(clock.now()),
        waiting: lanes[callClass].waiting(),
      })),
    perSecond,
    remaining24h: (callClass) => lanes[callClass].source.remaining24h(clock.now()),
    waiting: () => byClass((callClass) => lanes[callClass].waiting()),
    close() {
      for (const lane of Object.values(lanes)) lane.close();
    },
  };
}

/** The quota of a process that does not share the account with others. */
export function createQuota(limits: QuotaLimits, clock: Timers): Quota {
  return createGovernor(limits, clock, (callClass) => new Windows(limitsOf(limits, callClass)));
}
