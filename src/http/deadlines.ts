/** How a request ends before it is answered: its time is up, its caller has disconnected, or the gateway stops. */
import type { Clock } from '../clock.ts';

/** What a request is answered over: an HTTP response, or whatever else closes. */
export type Transport = {
  readonly closed: boolean;
  /** Whether the answer has gone out. */
  readonly writableFinished: boolean;
  once(event: 'close', listener: () => void): unknown;
};

/** The ends of one request. Each is made when it is first asked for: most requests are answered from the cache and never need one. */
export type RequestSignals = {
  /** The end of its time, in milliseconds on the clock. */
  deadline: number;
  /** Aborted at the deadline, or when the gateway must stop. */
  readonly signal: AbortSignal;
  /** Aborted when the caller has disconnected before the answer has gone out. */
  readonly disconnected: AbortSignal;
  /** Aborted by either of them. */
  readonly abandoned: AbortSignal;
};

/** A value that is made when it is first asked for, and kept. */
function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function onClose(transport: Transport, listener: () => void): void {
  if (transport.closed) listener();
  else transport.once('close', listener);
}

function abortOnDisconnect(transport: Transport): AbortSignal {
  const disconnected = new AbortController();
  onClose(transport, () => {
    if (!transport.writableFinished) disconnected.abort();
  });
  return disconnected.signal;
}

/** The ends of all requests that are in flight. */
export function createDeadlines(clock: Pick<Clock, 'now' | 'setTimer'>) {
  const running = new Set<AbortController>();

  /** A request that was answered, or whose caller has disconnected, no longer needs its timer; thousands would otherwise linger. */
  function abortAt(deadline: number, transport: Transport): AbortSignal {
    const end = new AbortController();
    const abort = () => {
      running.delete(end);
      end.abort(new DOMException('The request timed out.', 'TimeoutError'));
    };
    const stopTimer = clock.setTimer(abort, deadline - clock.now());
    running.add(end);
    onClose(transport, () => {
      stopTimer();
      running.delete(end);
    });
    return end.signal;
  }

  return {
    /** Begins a request's time. */
    begin(ms: number, transport: Transport): RequestSignals {
      const deadline = clock.now() + ms;
      const signal = lazy(() => abortAt(deadline, transport));
      const disconnected = lazy(() => abortOnDisconnect(transport));
      const abandoned = lazy(() => AbortSignal.any([signal(), disconnected()]));
      return {
        deadline,
        get signal() {
          return signal();
        },
        get disconnected() {
          return disconnected();
        },
        get abandoned() {
          return abandoned();
        },
      };
    },
    /** Ends every request in flight. */
    abortAll(): void {
      for (const end of running) end.abort(new DOMException('The gateway is stopping.', 'AbortError'));
    },
  };
}

export type Deadlines = ReturnType<typeof createDeadlines>;
