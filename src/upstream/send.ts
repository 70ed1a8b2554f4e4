import type { Clock } from '../clock.ts';
import { Fault } from '../fault.ts';
import type { Telemetry, TraceContext } from '../telemetry.ts';
import type { Breaker } from './breaker.ts';
import { toFault } from './errors.ts';
import { convertNames } from './naming.ts';
import { type Input, type Operation, type Output, operationFacts } from './operations.ts';
import type { Quota } from './quota/governor.ts';
import type { Priority } from './quota/ring.ts';
import { withRetries } from './retry.ts';

/** What belongs to one request of a caller. */
export type UpstreamRequest = {
  /** Its name in the log. */
  id: string;
  /** Who calls: callers take turns where calls wait for the quota. */
  caller: string;
  signal: AbortSignal;
  /** The end of its time, in milliseconds on the clock. */
  deadline: number;
  /** Whether it asked to see nothing but what AWS answers now. */
  isUncached: boolean;
  /** Whether it asked for the cost only, see `accounts/dry-run.ts`. */
  isDryRun: boolean;
  /** Where its spans hang. */
  trace: TraceContext;
  /** The requests that went out to AWS, by operation. */
  calls: Partial<Record<Operation, number>>;
  /** Records that were answered from the cache. */
  cached: number;
  /** The milliseconds for which its calls waited for the quota, all together. */
  waitedMs: number;
};

/**
 * The one way to AWS. An input that is a function is asked for when the request goes out. `others` are callers who wait for
 * the same answer; more may join while the request waits for the quota.
 */
export type Send = <O extends Operation>(
  operation: O,
  input: Input<O> | (() => Input<O>),
  others?: ReadonlySet<string>,
) => Promise<Output<O>>;

/** Sends one request, once, in AWS's names; made by `client.ts`. */
export type SdkSend = (operation: Operation, input: object, signal: AbortSignal) => Promise<object>;

/** What all requests to one account and catalog have in common. */
export type UpstreamOptions = {
  /** The account's name in metrics. */
  name: string;
  sdkSend: SdkSend;
  catalog: string;
  quota: Quota;
  breaker: Breaker;
  clock: Clock;
  telemetry: Telemetry;
  /** Applied to every answer, in the graph's names. */
  decode<T>(answer: T): T;
};

/**
 * `send` for one request of a caller: names are converted both ways, the catalog is filled in, each attempt passes the
 * breaker and takes a token of the quota, attempts are repeated where that is safe, and whatever the SDK throws arrives as
 * a `Fault`.
 *
 * @param waits aborted when no one waits any more: what has not gone out then never does
 * @throws Fault with the code of what AWS answered, or `UPSTREAM_UNAVAILABLE` when it gave no usable answer.
 */
export function sendFor(
  { name, sdkSend, catalog, quota, breaker, clock, telemetry, decode }: UpstreamOptions,
  request: UpstreamRequest,
  { priority, waits }: { priority: Priority; waits: () => AbortSignal },
): Send {
  const { deadline, calls, caller } = request;
  return async (operation, input, others = new Set()) => {
    const { callClass } = operationFacts[operation];
    let wire: object | undefined;

    /** Makes one attempt when its turn has come. */
    async function attempt(attemptSignal: () => AbortSignal): Promise<object> {
      breaker.check();
      const waitedMs = await quota
        .take({ callClass, priority, caller, others, kind: operation, signal: waits(), deadline })
        .catch((reason) => {
          if (reason instanceof Fault) throw reason;
          const message = `The request ended before ${operation} could be sent.`;
          throw new Fault('UPSTREAM_UNAVAILABLE', message, { cause: reason });
        });
      request.waitedMs += waitedMs;
      wire ??= convertNames({ catalog, ...(typeof input === 'function' ? input() : input) }) as object;
      const sent = wire;
      return breaker.run(async () => {
        calls[operation] = (calls[operation] ?? 0) + 1;
        const span = telemetry.call(name, { operation, callClass, waitedMs }, request.trace);
        try {
          const answer = await sdkSend(operation, sent, attemptSignal());
          span.end('ok');
          return answer;
        } catch (error) {
          span.end(toFault(error, operation).code);
          throw error;
        }
      });
    }

    const answer = await withRetries(operation, attempt, {
      clock,
      signal: request.signal,
      deadline,
      onThrottle: (retryAfterMs) => quota.throttled(callClass, retryAfterMs),
    });
    const { $metadata: _, ...members } = answer as { $metadata?: unknown };
    // The only place where JSON gets a type: the SDK's for this operation, as far as the SDK knows it.
    return decode(convertNames(members)) as Output<typeof operation>;
  };
}
