/** The emulator's time. It runs on the clock it was given and can be moved, so tests need not wait. */
export type Clock = {
  now(): number;
  /** Makes it `time` now; the clock runs on from there. */
  set(time: number): void;
  advance(milliseconds: number): void;
  /** Back to the clock it was given. */
  reset(): void;
};

export function createClock(source: () => number): Clock {
  let offset = 0;
  return {
    now: () => source() + offset,
    set: (time) => {
      offset = time - source();
    },
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    reset: () => {
      offset = 0;
    },
  };
}
