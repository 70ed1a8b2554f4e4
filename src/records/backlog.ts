/** Values that wait for a reader who takes them one by one: the source of a subscription. */
import { Fault } from '../fault.ts';

/** A subscriber of whom more events wait is not keeping up. */
const maxWaiting = 1_000;

/** A source of events. `return` ends it at once, also for a reader who is waiting; an async generator would wait itself. */
export type Source<T> = {
  next(): Promise<IteratorResult<T, undefined>>;
  return(): Promise<IteratorReturnResult<undefined>>;
  [Symbol.asyncIterator](): Source<T>;
};

export type Backlog<T> = Source<T> & {
  /** Adds a value. One too many ends the backlog with `SUBSCRIBER_TOO_SLOW`, in place of the values that wait. */
  push(value: T): void;
  /** The number of values that wait. */
  waiting(): number;
  /** Ends it after the values that wait, with an error if there is one. */
  end(failure?: { error: unknown }): void;
};

const done = { value: undefined, done: true } as const;

/** @param onEnd called once, when no more values are taken */
export function createBacklog<T>(onEnd: () => void = () => {}, max = maxWaiting): Backlog<T> {
  const waiting: T[] = [];
  const readers: PromiseWithResolvers<IteratorResult<T, undefined>>[] = [];
  let failure: { error: unknown } | undefined;
  let isEnded = false;

  /** What a reader gets when no value waits any more: the error, once. */
  function settleLast({ resolve, reject }: (typeof readers)[number]): void {
    if (failure) reject(failure.error);
    else resolve(done);
    failure = undefined;
  }

  function end(reason?: { error: unknown }): void {
    if (isEnded) return;
    isEnded = true;
    failure = reason;
    for (const reader of readers.splice(0)) settleLast(reader);
    onEnd();
  }

  return {
    push(value) {
      if (isEnded) return;
      const reader = readers.shift();
      if (reader) reader.resolve({ value, done: false });
      else if (waiting.push(value) > max) {
        waiting.length = 0;
        const message = `More than ${max} events were waiting to be received.`;
        end({ error: new Fault('SUBSCRIBER_TOO_SLOW', message) });
      }
    },
    waiting: () => waiting.length,
    end,
    next() {
      const reader = Promise.withResolvers<IteratorResult<T, undefined>>();
      if (waiting.length > 0) reader.resolve({ value: waiting.shift() as T, done: false });
      else if (isEnded) settleLast(reader);
      else readers.push(reader);
      return reader.promise;
    },
    async return() {
      waiting.length = 0;
      failure = undefined;
      end();
      return done;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
