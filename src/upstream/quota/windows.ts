/**
 * The windows of AWS's quota: how many calls a second and a day take, and when the next one can go out. Pure: it is told
 * what time it is.
 */
export type CallClass = 'read' | 'write';
export type QuotaLimits = Record<`${CallClass}sPer${'Second' | 'Day'}`, number>;
/** What a class has left. `nextCallAt` is when the next token frees up, on the clock; null while there is one. */
export type Remaining = { remainingNow: number; remaining24h: number; nextCallAt: number | null };
/** When a token is free, and whether it is the day that has none before. */
export type Slot = { at: number; daySpent: boolean };
/** Tokens to come. `reserved` ones may be of the reserve. */
export type Tokens = {
  next(from: number, reserved: boolean): Slot;
  spend(at: number, reserved: boolean): void;
};
/** Where a lane gets its tokens. `next` is undefined while that is being found out. */
export type Source = Pick<Tokens, 'spend'> & {
  next(now: number, reserved: boolean): Slot | undefined;
  /** The tokens to come, to be spent in thought: never later than they will really be. */
  forecast(now: number): Tokens;
  throttled(now: number, retryAfterMs?: number): void;
  remaining(now: number): Remaining;
  /** What `remaining` says of the day alone, at less cost. */
  remaining24h(now: number): number;
  /** Nobody waits any more. */
  release?(): void;
};

/**
 * One second of AWS's quota, with our safety margin. AWS counts arrivals and we count departures, so calls that leave
 * 1,000 ms apart may arrive closer together. A token therefore stays spent for another 40 ms, which costs 3.8 % of the quota.
 */
export const windowMs = 1_040;
export const minute = 60_000;
export const day = 1_440 * minute;
/** A refusal by AWS halves the pace of a class, down to an eighth; a tenth comes back every two seconds. */
export const slowdown = { factor: 0.5, least: 0.125, step: 0.1, stepMs: 2_000 };

/** How long a refused class sends nothing: a second, or what AWS asks for, though never more than a day. */
export const pauseOf = (retryAfterMs = 0): number => Math.min(day, Math.max(windowMs, retryAfterMs));

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

/** What each of several replicas may spend of any limits when it cannot know what the others spend: an equal share. */
export function shareOf<Name extends string>(limits: Record<Name, number>, replicas: number) {
  const share = { ...limits };
  for (const name in share) share[name] /= replicas;
  return share;
}

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
    const rate = Math.max(Number.EPSILON, this.limits.perSecond * pace); // of a limit of 0 nothing ever frees up
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
    // The last minute that is gone stays, for what it says of all before it.
    while (this.minutes[1] && this.minutes[1].gone <= at) this.minutes.shift();
  }

  remaining24h(now: number): number {
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

  next(from: number, reserved: boolean): Slot {
    const windows = reserved ? [this.all] : [this.all, this.ordinary];
    let at = Math.max(from, this.pausedUntil);
    for (;;) {
      const { pace, until } = this.paceAt(at);
      const free = Math.max(...windows.map((window) => window.secondFreeAt(pace)));
      if (free <= at) break;
      // At least a millisecond on: a step of the pace that floating point puts a hair away must not be waited for forever.
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
    const nextCallAt = remainingNow > 0 ? null : ahead.next(now, true).at;
    return { remainingNow, remaining24h: this.remaining24h(now), nextCallAt };
  }

  remaining24h(now: number): number {
    return this.all.remaining24h(now);
  }
}
