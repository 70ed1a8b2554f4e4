/** The emulator's time: a source clock plus an offset, so that tests can move it instead of waiting. */
export type Clock = {
  now(): number;
  /** Sets the current time; the clock runs on from there. */
  set(time: number): void;
  advance(milliseconds: number): void;
  /** Back to the source clock. */
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
