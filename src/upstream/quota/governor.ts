/**
 * The quota governor: which attempt may go out to AWS, and when. Reads and writes have a lane each. A lane keeps the
 * waiting calls in order and takes its tokens from a `Source`: the windows of `windows.ts`, or any other that can say when
 * the next token is free.
 */
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
  /** AWS refused an attempt that had a token: something else uses the same quota. */
  throttled(callClass: CallClass, retryAfterMs?: number): void;
  /** Whether a call that came now would have to wait behind others. */
  isWaitedFor(callClass: CallClass): boolean;
  snapshot(): Record<CallClass, Remaining & { perSecond: number; waiting: number }>;
  /** AWS's limits. */
  perSecond: Record<CallClass, number>;
  /** What the daily quota of each class has left: the part of a snapshot that costs next to nothing. */
  remaining24h(): Record<CallClass, number>;
  /** How many calls wait. */
  waiting(): Record<CallClass, number>;
  /** Refuses every call that waits, and every later one. */
  close(): void;
};

type SourceFor = (callClass: CallClass, changed: () => void) => Source;

/** A quota whose tokens come from elsewhere. */
export function createGovernor(limits: QuotaLimits, clock: Timers, sourceFor: SourceFor): Quota {
  const laneOf = (callClass: CallClass) =>
    createLane(callClass, clock, (changed) => sourceFor(callClass, changed));
  const lanes = { read: laneOf('read'), write: laneOf('write') };
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

/** The quota of one process that has the account to itself. */
export function createQuota(limits: QuotaLimits, clock: Timers): Quota {
  return createGovernor(limits, clock, (callClass) => new Windows(limitsOf(limits, callClass)));
}
