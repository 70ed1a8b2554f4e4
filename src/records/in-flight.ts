/** Calls that several requests wait for. */
import { Fault } from '../fault.ts';
import type { Priority } from '../upstream/quota/ring.ts';
import {
  isOverLimit,
  noteWait,
  type Send,
  type Turns,
  type UpstreamRequest,
  type Waiter,
} from '../upstream/send.ts';

/** The `send` of one request and its priority, and the end of its waiting. */
export type RequestScope = { send: Send; request: UpstreamRequest; priority: Priority; signal: AbortSignal };

/** One request that waits, and how it learns that it need not wait any longer. */
type Waiting = {
  request: UpstreamRequest;
  waiter: Waiter;
  refused: Promise<never>;
  refuse(reason: unknown): void;
  /** Stops listening to the end of the request. */
  forget(): void;
};

/** What is called when a signal is aborted, and the listener that does it. */
type AbortCalls = { fns: Set<() => void>; callAll(): void };

const onAborts = new WeakMap<AbortSignal, AbortCalls>();

function listenTo(signal: AbortSignal): AbortCalls {
  const fns = new Set<() => void>();
  const callAll = () => {
    for (const each of [...fns]) each();
  };
  signal.addEventListener('abort', callAll, { once: true });
  const calls = { fns, callAll };
  onAborts.set(signal, calls);
  return calls;
}

/**
 * Calls `fn` when a signal is aborted, unless the returned function is called before. A request can wait for thousands of
 * calls, and adding a listener to a signal takes longer the more it has; here it has one. It has none when nothing waits any
 * more: Node keeps a signal that depends on others for ever while it has a listener, and with it all that this can reach.
 */
function onAbort(signal: AbortSignal, fn: () => void): () => void {
  const { fns, callAll } = onAborts.get(signal) ?? listenTo(signal);
  fns.add(fn);
  return () => {
    fns.delete(fn);
    if (fns.size > 0) return;
    signal.removeEventListener('abort', callAll);
    onAborts.delete(signal);
  };
}

/**
 * A call that several requests wait for. Each of them brings its own turn and takes it away when it leaves. The call is
 * sent at the first of these turns, and goes on while any request waits, no matter which of them started it.
 */
export class SharedCall<T> implements Turns {
  private readonly startedBy: RequestScope;
  private readonly answer: Promise<T>;
  private readonly waiting = new Map<RequestScope, Waiting>();
  private readonly ended = new AbortController();
  /** Takes a turn for a request that joins while the call waits for one. */
  private takeTurn: ((waiting: Waiting) => void) | undefined;

  /** @param call makes the call, with a `send` that waits for the first turn */
  constructor(startedBy: RequestScope, call: (send: Send) => Promise<T>) {
    this.startedBy = startedBy;
    this.enter(startedBy);
    this.answer = call((operation, input) => startedBy.send(operation, input, this));
    const settle = () => {
      for (const { forget } of this.waiting.values()) forget();
    };
    this.answer.then(settle, settle); // an error is reported to those who wait; there may be none
  }

  /** Aborted when the last request has run out of time. One that disconnects leaves a call in flight to the cache. */
  get signal(): AbortSignal {
    return this.ended.signal;
  }

  /** The latest of all deadlines. */
  get deadline(): number {
    return Math.max(...[...this.waiting.keys()].map(({ request }) => request.deadline));
  }

  firstTurn(take: (waiter: Waiter) => Promise<number>): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const call = {};
    const end = (settle: () => void) => {
      this.takeTurn = undefined;
      settle();
    };
    this.takeTurn = (waiting) => {
      take({ ...waiting.waiter, call }).then(
        (waitedMs) => {
          noteWait(waiting.request, waitedMs);
          end(() => resolve(waitedMs));
        },
        (reason) => {
          const hasOthers = [...this.waiting.values()].some((other) => other !== waiting);
          if (hasOthers) waiting.refuse(reason);
          else end(() => reject(reason));
        },
      );
    };
    if (this.waiting.size === 0) end(() => reject(endedEarly()));
    for (const waiting of this.waiting.values()) this.takeTurn?.(waiting);
    return promise;
  }

  /** Waits for the answer. @throws what the call throws, or a Fault for this request alone */
  join(scope: RequestScope): Promise<T> {
    const { refused } = this.waiting.get(scope) ?? this.enter(scope);
    return Promise.race([this.answer, refused]);
  }

  /** Checks whether the call was not made only because the request that started it has made all of its calls. */
  isRefusedForAnother(error: unknown, scope: RequestScope): boolean {
    return scope !== this.startedBy && isOverLimit(error);
  }

  private enter(scope: RequestScope): Waiting {
    const { request, priority, signal } = scope;
    const { promise: refused, reject } = Promise.withResolvers<never>();
    refused.catch(() => {}); // handled by `join`
    const refuse = (reason: unknown) => {
      this.waiting.get(scope)?.forget();
      this.waiting.delete(scope);
      reject(reason);
    };
    const leave = () => {
      refuse(endedEarly());
      if (this.waiting.size === 0 && request.signal.aborted) this.ended.abort(request.signal.reason);
    };
    const waiter = { caller: request.caller, priority, deadline: request.deadline, signal };
    const waiting = { request, waiter, refused, refuse, forget: onAbort(signal, leave) };
    this.waiting.set(scope, waiting);
    if (signal.aborted) leave();
    else this.takeTurn?.(waiting);
    return waiting;
  }
}

const endedEarly = () => new Fault('UPSTREAM_UNAVAILABLE', 'AWS did not answer before the request ended.');

/** The answer, or a fault as soon as the signal is aborted. */
export function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(endedEarly());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
