/**
 * The quota governor decides which attempt is sent to AWS, and when. Its vocabulary:
 *
 * - class: reads or writes; AWS has separate limits for each
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
import { type FirstPlaces, firstPlacesOf, unlimited } from './first-places.ts';
import { createLane, type Ticket, type Timers } from './lane.ts';
import {
  type CallClass,
  limitsOf,
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
  /** The tokens left in the day for each class: the part of a snapshot that is cheap to compute. */
  remaining24h(): Record<CallClass, number>;
  /** The number of waiting calls. */
  waiting(): Record<CallClass, number>;
  /** Rejects all waiting and all later calls. */
  close(): void;
};

type SourceFor = (callClass: CallClass, changed: () => void) => Source;

/** A quota whose tokens come from any source. */
export function createGovernor(limits: QuotaLimits, clock: Timers, sourceFor: SourceFor): Quota {
  const laneOf = (callClass: CallClass, firstPlaces: FirstPlaces) =>
    createLane({ callClass, clock, firstPlaces, sourceFor: (changed) => sourceFor(callClass, changed) });
  const lanes = { read: laneOf('read', firstPlacesOf(limits)), write: laneOf('write', unlimited) };
  const snapshotOf = (callClass: CallClass) => ({
    perSecond: limits[`${callClass}sPerSecond`],
    ...lanes[callClass].source.remaining(clock.now()),
    waiting: lanes[callClass].waiting(),
  });

  return {
    take: (ticket) => lanes[ticket.callClass].take(ticket),
    throttled(callClass, retryAfterMs) {
      lanes[callClass].source.throttled(clock.now(), retryAfterMs);
      lanes[callClass].changed();
    },
    isWaitedFor: (callClass) => lanes[callClass].waiting() > 0,
    snapshot: () => ({ read: snapshotOf('read'), write: snapshotOf('write') }),
    perSecond: { read: limits.readsPerSecond, write: limits.writesPerSecond },
    remaining24h: () => ({
      read: lanes.read.source.remaining24h(clock.now()),
      write: lanes.write.source.remaining24h(clock.now()),
    }),
    waiting: () => ({ read: lanes.read.waiting(), write: lanes.write.waiting() }),
    close() {
      lanes.read.close();
      lanes.write.close();
    },
  };
}

/** The quota of a process that does not share the account with others. */
export function createQuota(limits: QuotaLimits, clock: Timers): Quota {
  return createGovernor(limits, clock, (callClass) => new Windows(limitsOf(limits, callClass)));
}
