/**
 * The windows of AWS's quota: how many calls fit into a second and a day, and when the next one can be sent. Pure: the
 * caller passes the time.
 */
export const callClasses = [
  'read',
  'write',
  // The operations that AWS counts by themselves, per second only (developer guide, Quotas).
  'prospectingGet',
  'prospectingList',
  'prospectingStart',
  'createEngagement',
] as const;
export type CallClass = (typeof callClasses)[number];

/** AWS's limits. */
export type QuotaLimits = Record<`${'read' | 'write'}sPer${'Second' | 'Day'}`, number> &
  Record<`${Exclude<CallClass, 'read' | 'write'>}PerSecond`, number>;
/** The tokens left. `nextCallAt` is when the next one becomes free, on the quota's clock; null if one is free now. */
export type Remaining = { remainingNow: number; remaining24h: number; nextCallAt: number | null };
/** When a token is free, and whether that is so late because of the daily quota. */
export type Slot = { at: number; daySpent: boolean };
/** Future tokens. With `reserved`, they may come out of the reserve. */
export type Tokens = {
  next(from: number, reserved: boolean): Slot;
  spend(at: number, reserved: boolean): void;
};
/** The source of a lane's tokens. `next` returns undefined while the source waits for Redis. */
export type Source = Pick<Tokens, 'spend'> & {
  next(now: number, reserved: boolean): Slot | undefined;
  /** A copy of the future tokens, for a simulation: none is later there than in reality. */
  forecast(now: number): Tokens;
  throttled(now: number, retryAfterMs?: number): void;
  remaining(now: number): Remaining;
  /** The same as in `remaining`, but cheaper. */
  remaining24h(now: number): number;
  /** Called when no call waits any more. */
  release?(): void;
};

/**
 * One second of AWS's quota, with our safety margin. AWS counts arrivals and we count departures, so calls that leave
 * 1,000 ms apart may arrive closer together. A token therefore stays spent for another 40 ms, which costs 3.8 % of the
 * quota.
 */
export const windowMs = 1_040;
export const minute = 60_000;
export const day = 1_440 * minute;
const secondsPerDay = 86_400;
/** A throttled call halves the pace of its class, to no less than an eighth; every two seconds it regains a tenth. */
export const slowdown = { factor: 0.5, least: 0.125, step: 0.1, stepMs: 2_000 };

/** The longest pause. Then a call probes, no matter what AWS has asked for: a wrong header must not stop every replica for a day. */
export const maxPauseMs = 20_000;

/** The pause of a throttled class: one window, or as long as AWS asks within `maxPauseMs`. */
export const pauseOf = (retryAfterMs = 0): number => Math.min(maxPauseMs, Math.max(windowMs, retryAfterMs));

/** The calls of a class that AWS accepts per second. */
export function perSecondOf(limits: QuotaLimits, callClass: CallClass): number {
  if (callClass === 'read' || callClass === 'write') return limits[`${callClass}sPerSecond`];
  return limits[`${callClass}PerSecond`];
}

/**
 * The limits of a class: for all its calls, and for those that may not use the reserve. A write is only as fast as the
 * read before it, so reads keep one in reserve for each write that AWS would accept, per second and per day, but never
 * more than a tenth. Where AWS has no limit per day, it is what the limit per second allows.
 */
export function limitsOf(limits: QuotaLimits, callClass: CallClass) {
  const { readsPerSecond, readsPerDay, writesPerSecond, writesPerDay } = limits;
  if (callClass !== 'read') {
    const perSecond = perSecondOf(limits, callClass);
    const all = { perSecond, perDay: callClass === 'write' ? writesPerDay : perSecond * secondsPerDay };
    return { all, ordinary: all };
  }
  const ordinary = {
    perSecond: readsPerSecond - Math.floor(Math.min(readsPerSecond / 10, writesPerSecond)),
    perDay: readsPerDay - Math.floor(Math.min(readsPerDay / 10, writesPerDay)),
  };
  return { all: { perSecond: readsPerSecond, perDay: readsPerDay }, ordinary };
}
export type Limits = ReturnType<typeof limitsOf>;

/** The equal share of some limits for each of several replicas, which cannot see what the others spend. */
export function shareOf<Name extends string>(limits: Record<Name, number>, replicas: number) {
  const share = { ...limits };
  for (const name in share) share[name] /= replicas;
  return share;
}

/**
 * The tokens spent under one pair of limits. The second is exact: it keeps the times of as many tokens as fit into it.
 * The day counts by the minute: `through` is how many tokens had been spent by the end of a minute that had any, and
 * `gone` is when they are all a day old. So a token stays spent for up to a minute too long, and never too short.
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

  /** The number of tokens in a window, and its length: less than one token a second is one in a longer window. */
  private measure(pace: number) {
    const rate = Math.max(Number.EPSILON, this.limits.perSecond * pace); // with a limit of 0 no token ever becomes free
    return { most: Math.max(1, Math.floor(rate)), length: Math.ceil(windowMs * Math.max(1, 1 / rate)) };
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
    // The last minute that is gone stays: it has the count of all before it.
    while (this.minutes[1] && this.minutes[1].gone <= at) this.minutes.shift();
  }

  remaining24h(now: number): number {
    const expired = this.minutes.findLast(({ gone }) => gone <= now)?.through ?? 0;
    return Math.max(0, Math.floor(this.limits.perDay - this.spent + expired));
  }
}

/** The windows of a class in this process: of all its tokens, and of those that may not come out of the reserve. */
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

  /** The pace at a time, and until when it stays the same. */
  private paceAt(at: number): { pace: number; until: number } {
    const steps = Math.max(0, Math.floor((at - this.slowed.until) / slowdown.stepMs));
    const pace = Math.min(1, this.slowed.to + slowdown.step * steps);
    const rises = this.slowed.until + (steps + 1) * slowdown.stepMs;
    return { pace, until: pace < 1 ? rises : Number.POSITIVE_INFINITY };
  }

  next(from: number, reserved: boolean): Slot {
    const windows = reserved ? [this.all] : [this.all, this.ordinary];
    let at = Math.max(from, this.pausedUntil);
    for (;;) {
      const { pace, until } = this.paceAt(at);
      const free = Math.max(...windows.map((window) => window.secondFreeAt(pace)));
      if (free <= at) break;
      // At least a millisecond later, or this would loop forever if rounding puts a step of the pace just after `at`.
      at = Math.max(at + 1, Math.min(free, until));
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

  /** Throttled calls within one pause count once: they were in flight together. */
  throttled(now: number, retryAfterMs?: number): void {
    const isFirst = now >= this.pausedUntil;
    this.pause(now + pauseOf(retryAfterMs));
    const to = isFirst ? Math.max(slowdown.least, this.paceAt(now).pace * slowdown.factor) : this.slowed.to;
    this.slowed = { to, until: this.pausedUntil };
  }

  remaining(now: number): Remaining {
    const ahead = this.forecast();
    let remainingNow = 0;
    for (; ahead.next(now, true).at <= now; remainingNow++) ahead.spend(now, true);
    const nextCallAt = remainingNow > 0 ? null : ahead.next(now, true).at;
    return { remainingNow, remaining24h: this.remaining24h(now), nextCallAt };
  }

  remaining24h(now: number): number {
    return this.all.remaining24h(now);
  }
}
