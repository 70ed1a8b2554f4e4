/**
 * The quota governor: which attempt may go out to AWS, and when. Reads and writes are lanes of their own. A lane keeps
 * the waiting calls in order and takes its tokens from a `Source`: the windows of this process, below, or those that
 * replicas share, in `shared-quota.ts`.
 */
import { Fault } from '../fault.ts';

export type CallClass = 'read' | 'write';
/** `write` is a write itself, or a read that a write needs. They are served in this order. */
const priorities = ['write', 'interactive', 'background'] as const;
export type Priority = (typeof priorities)[number];
/** What one attempt asks with. `deadline` is a time on the quota's clock. */
export type Ticket = { callClass: CallClass; caller: string; signal: AbortSignal } & {
  priority: Priority;
  deadline: number;
};
/** Milliseconds that never run backwards. `setTimer` returns what cancels the timer. */
export type Clock = { now(): number; setTimer(fn: () => void, ms: number): () => void };
export type QuotaLimits = Record<`${CallClass}sPer${'Second' | 'Day'}`, number>;
/** What a class has left. `resetsAt` is when the next token frees up, on the clock; null while there is one. */
export type Remaining = { remainingNow: number; remainingToday: number; resetsAt: number | null };
export type Quota = {
  /** Resolves with the milliseconds waited. @throws Fault THROTTLED or QUOTA_EXHAUSTED, or the signal's reason. */
  take(ticket: Ticket): Promise<number>;
  /** AWS refused an attempt that had a token: somebody else spends the same quota. */
  throttled(callClass: CallClass, retryAfterMs?: number): void;
  snapshot(): Record<CallClass, Remaining & { perSecond: number; waiting: number }>;
  /** Refuses whoever waits, and whoever comes. */
  close(): void;
};

/** When a token is free, and whether it is the day that has none before. */
export type Turn = { at: number; daySpent: boolean };
/** Tokens to come. `reserved` ones may be of the reserve. */
export type Tokens = {
  next(from: number, reserved: boolean): Turn;
  spend(at: number, reserved: boolean): void;
};
/** Where a lane gets its tokens. `next` is undefined while that is being found out. */
export type Source = Pick<Tokens, 'spend'> & {
  next(now: number, reserved: boolean): Turn | undefined;
  /** The tokens to come, to be spent in thought: never later than they will really be. */
  forecast(now: number): Tokens;
  throttled(now: number, retryAfterMs?: number): void;
  remaining(now: number): Remaining;
  /** Nobody waits any more. */
  rest?(): void;
};

/**
 * A second of AWS, as we make it. AWS counts what arrives and we count what leaves, so calls that leave 1,000 ms apart
 * may arrive closer together. A token therefore stays spent for 40 ms more, at the price of 3.8 % of the quota.
 */
export const second = 1_040;
export const minute = 60_000;
export const day = 1_440 * minute;
/** A refusal by AWS halves the pace of a class, down to an eighth; a tenth comes back every two seconds. */
export const slowdown = { factor: 0.5, least: 0.125, step: 0.1, stepMs: 2_000 };

/** How long a refused class sends nothing: a second, or what AWS asks for, though never more than a day. */
export const pauseOf = (retryAfterMs = 0): number => Math.min(day, Math.max(second, retryAfterMs));

/** The time as it was when the process started, and steady from there on, whatever is done to the machine's clock. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  setTimer(fn, ms) {
    const timer = setTimeout(fn, Math.min(ms, day));
    return () => clearTimeout(timer);
  },
};

/**
 * The limits of a class: of all its calls, and of those that may not use the reserve. A write is as quick as the read
 * before it, so reads keep back one for each write that AWS would take, by the second and by the day, but never more
 * than a tenth.
 */
export function limitsOf(limits: QuotaLimits, callClass: CallClass) {
  const { readsPerSecond, readsPerDay, writesPerSecond, writesPerDay } = limits;
  const writes = { perSecond: writesPerSecond, perDay: writesPerDay };
  if (callClass === 'write') return { all: writes, ordinary: writes };
  const ordinary = {
    perSecond: readsPerSecond - Math.floor(Math.min(readsPerSecond / 10, writesPerSecond)),
    perDay: readsPerDay - Math.floor(Math.min(readsPerDay / 10, writesPerDay)),
  };
  return { all: { perSecond: readsPerSecond, perDay: readsPerDay }, ordinary };
}
export type Limits = ReturnType<typeof limitsOf>;

/**
 * The tokens spent under one pair of limits. The second is exact: the times of the last tokens, as many as it takes.
 * The day counts by the minute: `through` is how many tokens had gone out by the end of a minute that had any, and
 * `gone` is when they are all a day old. So a token stays spent for up to a minute too long, never a moment too short.
 */
class Window {
  private readonly limits: Limits['all'];
  private recent: number[] = [];
  private minutes: { gone: number; through: number }[] = [];
  private spent = 0;

  constructor(limits: Limits['all']) {
    this.limits = limits;
  }

  copy(): Window {
    const { recent, minutes, spent } = this;
    return Object.assign(new Window(this.limits), { recent: [...recent], minutes: [...minutes], spent });
  }

  /** How many tokens a second takes, and how long it is: less than one a second is one in a longer second. */
  private measure(pace: number) {
    const rate = this.limits.perSecond * pace;
    return { most: Math.max(1, Math.floor(rate)), length: Math.ceil(second * Math.max(1, 1 / rate)) };
  }

  secondFreeAt(pace: number): number {
    const { most, length } = this.measure(pace);
    return (this.recent.at(-most) ?? Number.NEGATIVE_INFINITY) + length;
  }

  dayFreeAt(from: number): number {
    const over = this.spent + 1 - this.limits.perDay;
    const frees = over > 0 ? this.minutes.find(({ through }) => through >= over) : { gone: from };
    return Math.max(from, frees?.gone ?? Number.POSITIVE_INFINITY);
  }

  spend(at: number): void {
    this.spent += 1;
    this.recent.push(at);
    if (this.recent.length > Math.max(1, this.limits.perSecond)) this.recent.shift();
    const gone = (Math.floor(at / minute) + 1) * minute + day;
    if (this.minutes.at(-1)?.gone === gone) this.minutes.pop();
    this.minutes.push({ gone, through: this.spent });
    // The last minute that is gone stays, for what it says of all before it.
    while (this.minutes[1] && this.minutes[1].gone <= at) this.minutes.shift();
  }

  leftToday(now: number): number {
    const forgotten = this.minutes.findLast(({ gone }) => gone <= now)?.through ?? 0;
    return Math.max(0, Math.floor(this.limits.perDay - this.spent + forgotten));
  }
}

/** The windows of a class in this process: all of its tokens, and those that may not come out of the reserve. */
export class Windows implements Source {
  private all: Window;
  private ordinary: Window;
  private pausedUntil = Number.NEGATIVE_INFINITY;
  private slowed = { to: 1, until: 0 };

  constructor(limits: Limits) {
    this.all = new Window(limits.all);
    this.ordinary = new Window(limits.ordinary);
  }

  forecast(): Windows {
    const copies = { all: this.all.copy(), ordinary: this.ordinary.copy() };
    return Object.assign(Object.create(Windows.prototype), this, copies);
  }

  /** The pace at a time, and until when it stays. */
  private paceAt(at: number): { pace: number; until: number } {
    const steps = Math.max(0, Math.floor((at - this.slowed.until) / slowdown.stepMs));
    const pace = Math.min(1, this.slowed.to + slowdown.step * steps);
    const rises = this.slowed.until + (steps + 1) * slowdown.stepMs;
    return { pace, until: pace < 1 ? rises : Number.POSITIVE_INFINITY };
  }

  next(from: number, reserved: boolean): Turn {
    const windows = reserved ? [this.all] : [this.all, this.ordinary];
    let at = Math.max(from, this.pausedUntil);
    for (;;) {
      const { pace, until } = this.paceAt(at);
      const free = Math.max(...windows.map((window) => window.secondFreeAt(pace)));
      if (free <= at) break;
      at = Math.min(free, until);
    }
    const dayAt = Math.max(...windows.map((window) => window.dayFreeAt(at)));
    return { at: dayAt, daySpent: dayAt > at };
  }

  spend(at: number, reserved: boolean): void {
    this.all.spend(at);
    if (!reserved) this.ordinary.spend(at);
  }

  pause(until: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, until);
  }

  /** Refusals within one pause are one piece of news: AWS had enough, and several calls were on their way. */
  throttled(now: number, retryAfterMs?: number): void {
    const news = now >= this.pausedUntil;
    this.pause(now + pauseOf(retryAfterMs));
    const to = news ? Math.max(slowdown.least, this.paceAt(now).pace * slowdown.factor) : this.slowed.to;
    this.slowed = { to, until: this.pausedUntil };
  }

  remaining(now: number): Remaining {
    const ahead = this.forecast();
    let remainingNow = 0;
    for (; ahead.next(now, true).at <= now; remainingNow++) ahead.spend(now, true);
    const resetsAt = remainingNow > 0 ? null : ahead.next(now, true).at;
    return { remainingNow, remainingToday: this.all.leftToday(now), resetsAt };
  }
}

/** Why a call is not served, and when to come back for a token with nobody of its priority ahead. */
function refusal(callClass: CallClass, daySpent: boolean, retryAfterMs: number): Fault {
  if (daySpent)
    return new Fault('QUOTA_EXHAUSTED', `The day's quota of ${callClass}s is spent.`, { retryAfterMs });
  const message = `AWS takes no more ${callClass}s before this request must end.`;
  return new Fault('THROTTLED', message, { retryAfterMs });
}

type Waiter = Ticket & { since: number; resolve(waited: number): void; reject(reason: unknown): void } & {
  cancel(): void;
};

/** One class: who waits, in the order of service, and the timer for the next token. */
function createLane(callClass: CallClass, clock: Clock, sourceFor: (changed: () => void) => Source) {
  // A map of callers is a ring: its first caller is the next, and goes to the end once it has been served.
  const ranks = new Map(priorities.map((priority) => [priority, new Map<string, Waiter[]>()]));
  const waiting = () => [...ranks.values()].flatMap((callers) => [...callers.values()].flat());
  let stopTimer = () => {};
  let scheduled = false;
  let closed = false;

  const head = (): Waiter | undefined => {
    for (const callers of ranks.values()) for (const [first] of callers.values()) return first;
    return undefined;
  };

  const leave = (waiter: Waiter, { served = false } = {}) => {
    const callers = ranks.get(waiter.priority);
    const calls = callers?.get(waiter.caller) ?? [];
    calls.splice(calls.indexOf(waiter), 1);
    if (served || calls.length === 0) callers?.delete(waiter.caller);
    if (served && calls.length > 0) callers?.set(waiter.caller, calls);
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
    for (const [priority, callers] of ranks) {
      const reserved = priority === 'write';
      const late: { waiter: Waiter; daySpent: boolean }[] = [];
      const inTime = (waiter: Waiter) => {
        const { at, daySpent } = tokens.next(now, reserved);
        if (at <= waiter.deadline) tokens.spend(at, reserved);
        else late.push({ waiter, daySpent });
        return at <= waiter.deadline;
      };
      // A round for a token each; `some` leaves a caller's iterator where its turn ended.
      let round = [...callers.values()].map((calls) => calls.values());
      while (round.length > 0) round = round.filter((calls) => calls.some(inTime));
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
    refuseTheLate(now);
    for (let next = head(); next; next = head()) {
      const reserved = next.priority === 'write';
      const turn = source.next(now, reserved);
      if (turn && turn.at > now) stopTimer = clock.setTimer(settle, Math.ceil(turn.at - now));
      if (!turn || turn.at > now) return;
      source.spend(now, reserved);
      leave(next, { served: true });
      next.resolve(now - next.since);
    }
    source.rest?.();
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
        const waiter: Waiter = { ...ticket, since: clock.now(), resolve, reject, cancel };
        const callers = ranks.get(ticket.priority);
        const calls = callers?.get(ticket.caller);
        if (calls) calls.push(waiter);
        else callers?.set(ticket.caller, [waiter]);
        ticket.signal.addEventListener('abort', cancel, { once: true });
        changed();
      }),
    close() {
      closed = true;
      stopTimer();
      for (const waiter of waiting()) {
        leave(waiter);
        waiter.reject(new Fault('UPSTREAM_UNAVAILABLE', 'The gateway is stopping.'));
      }
    },
  };
}

type SourceFor = (callClass: CallClass, changed: () => void) => Source;

/** A quota whose tokens come from elsewhere. */
export function createGovernor(limits: QuotaLimits, clock: Clock, sourceFor: SourceFor): Quota {
  const laneOf = (callClass: CallClass) =>
    createLane(callClass, clock, (changed) => sourceFor(callClass, changed));
  const lanes = { read: laneOf('read'), write: laneOf('write') };
  const snapshotOf = (callClass: CallClass) => ({
    perSecond: limits[`${callClass}sPerSecond`],
    ...lanes[callClass].source.remaining(clock.now()),
    waiting: lanes[callClass].waiting().length,
  });

  return {
    take: (ticket) => lanes[ticket.callClass].take(ticket),
    throttled(callClass, retryAfterMs) {
      lanes[callClass].source.throttled(clock.now(), retryAfterMs);
      lanes[callClass].changed();
    },
    snapshot: () => ({ read: snapshotOf('read'), write: snapshotOf('write') }),
    close() {
      lanes.read.close();
      lanes.write.close();
    },
  };
}

/** The quota of one process that has the account to itself. */
export function createQuota(limits: QuotaLimits, clock: Clock = systemClock): Quota {
  return createGovernor(limits, clock, (callClass) => new Windows(limitsOf(limits, callClass)));
}
