/** Signals that end a request early: it has timed out, its caller has disconnected, or the gateway is stopping. */
import type { Clock } from '../clock.ts';

/** The connection for a response: an HTTP response, or anything else that closes. */
export type Transport = {
  readonly closed: boolean;
  /** True once the response has been sent. */
  readonly writableFinished: boolean;
  once(event: 'close', listener: () => void): unknown;
};

/** A request without a response of its own, such as an event of a subscription: it ends when it is closed. */
export function untilEnded(): { transport: Transport; end(isAnswered: boolean): void } {
  const listeners: (() => void)[] = [];
  const transport = {
    closed: false,
    writableFinished: false,
    once: (_event: 'close', listener: () => void) => listeners.push(listener),
  };
  return {
    transport,
    end(isAnswered) {
      if (transport.closed) return;
      Object.assign(transport, { closed: true, writableFinished: isAnswered });
      for (const listener of listeners) listener();
    },
  };
}

/** One request's signals. Each is created on first use: most requests are served from the cache and never need one. */
export type RequestSignals = {
  /** In milliseconds on the clock. */
  deadline: number;
  /** Aborted at the deadline, or when the gateway stops. */
  readonly signal: AbortSignal;
  /** Aborted if the caller disconnects before the response has been sent. */
  readonly disconnected: AbortSignal;
  /** Aborted by either of them. */
  readonly abandoned: AbortSignal;
};

/** A value that is created on first use. */
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

/** The deadlines of all requests in flight. */
export function createDeadlines(clock: Pick<Clock, 'now' | 'setTimer'>) {
  const running = new Set<AbortController>();

  /** The timer is cleared once the response is sent or the caller has disconnected; thousands would otherwise linger. */
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
    /** Starts a request's timeout. */
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
    /** Aborts every request in flight. */
    abortAll(): void {
      for (const end of running) end.abort(new DOMException('The gateway is stopping.', 'AbortError'));
    },
  };
}

export type Deadlines = ReturnType<typeof createDeadlines>;
