/** The emulator's time: a source clock plus an offset, so that tests can move it instead of waiting. */
export type Clock = {
  now(): number;
  /** Sets the current time; the clock runs on from there. */
  set(time: number): void;
  advance(milliseconds: number): void;
  /** Back to the source clock. */
  reset(): void;
  /**
   * Calls `run` once: when so much time has passed, or as soon as this clock is moved that far. Does not keep the
   * process alive. Returns a function that cancels it.
   */
  setTimer(run: () => void, milliseconds: number): () => void;
  /** Cancels all timers. */
  stop(): void;
};

type Timer = { readonly at: number; ring(): void; cancel(): void };

/** The longest delay of Node's timers. */
const maxDelayMs = 2 ** 31 - 1;

export function createClock(source: () => number): Clock {
  let offset = 0;
  const timers = new Set<Timer>();
  const now = (): number => source() + offset;

  function moveTo(newOffset: number): void {
    offset = newOffset;
    const due = [...timers].filter(({ at }) => at <= now()).sort((a, b) => a.at - b.at);
    // One of them may cancel another.
    for (const timer of due) if (timers.has(timer)) timer.ring();
  }

  return {
    now,
    set: (time) => moveTo(time - source()),
    advance: (milliseconds) => moveTo(offset + milliseconds),
    reset: () => moveTo(0),
    setTimer: (run, milliseconds) => {
      const timer: Timer = {
        at: now() + milliseconds,
        ring: () => {
          timer.cancel();
          run();
        },
        cancel: () => {
          timers.delete(timer);
          clearTimeout(timeout);
        },
      };
      const timeout = setTimeout(timer.ring, Math.min(milliseconds, maxDelayMs)).unref();
      timers.add(timer);
      return timer.cancel;
    },
    stop: () => {
      for (const timer of timers) timer.cancel();
    },
  };
}
