/** One class of calls: its waiting calls, and the timer that serves them as tokens become free. */
import type { Clock } from '../../clock.ts';
import { Fault } from '../../fault.ts';
import { mayUseReserve, refusals } from './admission.ts';
import { type Priority, Ring } from './ring.ts';
import type { CallClass, Source } from './windows.ts';

/** A request for one token. `deadline` is a time on the quota's clock. */
export type Ticket = {
  callClass: CallClass;
  priority: Priority;
  caller: string;
  deadline: number;
  signal: AbortSignal;
  /** A caller's calls take turns by kind, so that its lists need not wait until all of its records are read. */
  kind?: string;
  /** Other callers that wait for the same answer; more may join. The call is sent at the first turn of any of them. */
  others?: ReadonlySet<string>;
};
/** The part of a clock that the quota needs. */
export type Timers = Pick<Clock, 'now' | 'setTimer'>;

type Waiter = Ticket & {
  since: number;
  resolve(waitedMs: number): void;
  reject(reason: unknown): void;
  cancel(): void;
};

const queueOf = ({ kind = '' }: Ticket, caller: string): string => `${caller} ${kind}`;
const stopping = () => new Fault('UPSTREAM_UNAVAILABLE', 'The gateway is stopping.');

/** @param sourceFor creates the source of the tokens, which calls `changed` when its answers have changed */
export function createLane(callClass: CallClass, clock: Timers, sourceFor: (changed: () => void) => Source) {
  const ring = new Ring<Waiter>();
  let stopTimer = () => {};
  let isScheduled = false;
  let isClosed = false;

  const refuse = (waiter: Waiter, reason: unknown): void => {
    ring.leave(waiter);
    waiter.signal.removeEventListener('abort', waiter.cancel);
    waiter.reject(reason);
  };

  const serve = (waiter: Waiter, now: number): void => {
    ring.serve(waiter);
    waiter.signal.removeEventListener('abort', waiter.cancel);
    waiter.resolve(now - waiter.since);
  };

  /** Rejects the calls that are too late, serves those that have a token, and sets the timer for the next token. */
  const run = (): void => {
    isScheduled = false;
    stopTimer();
    const now = clock.now();
    for (const waiter of ring)
      for (const other of waiter.others ?? []) ring.enter(waiter, queueOf(waiter, other));
    for (const { call, fault } of refusals(callClass, ring, source.forecast(now), now)) refuse(call, fault);
    for (let next = ring.next(); next; next = ring.next()) {
      const reserved = mayUseReserve(next.priority);
      const slot = source.next(now, reserved);
      if (!slot) return; // the source will call `changed`
      if (slot.at > now) {
        stopTimer = clock.setTimer(run, Math.ceil(slot.at - now));
        return;
      }
      source.spend(now, reserved);
      serve(next, now);
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
        const cancel = () => {
          refuse(waiter, ticket.signal.reason);
          changed();
        };
        const waiter: Waiter = { ...ticket, since: clock.now(), resolve, reject, cancel };
        ring.enter(waiter, queueOf(ticket, ticket.caller));
        ticket.signal.addEventListener('abort', cancel, { once: true });
        changed();
      }),
    close(): void {
      isClosed = true;
      stopTimer();
      for (const waiter of ring) refuse(waiter, stopping());
    },
  };
}
