/** A quota governor on a fake clock, and every call that was made, for its tests. */
import { expect } from 'vitest';
import { Fault } from '../../../src/fault.ts';
import { createQuota } from '../../../src/upstream/quota/governor.ts';
import type { Priority } from '../../../src/upstream/quota/ring.ts';
import { type CallClass, minute, type QuotaLimits } from '../../../src/upstream/quota/windows.ts';
import { fakeClock } from '../../clock.ts';

export const aws: QuotaLimits = {
  readsPerSecond: 10,
  readsPerDay: 100_000,
  writesPerSecond: 1,
  writesPerDay: 10_000,
  prospectingGetPerSecond: 100,
  prospectingListPerSecond: 50,
  prospectingStartPerSecond: 2,
  createEngagementPerSecond: 15,
};
export const ranks: Record<Priority, number> = { write: 0, interactive: 1, background: 2 };

/** A call as its caller sees it. The order of events is `born` and `ended`; times are on the clock. */
export type Call = {
  callClass: CallClass;
  priority: Priority;
  caller: string;
  deadline: number;
  since: number;
} & {
  end: 'waiting' | 'served' | 'refused' | 'cancelled';
  at: number;
  born: number;
  ended: number;
  fault?: Fault;
  /** Waits for the same answer as the others with it. */
  call?: object;
  /** Resolves when it is no longer waiting. */
  done: Promise<unknown>;
  cancel(reason?: unknown): void;
};
export type Asked = { callClass?: CallClass; priority?: Priority; caller?: string; patience?: number } & {
  kind?: string;
  call?: object;
};

/** A quota, its clock, and every call that was made. */
export function world(limits: QuotaLimits = aws) {
  const { clock, timers, advance } = fakeClock({ now: 1_000_000 * minute });
  let events = 0;
  const quota = createQuota(limits, clock);
  const calls: Call[] = [];

  return {
    quota,
    calls,
    now: clock.now,
    timers,
    pass: advance,
    take({
      callClass = 'read',
      priority = 'interactive',
      caller = 'a',
      patience = 30_000,
      ...more
    }: Asked = {}): Call {
      const controller = new AbortController();
      const asked = { callClass, priority, caller, deadline: clock.now() + patience, ...more };
      const cancel = (reason?: unknown) => controller.abort(reason);
      const call: Call = {
        ...asked,
        since: clock.now(),
        end: 'waiting',
        at: clock.now(),
        born: events++,
        ended: Infinity,
        done: Promise.resolve(),
        cancel,
      };
      const ends = (end: Call['end']) => Object.assign(call, { end, at: clock.now(), ended: events++ });
      call.done = quota.take({ ...asked, signal: controller.signal }).then(
        (waited) => expect(ends('served').at).toBe(call.since + waited),
        (reason) =>
          reason instanceof Fault ? Object.assign(ends('refused'), { fault: reason }) : ends('cancelled'),
      );
      calls.push(call);
      return call;
    },
    served: (callClass: CallClass) =>
      calls.filter((call) => call.end === 'served' && call.callClass === callClass),
    waiting: (callClass: CallClass) =>
      calls.filter((call) => call.end === 'waiting' && call.callClass === callClass),
  };
}

export type World = ReturnType<typeof world>;
export const many = (count: number, make: (index: number) => Call) =>
  Array.from({ length: count }, (_, i) => make(i));
export const ends = (calls: Call[]) => calls.map((call) => call.end);
