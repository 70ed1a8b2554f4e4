import type { Clock } from '../clock.ts';
import { Fault } from '../fault.ts';
import type { Telemetry, TraceContext } from '../telemetry.ts';
import type { Breaker } from './breaker.ts';
import type { Denials } from './denials.ts';
import { toFault } from './errors.ts';
import { convertNames } from './naming.ts';
import { type Input, type Operation, type Output, operationFacts } from './operations.ts';
import type { Quota } from './quota/governor.ts';
import type { Ticket } from './quota/lane.ts';
import type { Priority } from './quota/ring.ts';
import { withRetries } from './retry.ts';

/** One request of a caller, and what it has cost so far. */
export type UpstreamRequest = {
  /** Its id in the log. */
  id: string;
  /** The caller: callers take turns when calls wait for the quota. */
  caller: string;
  signal: AbortSignal;
  /** Its deadline, in milliseconds on the clock. */
  deadline: number;
  /** True if it must not be answered from the cache. */
  isUncached: boolean;
  /** True if it is a dry run, see `accounts/dry-run.ts`. */
  isDryRun: boolean;
  /** The parent of its spans. */
  trace: TraceContext;
  /** The most calls that it may make; 0 means unlimited. */
  maxCalls: number;
  /** The calls that it has made so far. One that is repeated counts once, in contrast to `calls`. */
  made: number;
  /** The requests sent to AWS, by operation. */
  calls: Partial<Record<Operation, number>>;
  /** The records and pages that came from the cache. */
  cached: number;
  /** The longest time that it waited for the quota for one call, in milliseconds: calls wait in parallel. */
  waitedMs: number;
};

/** A request that waits for a call, as the quota sees it. */
export type Waiter = Omit<Ticket, 'callClass' | 'kind'>;

/** The turns and the time of a call, which may be those of several requests. */
export type Turns = {
  /**
   * Takes a turn for every request that waits, also for those that join later. Resolves with the wait at the first.
   *
   * @param take waits for a turn and resolves with the milliseconds waited
   */
  firstTurn(take: (waiter: Waiter) => Promise<number>): Promise<number>;
  /** In milliseconds on the clock. It moves as requests join and leave. */
  readonly deadline: number;
  readonly signal: AbortSignal;
};

/** The turns of a request that waits alone. */
class OwnTurns implements Turns {
  private readonly request: UpstreamRequest;
  private readonly priority: Priority;
  private readonly waits: () => AbortSignal;

  constructor(request: UpstreamRequest, priority: Priority, waits: () => AbortSignal) {
    this.request = request;
    this.priority = priority;
    this.waits = waits;
  }

  async firstTurn(take: (waiter: Waiter) => Promise<number>): Promise<number> {
    const { request, priority, deadline } = this;
    const waitedMs = await take({ caller: request.caller, priority, deadline, signal: this.waits() });
    noteWait(request, waitedMs);
    return waitedMs;
  }

  get deadline(): number {
    return this.request.deadline;
  }

  get signal(): AbortSignal {
    return this.request.signal;
  }
}

/** Notes how long a call of a request has waited for the quota. */
export function noteWait(request: UpstreamRequest, waitedMs: number): void {
  request.waitedMs = Math.max(request.waitedMs, waitedMs);
}

/**
 * The only way to call AWS. An input that is a function is called when the request is sent. `turns` are those of the
 * requests that wait for the same answer; by default the request waits alone.
 */
export type Send = <O extends Operation>(
  operation: O,
  input: Input<O> | (() => Input<O>),
  turns?: Turns,
) => Promise<Output<O>>;

/** Sends one request, once, with AWS's names; made by `client.ts`. */
export type SdkSend = (operation: Operation, input: object, signal: AbortSignal) => Promise<object>;

/** The settings and services of one account and catalog. */
export type UpstreamOptions = {
  /** The account's name in metrics. */
  name: string;
  sdkSend: SdkSend;
  catalog: string;
  quota: Quota;
  breaker: Breaker;
  denials: Pick<Denials, 'note' | 'clear'>;
  clock: Clock;
  telemetry: Telemetry;
  /** Applied to every answer, in the graph's names. */
  decode<T>(answer: T): T;
};

/**
 * Counts a call of a request. A dry run has no limit, since its result is the number of calls.
 *
 * @throws Fault LIMIT_EXCEEDED with the limit of calls for a request that has made them all
 */
function countCall(request: UpstreamRequest, mayExceed: boolean): void {
  const { maxCalls: limit, made, isDryRun } = request;
  const got = made + 1;
  if (limit > 0 && got > limit && !mayExceed && !isDryRun) {
    const message = `This operation needs more than ${limit} upstream calls, the limit (MAX_UPSTREAM_CALLS). Request fewer items.`;
    throw new Fault('LIMIT_EXCEEDED', message, { exceeded: { limit, setting: 'MAX_UPSTREAM_CALLS', got } });
  }
  request.made = got;
}

/** Checks whether a call was not made because its request has made all that it may. */
export const isOverLimit = (error: unknown): boolean =>
  error instanceof Fault && error.code === 'LIMIT_EXCEEDED';

/** How the calls of a request are made. */
export type SendOptions = {
  priority: Priority;
  /** Aborted when no one waits any more; attempts that have not been sent are then dropped. */
  waits(): AbortSignal;
  /** True if the calls are made beyond the limit of calls, since they find out the outcome of a write. */
  mayExceed?: boolean;
};

/**
 * `send` for one request of a caller: converts names both ways, adds the catalog, has each attempt pass the breaker and
 * take a token of the quota, repeats attempts where that is safe, and converts anything that the SDK throws to a
 * `Fault`.
 *
 * @throws Fault with the code for AWS's error, `UPSTREAM_UNAVAILABLE` without a usable response, or `LIMIT_EXCEEDED`
 */
export function sendFor(
  { name, sdkSend, catalog, quota, breaker, denials, clock, telemetry, decode }: UpstreamOptions,
  request: UpstreamRequest,
  { priority, waits, mayExceed = false }: SendOptions,
): Send {
  const { calls } = request;
  const own = new OwnTurns(request, priority, waits);
  return async (operation, input, turns = own) => {
    countCall(request, mayExceed);
    const { callClass, hasCatalog } = operationFacts[operation];
    let converted: object | undefined;

    /** Makes one attempt, after waiting for its turn. */
    async function attempt(attemptSignal: () => AbortSignal): Promise<object> {
      breaker.check(operation);
      const waitedMs = await turns.firstTurn((waiter) =>
        quota.take({ ...waiter, callClass, kind: operation }).catch((reason) => {
          if (reason instanceof Fault) throw reason;
          const message = `The request ended before ${operation} could be sent.`;
          throw new Fault('UPSTREAM_UNAVAILABLE', message, { cause: reason });
        }),
      );
      converted ??= convertNames({
        ...(hasCatalog && { catalog }),
        ...(typeof input === 'function' ? input() : input),
      }) as object;
      const sent = converted;
      return breaker.run({ operation, input: sent }, async () => {
        calls[operation] = (calls[operation] ?? 0) + 1;
        const span = telemetry.call(name, { operation, callClass, waitedMs }, request.trace);
        try {
          const answer = await sdkSend(operation, sent, attemptSignal());
          span.end('ok');
          denials.clear(operation);
          return answer;
        } catch (error) {
          const { code } = toFault(error, operation);
          span.end(code);
          if (code === 'FORBIDDEN') denials.note(operation);
          throw error;
        }
      });
    }

    const onThrottle = (retryAfterMs?: number) => quota.throttled(callClass, retryAfterMs);
    const answer = await withRetries(operation, attempt, { clock, time: turns, onThrottle });
    const { $metadata: _, ...members } = answer as { $metadata?: unknown };
    // The only place where JSON gets a type: the SDK's for this operation, which may lack newer members.
    return decode(convertNames(members)) as Output<typeof operation>;
  };
}
