/** A clock that only moves when a test moves it. */
import type { Clock } from '../src/clock.ts';

export function fakeClock({ now = 0, random = 1 } = {}) {
  const timers = new Set<{ at: number; fn: () => void }>();
  const slept: number[] = [];
  const clock: Clock = {
    now: () => now,
    setTimer(fn, ms) {
      const timer = { at: now + ms, fn };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    /** Resolves at once, and moves the clock. */
    async sleep(ms) {
      slept.push(ms);
      now += ms;
    },
    random: () => random,
  };
  const earliest = () => [...timers].sort((a, b) => a.at - b.at)[0];
  const runNext = (): boolean => {
    const next = earliest();
    if (!next) return false;
    timers.delete(next);
    now = Math.max(now, next.at);
    next.fn();
    return true;
  };
  /** Enough turns of the microtask queue for chained promises to settle. */
  const settled = async () => {
    for (let turn = 0; turn < 8; turn++) await null;
  };
  return {
    clock,
    /** How long each sleep was, in milliseconds. */
    slept,
    /** When the next timer is due, if any is set. */
    nextAt: () => earliest()?.at,
    /** How many timers are set. */
    timers: () => timers.size,
    /** Moves the clock without running any timer. */
    pass(ms: number): void {
      now += ms;
    },
    /** Moves the clock to the next timer and runs it. Returns whether there was one. */
    runNext,
    /** Moves the clock on, running each timer at its time and letting promises settle in between. */
    async advance(ms: number): Promise<void> {
      const end = now + ms;
      await settled();
      while ((earliest()?.at ?? Number.POSITIVE_INFINITY) <= end) {
        runNext();
        await settled();
      }
      now = end;
      await settled();
    },
  };
}
