/**
 * The quota of several replicas that share one AWS account. Each replica has its own lanes, and books a slot in Redis
 * for the next call of each. While Redis is unavailable, a replica uses its share of the limits.
 */
import { createBooking } from './booking.ts';
import { createGovernor, type Quota } from './governor.ts';
import type { Timers } from './lane.ts';
import { type Link, type LinkOptions, openLink, timeouts } from './redis-link.ts';
import { type ScriptCallFor, scriptCalls } from './redis-script.ts';
import { Usage } from './usage.ts';
import {
  type CallClass,
  type Limits,
  limitsOf,
  minute,
  type QuotaLimits,
  type Source,
  shareOf,
  Windows,
  windowMs,
} from './windows.ts';

export type SharedQuotaOptions = LinkOptions & {
  /** The maximum number of replicas: each uses an equal share of the limits while Redis is unavailable. */
  replicas: number;
  clock: Timers;
  /** The prefix of the keys in Redis: one name per AWS account and catalog. */
  name?: string;
};

type SourceOptions = { link: Link; clock: Timers; limits: Limits; replicas: number } & {
  callFor: ScriptCallFor;
  changed(): void;
};

/** The tokens of one class: booked in Redis, or from this replica's share while Redis is unavailable. */
function createSource({ replicas, ...options }: SourceOptions) {
  const { link, clock, limits, changed } = options;
  const usage = new Usage();
  const booking = createBooking({ ...options, usage });
  const shareWith = (perDay: Record<keyof Limits, number>) =>
    new Windows({
      all: shareOf({ ...limits.all, perDay: perDay.all }, replicas),
      ordinary: shareOf({ ...limits.ordinary, perDay: perDay.ordinary }, replicas),
    });
  let share = shareWith({ all: limits.all.perDay, ordinary: limits.ordinary.perDay });

  const isUnavailable = () => link.state() === 'unavailable';
  const current = () => (isUnavailable() ? share : booking);

  const source: Source = {
    next: (now, reserved) => current().next(now, reserved),
    forecast: (now) => current().forecast(now),
    spend(now, reserved) {
      usage.spend(now, reserved ? 'r' : 'o', !isUnavailable());
      current().spend(now, reserved);
    },
    throttled(now, retryAfterMs) {
      booking.throttled(now, retryAfterMs);
      if (isUnavailable()) share.throttled(now, retryAfterMs);
    },
    remaining: (now) => (isUnavailable() ? undefined : booking.remaining(now)) ?? share.remaining(now),
    remaining24h: (now) =>
      (isUnavailable() ? undefined : booking.remaining24h()?.all) ?? share.remaining24h(now),
    release: booking.release,
  };
  return {
    ...source,
    report: booking.report,
    /** Redis is unavailable: the replicas share what was left of the day, after a pause of one window. */
    fallBack(): void {
      booking.reset();
      const remaining24h = booking.remaining24h();
      if (remaining24h) {
        share = shareWith(remaining24h);
        share.pause(clock.now() + windowMs);
      }
      changed();
    },
  };
}

/** The quota of one replica of several. @throws TypeError when the client does not accept `url` */
export function createSharedQuota(limits: QuotaLimits, options: SharedQuotaOptions): Quota {
  const { replicas, clock, name = 'partner-central-quota' } = options;
  const callsFor = (callClass: CallClass) =>
    scriptCalls(name, callClass, limitsOf(limits, callClass), timeouts.retryMs + windowMs);
  const sources: ReturnType<typeof createSource>[] = [];
  let stopHeartbeat = () => {};

  const report = () => {
    for (const source of sources) void source.report();
  };
  const link = openLink(
    options,
    clock,
    () => callsFor('read')(clock.now(), {}),
    () => {
      if (link.state() === 'connected') report();
      else for (const source of sources) source.fallBack();
    },
  );
  const governor = createGovernor(limits, clock, (callClass, changed) => {
    const callFor = callsFor(callClass);
    const source = createSource({
      link,
      clock,
      limits: limitsOf(limits, callClass),
      replicas,
      callFor,
      changed,
    });
    sources.push(source);
    return source;
  });
  // Even an idle replica asks Redis once a minute, to learn what is left of the day, and to notice an outage.
  const heartbeat = () => {
    if (link.state() === 'connected') report();
    stopHeartbeat = clock.setTimer(heartbeat, minute);
  };
  heartbeat();

  return {
    ...governor,
    close() {
      governor.close();
      stopHeartbeat();
      link.close();
    },
  };
}
