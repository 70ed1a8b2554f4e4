import * as sdk from '@aws-sdk/client-partnercentral-selling';
import type { Clock } from '../clock.ts';
import { Fault } from '../fault.ts';
import type { Telemetry, TraceContext } from '../telemetry.ts';
import type { Breaker } from './breaker.ts';
import { toFault } from './errors.ts';
import { rename } from './naming.ts';
import type { Input, Operation, Output } from './operations.ts';
import type { Priority, Quota } from './quota/governor.ts';
import type { CallClass } from './quota/windows.ts';
import { withRetries } from './retry.ts';

/** What belongs to one request of a caller. */
export type Request = {
  /** Its name in the log. */
  id: string;
  /** Who calls: callers take turns where calls wait for the quota. */
  caller: string;
  signal: AbortSignal;
  /** The end of its time, in milliseconds on the clock. */
  deadline: number;
  /** Whether it asked to see nothing but what AWS answers now. */
  isUncached: boolean;
  /** Whether it asked for the cost only, see `dry-run.ts`. */
  isDryRun: boolean;
  /** Where its spans hang. */
  trace: TraceContext;
  /** The tries that went out to AWS, by operation. */
  calls: Partial<Record<Operation, number>>;
  /** Records that were shown without a call. */
  cached: number;
  /** The milliseconds for which its calls waited for the quota, all together. */
  waitedMs: number;
};

/**
 * The one way to AWS. An input that is a function is asked for when the call goes out. `others` are callers who wait for
 * the same answer; more may join while the call waits for its turn.
 */
export type Send = <O extends Operation>(
  operation: O,
  input: Input<O> | (() => Input<O>),
  others?: ReadonlySet<string>,
) => Promise<Output<O>>;

/** Sends one command, once; made by `client.ts`. */
export type Dispatch = (command: object, signal: AbortSignal) => Promise<object>;

/** What the door works with, the same for all requests. */
export type Door = {
  dispatch: Dispatch;
  catalog: string;
  quota: Quota;
  breaker: Breaker;
  clock: Clock;
  telemetry: Telemetry;
};

/**
 * The door for one request: names are converted both ways, the catalog is filled in, each try passes the breaker and
 * takes a token of the quota, tries are repeated where that is safe, and whatever the SDK throws arrives as a `Fault`.
 *
 * @param waits aborted when nobody waits any more: what has not gone out then never does
 * @throws Fault with the code of what AWS answered, or `UPSTREAM_UNAVAILABLE` when it gave no usable answer.
 */
export function sendFor(
  { dispatch, catalog, quota, breaker, clock, telemetry }: Door,
  request: Request,
  { priority, waits }: { priority: Priority; waits: () => AbortSignal },
): Send {
  const { deadline, calls, caller } = request;
  return async (operation, input, others = new Set()) => {
    const callClass = classOf(operation);
    const Command = sdk[`${operation}Command`] as unknown as new (input: unknown) => object;
    let wire: unknown;
    const answer = await withRetries(
      operation,
      async (attemptSignal) => {
        breaker.check();
        const waitedMs = await quota
          .take({ callClass, priority, caller, others, kind: operation, signal: waits(), deadline })
          .catch((reason) => {
            if (reason instanceof Fault) throw reason;
            throw new Fault('UPSTREAM_UNAVAILABLE', `The request ended before ${operation} could be sent.`, {
              cause: reason,
            });
          });
        request.waitedMs += waitedMs;
        wire ??= rename({ catalog, ...(typeof input === 'function' ? input() : input) });
        const command = new Command(wire);
        return breaker.run(async () => {
          calls[operation] = (calls[operation] ?? 0) + 1;
          const span = telemetry.call(operation, callClass, waitedMs, request.trace);
          try {
            const answered = await dispatch(command, attemptSignal());
            span.end('ok');
            return answered;
          } catch (error) {
            span.end(toFault(error, operation).code);
            throw error;
          }
        });
      },
      {
        clock,
        signal: request.signal,
        deadline,
        onThrottle: (retryAfterMs) => quota.throttled(callClass, retryAfterMs),
      },
    );
    const { $metadata, ...members } = answer as { $metadata: unknown };
    // The only place where JSON gets a type: the SDK's for this operation, as far as the SDK knows it.
    return rename(members) as Output<typeof operation>;
  };
}

/** AWS counts what changes something against its quota of writes, and everything else against that of reads. */
export function classOf(operation: Operation): CallClass {
  return /^(Get|List)/.test(operation) ? 'read' : 'write';
}
