/**
 * The slots of one class, booked in Redis. A replica books one slot at a time, for the call that its lane serves next,
 * and sleeps until then: one round trip per token, without polling.
 */
import type { Timers } from './lane.ts';
import { graceMs, type Link } from './redis-link.ts';
import type { BookingRequest, ScriptCallFor } from './redis-script.ts';
import type { Usage } from './usage.ts';
import {
  type Limits,
  pauseOf,
  type Remaining,
  type Slot,
  type Tokens,
  Windows,
  windowMs,
} from './windows.ts';

type Options = { link: Link; clock: Timers; limits: Limits; usage: Usage; callFor: ScriptCallFor } & {
  /** Called whenever `next` may have a new answer. */
  changed(): void;
};
/** The last reply of Redis, and its time. */
type LastReply = { at: number; epoch: string; remainingNow: number } & {
  remaining24h: Record<keyof Limits, number>;
};

export function createBooking({ link, clock, limits, usage, callFor, changed }: Options) {
  let booked: { id: string; at: number; until: number; reserved: boolean } | undefined;
  let exhausted: { at: number; until: number; reserved: boolean } | undefined;
  let lastReply: LastReply | undefined;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let isBooking = false;

  /** One round trip. It always releases the booked slot, and reports the tokens that Redis has not counted. */
  const exchange = async (request: Pick<BookingRequest, 'book' | 'pauseMs'>): Promise<void> => {
    const unused = booked?.id;
    const unreported = usage.takeUnreported();
    booked = undefined;
    if (request.book) isBooking = true;
    const sent = clock.now();
    try {
      const call = callFor(sent, { ...request, unused, unreported });
      const [waitMs, id, epoch, remainingNow, all, ordinary] = await link.run(call);
      const received = clock.now();
      const reserved = request.book === 'r';
      // Redis counted `waitMs` from a moment between `sent` and `received`. The slot is used at the latest time that
      // this can mean, which must be within `graceMs` of the earliest.
      if (id) booked = { id, at: received + waitMs, until: sent + waitMs + graceMs, reserved };
      if (id) exhausted = undefined;
      else if (request.book) exhausted = { at: received + waitMs, until: received + windowMs, reserved };
      // With a new epoch, Redis has lost its data.
      if (lastReply && lastReply.epoch !== epoch) usage.reportAll(unreported);
      const remaining24h = { all: Math.max(0, all), ordinary: Math.max(0, ordinary) };
      lastReply = { at: received, epoch, remainingNow, remaining24h };
    } catch {
      usage.putBack(unreported); // the link has logged why
    }
    if (request.book) isBooking = false;
    changed();
  };

  const exhaustedFor = (now: number, reserved: boolean) =>
    exhausted && now < Math.min(exhausted.until, exhausted.at) && (exhausted.reserved || !reserved)
      ? exhausted
      : undefined;

  return {
    next(now: number, reserved: boolean): Slot | undefined {
      if (link.state() !== 'connected' || isBooking) return undefined;
      if (booked?.reserved === reserved && booked.at >= pausedUntil && now <= booked.until)
        return { at: booked.at, daySpent: false };
      const none = exhaustedFor(now, reserved);
      if (none) return { at: none.at, daySpent: true };
      // The same request releases a slot of the other kind, or one that has passed.
      void exchange({ book: reserved ? 'r' : 'o' });
      return undefined;
    },

    spend(): void {
      booked = undefined;
    },

    /** The booked slot, followed by tokens as early as the limits allow. */
    forecast(now: number): Tokens {
      const windows = new Windows(limits);
      windows.pause(pausedUntil);
      return {
        next(from, reserved) {
          const none = exhaustedFor(now, reserved);
          if (none) return { at: none.at, daySpent: true };
          const earliest = booked && (booked.reserved || !reserved) ? booked.at : now;
          return windows.next(Math.max(from, earliest), reserved);
        },
        spend: (at, reserved) => windows.spend(at, reserved),
      };
    },

    throttled(now: number, retryAfterMs?: number): void {
      pausedUntil = Math.max(pausedUntil, now + pauseOf(retryAfterMs));
      if (link.state() !== 'unavailable') void exchange({ pauseMs: pauseOf(retryAfterMs) });
    },

    /** Undefined until Redis has replied. */
    remaining(now: number): Remaining | undefined {
      if (!lastReply) return undefined;
      const at = booked?.at ?? exhausted?.at ?? now;
      return {
        // The number that Redis sent is for a window that may have passed.
        remainingNow:
          now - lastReply.at > windowMs ? Math.floor(limits.all.perSecond) : lastReply.remainingNow,
        remaining24h: lastReply.remaining24h.all,
        nextCallAt: at > now ? at : null,
      };
    },

    /** The tokens left in the day, by the last reply of Redis. */
    remaining24h: () => lastReply?.remaining24h,

    /** Releases the booked slot. */
    release(): void {
      if (booked) void exchange({});
    },

    /** Reports the tokens that Redis has not counted, and asks what is left of the day. */
    report: () => exchange({}),

    /** Redis is unavailable: the booked slot cannot be relied on. */
    reset(): void {
      booked = undefined;
    },
  };
}
