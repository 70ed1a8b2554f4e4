/**
 * The quota of several replicas that share one AWS account, kept in Redis. Each replica keeps its own queue, in its own
 * order, and books one place at a time for whoever is first in it. Redis answers when that place is, and the replica
 * sleeps until then: one round trip for a token, and nobody polls. While Redis is away, a replica goes by its share.
 */
import { createGovernor, type Quota } from './governor.ts';
import type { Timers } from './lane.ts';
import { graceMs, type Link, type LinkOptions, openLink, timeouts } from './redis-link.ts';
import { type BookingRequest, type ScriptCallFor, scriptCalls, type TokenCounts } from './redis-script.ts';
import {
  type CallClass,
  day,
  type Limits,
  limitsOf,
  minute,
  pauseOf,
  type QuotaLimits,
  type Remaining,
  type Slot,
  shareOf,
  type Tokens,
  Windows,
  windowMs,
} from './windows.ts';

export type SharedQuotaOptions = LinkOptions & {
  /** How many replicas there are at most: each goes by this part of the limits while Redis is away. */
  replicas: number;
  clock: Timers;
  /** What the keys in Redis begin with: one name for one AWS account and catalog. */
  name?: string;
};

const add = (tally: TokenCounts, key: string, tokens: number) =>
  tally.set(key, (tally.get(key) ?? 0) + tokens);
/** The tokens of one class: booked in Redis while it is there, out of this replica's share while it is not. */
function createSource(
  link: Link,
  clock: Timers,
  callFor: ScriptCallFor,
  whole: Limits,
  replicas: number,
  changed: () => void,
) {
  const shareOfEach = ({ all, ordinary }: Limits): Limits => ({
    all: shareOf(all, replicas),
    ordinary: shareOf(ordinary, replicas),
  });
  let share = new Windows(shareOfEach(whole));
  let place: { id: string; at: number; until: number; reserved: boolean } | undefined;
  let exhausted: { at: number; reserved: boolean; until: number } | undefined;
  let last: { at: number; epoch: string; left: number[] } | undefined;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let booking = false;
  const spent: TokenCounts = new Map();
  let owed: TokenCounts = new Map();

  const call = async (request: BookingRequest) => {
    const tell = owed;
    const unused = place?.id ?? '';
    owed = new Map();
    place = undefined;
    if (request.want) booking = true;
    const sent = clock.now();
    try {
      const [waitMs, id, epoch, ...left] = await link.run(
        callFor(sent, { ...request, unused, unreported: tell }),
      );
      const received = clock.now();
      const reserved = request.want === 'r';
      // Redis counted `waitMs` from somewhere between `sent` and `received`: the place is used as late as it may have
      // meant, and no later than `graceMs` after the earliest that it may have meant.
      if (id) place = { id, at: received + waitMs, until: sent + waitMs + graceMs, reserved };
      if (id) exhausted = undefined;
      else if (request.want) exhausted = { at: received + waitMs, reserved, until: received + windowMs };
      if (last && last.epoch !== epoch) {
        // Redis has forgotten the day. Every replica tells it again of the tokens it spent itself.
        owed = new Map(spent);
        for (const [key, tokens] of tell) add(owed, key, -tokens);
      }
      last = { at: received, epoch, left };
    } catch {
      // The link has said why. What Redis may not have heard is told again: rather twice than never.
      for (const [key, tokens] of tell) add(owed, key, tokens);
    } finally {
      if (request.want) booking = false;
    }
    changed();
  };

  const knownExhausted = (now: number, reserved: boolean) =>
    exhausted && now < Math.min(exhausted.until, exhausted.at) && (exhausted.reserved || !reserved)
      ? exhausted
      : undefined;

  return {
    next(now: number, reserved: boolean): Slot | undefined {
      if (link.state() === 'unavailable') return share.next(now, reserved);
      if (link.state() !== 'connected' || booking) return undefined;
      if (place?.reserved === reserved && place.at >= pausedUntil && now <= place.until)
        return { at: place.at, daySpent: false };
      const none = knownExhausted(now, reserved);
      if (none) return { at: none.at, daySpent: true };
      // A place for another kind of call, or one that it is too late for, goes back with the same request.
      void call({ want: reserved ? 'r' : 'o' });
      return undefined;
    },

    spend(now: number, reserved: boolean): void {
      const key = `${Math.floor(now / minute)}:${reserved ? 'r' : 'o'}`;
      add(spent, key, 1);
      for (const old of spent.keys()) {
        if (Number.parseInt(old, 10) * minute > now - day - 2 * minute) break;
        spent.delete(old);
      }
      if (link.state() === 'unavailable') {
        add(owed, key, 1);
        share.spend(now, reserved);
      }
      place = undefined;
    },

    /** What is certain: the place that is booked, and that what comes after it keeps to the limits. */
    forecast(now: number): Tokens {
      if (link.state() === 'unavailable') return share.forecast();
      const tokens = new Windows(whole);
      tokens.pause(pausedUntil);
      return {
        next(from, reserved) {
          const none = knownExhausted(now, reserved);
          if (none) return { at: none.at, daySpent: true };
          const booked = place && (place.reserved || !reserved) ? place.at : now;
          return tokens.next(Math.max(from, booked), reserved);
        },
        spend: (at, reserved) => tokens.spend(at, reserved),
      };
    },

    throttled(now: number, retryAfterMs?: number): void {
      pausedUntil = Math.max(pausedUntil, now + pauseOf(retryAfterMs));
      if (link.state() === 'unavailable') share.throttled(now, retryAfterMs);
      else void call({ pauseMs: pauseOf(retryAfterMs) });
    },

    remaining(now: number): Remaining {
      if (link.state() === 'unavailable' || !last) return share.remaining(now);
      const [left = 0] = last.left;
      const at = place?.at ?? exhausted?.at ?? now;
      const remainingNow = now - last.at > windowMs ? Math.floor(whole.all.perSecond) : left;
      return { remainingNow, remaining24h: this.remaining24h(now), nextCallAt: at > now ? at : null };
    },

    remaining24h(now: number): number {
      if (link.state() === 'unavailable' || !last) return share.remaining24h(now);
      return Math.max(0, last.left[1] ?? 0);
    },

    /** Gives the booked place back. */
    release(): void {
      if (place) void call({});
    },

    /** Tells Redis what it does not know, and hears what is left of the day. */
    tell: () => call({}),

    /** Redis is away: what it said was left of the day is divided, and a second passes before the shares begin. */
    fallBack(): void {
      place = undefined;
      if (last) {
        const [, remaining24h = 0, leftOrdinary = 0] = last.left.map((left) => Math.max(0, left));
        share = new Windows(
          shareOfEach({
            all: { ...whole.all, perDay: remaining24h },
            ordinary: { ...whole.ordinary, perDay: leftOrdinary },
          }),
        );
        share.pause(clock.now() + windowMs);
      }
      changed();
    },
  };
}

/** The quota of one replica of several. @throws TypeError when `url` is none of Redis. */
export function createSharedQuota(limits: QuotaLimits, options: SharedQuotaOptions): Quota {
  const { replicas, clock, name = 'partner-central-quota' } = options;
  const callsFor = (callClass: CallClass) =>
    scriptCalls(name, callClass, limitsOf(limits, callClass), timeouts.retryMs + windowMs);
  const sources: ReturnType<typeof createSource>[] = [];
  let stopBeat = () => {};

  const tell = () => {
    for (const source of sources) void source.tell();
  };
  // A replica with nothing to send asks once a minute, so that what it knows of the day is never old, nor the news that
  // Redis went away.
  const beat = () => {
    if (link.state() === 'connected') tell();
    stopBeat = clock.setTimer(beat, minute);
  };
  const link = openLink(
    options,
    clock,
    () => callsFor('read')(clock.now(), {}),
    () => {
      if (link.state() === 'connected') tell();
      else for (const source of sources) source.fallBack();
    },
  );
  const governor = createGovernor(limits, clock, (callClass, changed) => {
    const source = createSource(
      link,
      clock,
      callsFor(callClass),
      limitsOf(limits, callClass),
      replicas,
      changed,
    );
    sources.push(source);
    return source;
  });
  beat();

  return {
    ...governor,
    close() {
      governor.close();
      stopBeat();
      link.close();
    },
  };
}
