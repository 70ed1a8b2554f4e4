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

/**
 * A signal that is aborted by either of two. `AbortSignal.any` does the same with weak references: each request that waits would
 * leave a dozen objects behind, until a full garbage collection has found them and a task has removed them.
 */
function eitherOf(...signals: [AbortSignal, AbortSignal]): AbortSignal {
  const either = new AbortController();
  for (const signal of signals) {
    const abort = () => either.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  }
  return either.signal;
}

type AbortAt = (deadline: number, transport: Transport) => AbortSignal;

/** One request's signals. Each is created on first use: most requests are served from the cache and never need one. */
export class RequestSignals {
  /** In milliseconds on the clock. */
  readonly deadline: number;
  private readonly transport: Transport;
  private readonly abortAt: AbortAt;
  private readonly created: { signal?: AbortSignal; disconnected?: AbortSignal; abandoned?: AbortSignal } =
    {};

  constructor(deadline: number, transport: Transport, abortAt: AbortAt) {
    this.deadline = deadline;
    this.transport = transport;
    this.abortAt = abortAt;
  }

  /** Aborted at the deadline, or when the gateway stops. */
  get signal(): AbortSignal {
    this.created.signal ??= this.abortAt(this.deadline, this.transport);
    return this.created.signal;
  }

  /** Aborted if the caller disconnects before the response has been sent. */
  get disconnected(): AbortSignal {
    this.created.disconnected ??= abortOnDisconnect(this.transport);
    return this.created.disconnected;
  }

  /** Aborted by either of them. */
  get abandoned(): AbortSignal {
    this.created.abandoned ??= eitherOf(this.signal, this.disconnected);
    return this.created.abandoned;
  }
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
    begin: (ms: number, transport: Transport): RequestSignals =>
      new RequestSignals(clock.now() + ms, transport, abortAt),
    /** Aborts every request in flight. */
    abortAll(): void {
      for (const end of running) end.abort(new DOMException('The gateway is stopping.', 'AbortError'));
    },
  };
}

export type Deadlines = ReturnType<typeof createDeadlines>;
