import type * as sdk from '@aws-sdk/client-partnercentral-selling';
import type { Wire, WireAnswer } from './records.ts';

/** The SDK's command classes by operation: `GetOpportunity` → `GetOpportunityCommand`. */
type Commands = {
  [Name in keyof typeof sdk as Name extends `${infer Operation}Command`
    ? Operation extends '$'
      ? never // the SDK's base class, `$Command`
      : Operation
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
