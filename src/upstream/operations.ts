/**
 * The operations of the Partner Central Selling API: their types, and what the gateway has to know of each. Both are read
 * from the SDK, so that a new operation is known when the SDK is; only what the SDK's schemas do not say is listed here.
 */
import * as sdk from '@aws-sdk/client-partnercentral-selling';
import { swapFirstCase } from './naming.ts';
import type { CallClass } from './quota/windows.ts';
import { membersOfOperation } from './sdk-schemas.ts';
import type { WireAnswer, WireInput } from './wire.ts';

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

/**
 * What an operation takes, in the graph's names. The catalog is filled in by `send`; a token is the caller's, because one
 * that were made per call would let a repeated request create a second object.
 */
export type Input<O extends Operation> = Omit<WireInput<InputOf<O>>, 'catalog' | 'clientToken'> &
  ('ClientToken' extends keyof InputOf<O> ? { clientToken: string } : object);
/** What an operation answers, in the graph's names. */
export type Output<O extends Operation> = WireAnswer<OutputOf<O>>;

/** What is known of an operation, in the graph's names. */
export type OperationFacts = {
  /** The quota that AWS counts it against. */
  callClass: CallClass;
  /** Whether its request has a `clientToken` by which AWS tells a repeated request from a second one. */
  hasClientToken: boolean;
  /** Whether it may be sent again when it is unknown whether AWS has carried it out. */
  isRepeatable: boolean;
  /** The member of the answer that holds the items of a list; undefined where the answer is not a list. */
  listMember: string | undefined;
  /** The members that an answer must have. */
  requiredMembers: readonly string[];
  /** The member of the request that names an opportunity whose `lastModifiedDate` moves without being returned. */
  movesDateOf: string | undefined;
};

/**
 * Writes without a token that may be repeated all the same: the service model marks them `idempotent`, a trait that the
 * SDK's schemas leave out (API reference, and the model in botocore 1.43).
 */
const idempotent: ReadonlySet<Operation> = new Set([
  'DeleteResourceSnapshotJob',
  'PutSellingSystemSettings',
  'StartResourceSnapshotJob',
  'StopResourceSnapshotJob',
  'TagResource',
  'UntagResource',
]);

/** Seen in AWS's own recordings (partner-crm-integration-samples): the date moves, and the answer does not have it. */
const movesDateOf: { readonly [O in Operation]?: Extract<keyof Input<O>, string> } = {
  AssignOpportunity: 'identifier',
  AssociateOpportunity: 'opportunityIdentifier',
  DisassociateOpportunity: 'opportunityIdentifier',
  StartEngagementFromOpportunityTask: 'identifier',
  SubmitOpportunity: 'identifier',
};

/** AWS takes this many identifiers in the filter of a list of opportunities or solutions (API reference). */
export const idsPerCall = 20;

/** The members of an operation's request and of its answer, in AWS's names. */
export function schemasOf(operation: Operation) {
  return membersOfOperation(Reflect.get(sdk, `${operation}$`) as unknown[]);
}

function factsOf(operation: Operation): OperationFacts {
  const { request, answer } = schemasOf(operation);
  // AWS counts what changes something against its quota of writes, and everything else against that of reads.
  const isRead = /^(Get|List)/.test(operation);
  const hasClientToken = request.some(({ name }) => name === 'ClientToken');
  const list = operation.startsWith('List') ? answer.find(({ schema }) => schema.isListSchema()) : undefined;
  return {
    callClass: isRead ? 'read' : 'write',
    hasClientToken,
    isRepeatable: isRead || hasClientToken || idempotent.has(operation),
    listMember: list && swapFirstCase(list.name),
    requiredMembers: answer.filter(({ isRequired }) => isRequired).map(({ name }) => swapFirstCase(name)),
    movesDateOf: movesDateOf[operation],
  };
}

/** Every operation that the SDK has. */
export const operations: readonly Operation[] = Object.keys(sdk)
  .filter((name) => name.endsWith('Command') && name !== '$Command')
  .map((name) => name.slice(0, -'Command'.length) as Operation);

/** What is known of each operation. */
export const operationFacts = Object.freeze(
  Object.fromEntries(operations.map((operation) => [operation, Object.freeze(factsOf(operation))])),
) as Readonly<Record<Operation, OperationFacts>>;

/** The SDK's command of an operation, to be sent by its client. */
export function commandOf(operation: Operation, input: unknown): object {
  const Command = sdk[`${operation}Command`] as unknown as new (input: unknown) => object;
  return new Command(input);
}
