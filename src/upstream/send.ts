import * as sdk from '@aws-sdk/client-partnercentral-selling';
import type { Clock } from '../clock.ts';
import { rename } from './naming.ts';
import type { Input, Operation, Output } from './operations.ts';
import { withRetries } from './retry.ts';

/** What belongs to one request of a caller: its id in the log, when it must end, and what it has cost so far. */
export type Request = {
  id: string;
  signal: AbortSignal;
  /** The end of its time, in milliseconds on the clock. */
  deadline: number;
  /** The tries that went out to AWS, by operation. */
  calls: Partial<Record<Operation, number>>;
};

/** The one way to AWS. */
export type Send = <O extends Operation>(operation: O, input: Input<O>) => Promise<Output<O>>;

/** Sends one command, once; made by `client.ts`. */
export type Dispatch = (command: object, signal: AbortSignal) => Promise<object>;

/**
 * The door for one request: names are converted both ways, the catalog is filled in, calls are counted and repeated
 * where that is safe, and whatever the SDK throws arrives as a `Fault`.
 *
 * @throws Fault with the code of what AWS answered, or `UPSTREAM_UNAVAILABLE` when it gave no usable answer.
 */
export function sendFor(dispatch: Dispatch, catalog: string, request: Request, clock: Clock): Send {
  const { signal, deadline, calls } = request;
  return async (operation, input) => {
    const Command = sdk[`${operation}Command`] as unknown as new (input: unknown) => object;
    const wire = rename({ catalog, ...input });
    const answer = await withRetries(
      operation,
      (attemptSignal) => {
        calls[operation] = (calls[operation] ?? 0) + 1;
        return dispatch(new Command(wire), attemptSignal);
      },
      { clock, signal, deadline },
    );
    const { $metadata, ...members } = answer as { $metadata: unknown };
    // The only place where JSON gets a type: the SDK's for this operation, as far as the SDK knows it.
    return rename(members) as Output<typeof operation>;
  };
}
