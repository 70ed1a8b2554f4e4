/** One class of calls: its waiting calls, and the timer that serves them as tokens become free. */
import type { Clock } from '../../clock.ts';
import { Fault } from '../../fault.ts';
import { nextCall, refusals } from './admission.ts';
import type { FirstPlaces } from './first-places.ts';
import { type Entry, Ring } from './ring.ts';
import type { CallClass, Source } from './windows.ts';

/**
 * A request for one token. `deadline` is a time on the quota's clock. Tickets with the same `call` get one token
 * together, as soon as it is the turn of any of them; each has its own deadline and may be cancelled alone.
 */
export type Ticket = Entry & { callClass: CallClass; deadline: number; signal: AbortSignal };
/** The part of a clock that the quota needs. */
export type Timers = Pick<Clock, 'now' | 'setTimer'>;

type Waiter = Ticket & {
  since: number;
  resolve(waitedMs: number): void;
  reject(reason: unknown): void;
  cancel(): void;
};

const stopping = () => new Fault('UPSTREAM_UNAVAILABLE', 'The gateway is stopping.');

export type LaneOptions = {
  callClass: CallClass;
  clock: Timers;
  firstPlaces: FirstPlaces;
  /** Creates the source of the tokens, which calls `changed` when its answers have changed. */
  sourceFor(changed: () => void): Source;
};

export function createLane({ callClass, clock, firstPlaces, sourceFor }: LaneOptions) {
  const ring = new Ring<Waiter>(firstPlaces);
  /** Calls that have their token: who joins one in that moment needs none. */
  const served = new WeakSet<object>();
  let stopTimer = () => {};
  let isScheduled = false;
  let isClosed = false;

  const refuse = (waiter: Waiter, reason: unknown): void => {
    ring.leave(waiter);
    waiter.signal.removeEventListener('abort', waiter.cancel);
    waiter.reject(reason);
  };

  const serve = (waiter: Waiter, now: number): void => {
    if (waiter.call) served.add(waiter.call);
    waiter.signal.removeEventListener('abort', waiter.cancel);
    waiter.resolve(now - waiter.since);
  };

  /** Rejects the calls that are too late, serves those that have a token, and sets the timer for the next token. */
  const run = (): void => {
    isScheduled = false;
    stopTimer();
    const now = clock.now();
    for (const { call, fault } of refusals(callClass, ring.copy(), source.forecast(now), now))
      refuse(call, fault);
    for (let found = nextCall(ring, source, now); found; found = nextCall(ring, source, now)) {
      const { next, reserved, slot } = found;
      if (!slot) return; // the source will call `changed`
      if (slot.at > now) {
        stopTimer = clock.setTimer(run, Math.ceil(Math.min(slot.at, next.until) - now));
        return;
      }
      source.spend(now, reserved);
      for (const waiter of ring.serve(next, now)) serve(waiter, now);
    }
    source.release?.();
  };

  /** Calls that arrive in one tick are ordered together, so that the order in which resolvers run does not matter. */
  const changed = (): void => {
    if (!isScheduled && !isClosed) queueMicrotask(run);
    isScheduled = true;
  };
  const source = sourceFor(changed);

  return {
    source,
    changed,
    waiting: () => ring.size,
    take: (ticket: Ticket) =>
      new Promise<number>((resolve, reject) => {
        if (isClosed) throw stopping();
        ticket.signal.throwIfAborted();
        if (ticket.call && served.has(ticket.call)) return resolve(0);
        const cancel = () => {
          refuse(waiter, ticket.signal.reason);
          changed();
        };
        const waiter: Waiter = { ...ticket, since: clock.now(), resolve, reject, cancel };
        ring.enter(waiter);
        ticket.signal.addEventListener('abort', cancel, { once: true });
        changed();
      }),
    close(): void {
      isClosed = true;
      stopTimer();
      for (const waiter of [...ring]) refuse(waiter, stopping());
    },
  };
}
