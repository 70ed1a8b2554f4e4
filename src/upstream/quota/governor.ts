/**
 * The quota governor: which attempt may go out to AWS, and when. Reads and writes are lanes of their own. A lane keeps
 * the waiting calls in order and takes its tokens from a `Source`: the windows of `windows.ts`, or any other that can say when the
 * next token is free.
 */
import type { Clock } from '../../clock.ts';
import { Fault } from '../../fault.ts';
import {
  type CallClass,
  limitsOf,
  type QuotaLimits,
  type Remaining,
  type Source,
  Windows,
} from './windows.ts';

/** `write` is a write itself, or a read that a write needs. They are served in this order. */
const priorities = ['write', 'interactive', 'background'] as const;
export type Priority = (typeof priorities)[number];
/** What one attempt asks with. `deadline` is a time on the quota's clock. */
export type Ticket = { callClass: CallClass; caller: string; signal: AbortSignal } & {
  priority: Priority;
  deadline: number;
  /** Calls of one caller take turns by their kind, so that its lists need not wait until all of its records are read. */
  kind?: string;
  /** Who else waits for the answer; more may come while it waits. It goes out at the first turn of any of them. */
  others?: ReadonlySet<string>;
};
/** What the quota needs of a clock. */
export type Timers = Pick<Clock, 'now' | 'setTimer'>;
export type Quota = {
  /** Resolves with the milliseconds waited. @throws Fault THROTTLED or QUOTA_EXHAUSTED, or the signal's reason. */
  take(ticket: Ticket): Promise<number>;
  /** AWS refused an attempt that had a token: somebody else spends the same quota. */
  throttled(callClass: CallClass, retryAfterMs?: number): void;
  /** Whether a call that came now would have to wait behind others. */
  isWaitedFor(callClass: CallClass): boolean;
  snapshot(): Record<CallClass, Remaining & { perSecond: number; waiting: number }>;
  /** AWS's limits. */
  perSecond: Record<CallClass, number>;
  /** What the day has left of each class: the part of a snapshot that costs next to nothing. */
  remaining24h(): Record<CallClass, number>;
  /** How many calls wait. */
  waiting(): Record<CallClass, number>;
  /** Refuses whoever waits, and whoever comes. */
  close(): void;
};

/** Why a call is not served, and when to come back for a token with nobody of its priority ahead. */
function refusal(callClass: CallClass, daySpent: boolean, retryAfterMs: number): Fault {
  if (daySpent)
    return new Fault('QUOTA_EXHAUSTED', `The daily ${callClass} quota is exhausted.`, { retryAfterMs });
  const message = `The ${callClass} quota leaves no slot before this request's deadline.`;
  return new Fault('THROTTLED', message, { retryAfterMs });
}

type Waiter = Ticket & { since: number; resolve(waited: number): void; reject(reason: unknown): void } & {
  cancel(): void;
  /** The queues it stands in: one for each caller who waits for it. */
  queues: Set<string>;
};

/** One class: who waits, in the order of service, and the timer for the next token. */
function createLane(callClass: CallClass, clock: Timers, sourceFor: (changed: () => void) => Source) {
  // The queues of a priority are a ring: the first is served next, and goes to the end then.
  const ranks = new Map(priorities.map((priority) => [priority, new Map<string, Waiter[]>()]));
  const waiting = new Set<Waiter>();
  let stopTimer = () => {};
  let scheduled = false;
  let closed = false;

  const head = (): Waiter | undefined => {
    for (const queues of ranks.values()) for (const [first] of queues.values()) return first;
    return undefined;
  };

  const enter = (waiter: Waiter, caller: string) => {
    const name = `${caller} ${waiter.kind ?? ''}`;
    if (waiter.queues.has(name)) return;
    waiter.queues.add(name);
    const queues = ranks.get(waiter.priority);
    const queue = queues?.get(name);
    if (queue) queue.push(waiter);
    else queues?.set(name, [waiter]);
  };

  const leave = (waiter: Waiter, { served = false } = {}) => {
    const queues = ranks.get(waiter.priority) ?? new Map<string, Waiter[]>();
    const [turn] = queues.keys(); // whose turn it was, if it was served
    for (const name of waiter.queues) {
      const queue = queues.get(name) ?? [];
      queue.splice(queue.indexOf(waiter), 1);
      const isSpent = served && name === turn;
      if (isSpent || queue.length === 0) queues.delete(name);
      if (isSpent && queue.length > 0) queues.set(name, queue);
    }
    waiting.delete(waiter);
    waiter.signal.removeEventListener('abort', waiter.cancel);
  };

  /**
   * Refuses every call that cannot make its deadline. The tokens to come are dealt out in thought, in the order of
   * service, as if nobody came and nobody left. A call whose token would come too late is refused at once, and the
   * token goes to the next call, its caller's own first. Whoever still waits after this is served in time, unless calls
   * of a higher priority or of new callers come, or AWS slows down; then this runs again, and that is when it is
   * refused.
   */
  const refuseTheLate = (now: number) => {
    const tokens = source.forecast(now);
    for (const [priority, queues] of ranks) {
      const reserved = priority === 'write';
      const late: { waiter: Waiter; daySpent: boolean }[] = [];
      const dealt = new Set<Waiter>();
      const inTime = (waiter: Waiter) => {
        if (dealt.has(waiter)) return false; // it goes out at an earlier turn, of somebody else who waits for it
        dealt.add(waiter);
        const { at, daySpent } = tokens.next(now, reserved);
        if (at <= waiter.deadline) tokens.spend(at, reserved);
        else late.push({ waiter, daySpent });
        return at <= waiter.deadline;
      };
      // A round for a token each; `some` leaves a queue's iterator where its turn ended.
      let round = [...queues.values()].map((queue) => queue.values());
      while (round.length > 0) round = round.filter((queue) => queue.some(inTime));
      const retryAfterMs = Math.ceil(tokens.next(now, reserved).at - now);
      for (const { waiter, daySpent } of late) {
        leave(waiter);
        waiter.reject(refusal(callClass, daySpent, retryAfterMs));
      }
    }
  };

  const settle = () => {
    scheduled = false;
    stopTimer();
    const now = clock.now();
    for (const waiter of waiting) for (const other of waiter.others ?? []) enter(waiter, other);
    refuseTheLate(now);
    for (let next = head(); next; next = head()) {
      const reserved = next.priority === 'write';
      const slot = source.next(now, reserved);
      if (slot && slot.at > now) stopTimer = clock.setTimer(settle, Math.ceil(slot.at - now));
      if (!slot || slot.at > now) return;
      source.spend(now, reserved);
      leave(next, { served: true });
      next.resolve(now - next.since);
    }
    source.release?.();
  };

  /** Calls that come together are put in order together, so that the order of a tick's resolvers does not count. */
  const changed = () => {
    if (!scheduled && !closed) queueMicrotask(settle);
    scheduled = true;
  };
  const source = sourceFor(changed);

  return {
    source,
    changed,
    waiting,
    take: (ticket: Ticket) =>
      new Promise<number>((resolve, reject) => {
        if (closed) throw new Fault('UPSTREAM_UNAVAILABLE', 'The gateway is stopping.');
        ticket.signal.throwIfAborted();
        const cancel = () => {
          leave(waiter);
          reject(ticket.signal.reason);
          changed();
        };
        const since = clock.now();
        const waiter: Waiter = { ...ticket, since, resolve, reject, cancel, queues: new Set() };
        waiting.add(waiter);
        enter(waiter, ticket.caller);
        ticket.signal.addEventListener('abort', cancel, { once: true });
        changed();
      }),
    close() {
      closed = true;
      stopTimer();
      for (const waiter of waiting) {
        leave(waiter);
        waiter.reject(new Fault('UPSTREAM_UNAVAILABLE', 'The gateway is stopping.'));
      }
    },
  };
}

type SourceFor = (callClass: CallClass, changed: () => void) => Source;

/** A quota whose tokens come from elsewhere. */
export function createGovernor(limits: QuotaLimits, clock: Timers, sourceFor: SourceFor): Quota {
  const laneOf = (callClass: CallClass) =>
    createLane(callClass, clock, (changed) => sourceFor(callClass, changed));
  const lanes = { read: laneOf('read'), write: laneOf('write') };
  const snapshotOf = (callClass: CallClass) => ({
    perSecond: limits[`${callClass}sPerSecond`],
    ...lanes[callClass].source.remaining(clock.now()),
    waiting: lanes[callClass].waiting.size,
  });

  return {
    take: (ticket) => lanes[ticket.callClass].take(ticket),
    throttled(callClass, retryAfterMs) {
      lanes[callClass].source.throttled(clock.now(), retryAfterMs);
      lanes[callClass].changed();
    },
    isWaitedFor: (callClass) => lanes[callClass].waiting.size > 0,
    snapshot: () => ({ read: snapshotOf('read'), write: snapshotOf('write') }),
    perSecond: { read: limits.readsPerSecond, write: limits.writesPerSecond },
    remaining24h: () => ({
      read: lanes.read.source.remaining24h(clock.now()),
      write: lanes.write.source.remaining24h(clock.now()),
    }),
    waiting: () => ({ read: lanes.read.waiting.size, write: lanes.write.waiting.size }),
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
