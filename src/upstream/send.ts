import * as sdk from '@aws-sdk/client-partnercentral-selling';
import { toFault } from './faults.ts';
import { rename } from './naming.ts';
import type { Wire, WireAnswer } from './records.ts';

/** The SDK's command classes by operation: `GetOpportunity` → `GetOpportunityCommand`. */
type Commands = {
  [Name in keyof typeof sdk as Name extends `${infer Operation}Command`
    ? Operation
    : never]: (typeof sdk)[Name];
};

/** The name of an operation of the Partner Central Selling API. */
export type Operation = Extract<keyof Commands, string>;

type InputOf<O extends Operation> = ConstructorParameters<Commands[O]>[0];
type OutputOf<O extends Operation> =
  InstanceType<Commands[O]> extends {
    resolveMiddleware(...args: never[]): (...args: never[]) => Promise<{ output: infer Output }>;
  }
    ? Output
    : never;

/** What an operation takes, in the graph's names. The catalog is the port's own business. */
export type Input<O extends Operation> = Omit<Wire<InputOf<O>>, 'catalog'>;
/** What an operation answers, in the graph's names. */
export type Output<O extends Operation> = WireAnswer<OutputOf<O>>;

/** What belongs to one request of a caller: its id in the log, when it must end, and what it has cost so far. */
export type Request = { id: string; signal: AbortSignal; calls: Partial<Record<Operation, number>> };

/** The one way to AWS. */
export type Send = <O extends Operation>(operation: O, input: Input<O>) => Promise<Output<O>>;

/** Sends one command; made by `client.ts`. */
export type Dispatch = (operation: Operation, command: object, signal: AbortSignal) => Promise<object>;

/**
 * The door for one request: names are converted both ways, the catalog is filled in, calls are counted, and whatever
 * the SDK throws arrives as a `Fault`.
 *
 * @throws Fault with the code of what AWS answered, or `UPSTREAM_UNAVAILABLE` when it gave no usable answer.
 */
export function sendFor(dispatch: Dispatch, catalog: string, request: Request): Send {
  return async (operation, input) => {
    const Command = sdk[`${operation}Command`] as unknown as new (input: unknown) => object;
    const command = new Command(rename({ catalog, ...input }));
    request.calls[operation] = (request.calls[operation] ?? 0) + 1;
    try {
      request.signal.throwIfAborted();
      const { $metadata, ...answer } = (await dispatch(operation, command, request.signal)) as {
        $metadata: unknown;
      };
      // The only place where JSON gets a type: the SDK's for this operation, as far as the SDK knows it.
      return rename(answer) as Output<typeof operation>;
    } catch (thrown) {
      throw toFault(thrown, operation);
    }
  };
}
