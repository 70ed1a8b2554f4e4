/**
 * The operations of the Partner Central Selling API: their types, and the facts that the gateway needs. Both are read
 * from the SDK, so that a new SDK brings them along; only facts that the SDK's schemas lack are listed here.
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
 * The input of an operation, in the graph's names. `send` adds the catalog where there is one. The token is the caller's, because with a
 * new token per call a repeated request would create a second object.
 */
export type Input<O extends Operation> = Omit<WireInput<InputOf<O>>, 'catalog' | 'clientToken'> &
  ('ClientToken' extends keyof InputOf<O> ? { clientToken: string } : object);
/** The answer of an operation, in the graph's names. */
export type Output<O extends Operation> = WireAnswer<OutputOf<O>>;

/** The facts of an operation, in the graph's names. */
export type OperationFacts = {
  /** The quota that AWS counts it against. */
  callClass: CallClass;
  /** True if it changes nothing. */
  isRead: boolean;
  /** True if its request names the catalog; an ARN in it does otherwise. */
  hasCatalog: boolean;
  /** True if its request has a `clientToken`, with which AWS recognises a repeated request. */
  hasClientToken: boolean;
  /** True if it may be sent again if it is unknown whether AWS has applied it. */
  isRepeatable: boolean;
  /** The member of the answer with the items of a list; undefined if the answer is not a list. */
  listMember: string | undefined;
  /** The members that every answer has. */
  requiredMembers: readonly string[];
  /** The member of the request with the id of an opportunity whose new `lastModifiedDate` is not returned. */
  movesDateOf: string | undefined;
};

/**
 * Writes without a token that may be repeated nevertheless. The service model marks them `idempotent`, a trait that the
 * SDK's schemas lack (API reference, and the model in botocore 1.43); except for the first, which sets one member of the
 * team and so has the same result each time.
 */
const idempotent: ReadonlySet<Operation> = new Set([
  'AssignOpportunity',
  'DeleteResourceSnapshotJob',
  'PutSellingSystemSettings',
  'StartResourceSnapshotJob',
  'StopResourceSnapshotJob',
  'TagResource',
  'UntagResource',
]);

/**
 * The operations that AWS counts by themselves (developer guide, Quotas). It counts the others that change something
 * against its write quota, and the rest against its read quota.
 */
const ownClasses: { readonly [O in Operation]?: CallClass } = {
  CreateEngagement: 'createEngagement',
  GetProspectingFromEngagementTask: 'prospectingGet',
  ListProspectingFromEngagementTasks: 'prospectingList',
  StartProspectingFromEngagementTask: 'prospectingStart',
};

/** Operations that change the date without returning it, by AWS's own recordings (partner-crm-integration-samples). */
const movesDateOf: { readonly [O in Operation]?: Extract<keyof Input<O>, string> } = {
  AssignOpportunity: 'identifier',
  AssociateOpportunity: 'opportunityIdentifier',
  DisassociateOpportunity: 'opportunityIdentifier',
  StartEngagementFromOpportunityTask: 'identifier',
  SubmitOpportunity: 'identifier',
};

/** The maximum number of ids in the filter of a list of opportunities or solutions (API reference). */
export const idsPerCall = 20;
/** The maximum number of ids in the filter of a list of engagements (API reference). */
export const engagementIdsPerCall = 10;
/** The maximum number of engagements in the filter of a list of invitations (API reference). */
export const invitationRoomsPerCall = 10;
/** The maximum number of ids in the filter of a list of tasks (API reference). */
export const taskIdsPerCall = 10;

const schemas = new Map<Operation, ReturnType<typeof membersOfOperation>>();

/** The members of an operation's request and of its answer, in AWS's names. */
export function schemasOf(operation: Operation) {
  const known = schemas.get(operation);
  if (known) return known;
  const read = membersOfOperation(Reflect.get(sdk, `${operation}$`) as unknown[]);
  schemas.set(operation, read);
  return read;
}

function factsOf(operation: Operation): OperationFacts {
  const { request, answer } = schemasOf(operation);
  const isRead = /^(Get|List)/.test(operation);
  const hasCatalog = request.some(({ name }) => name === 'Catalog');
  const hasClientToken = request.some(({ name }) => name === 'ClientToken');
  const list = operation.startsWith('List') ? answer.find(({ schema }) => schema.isListSchema()) : undefined;
  return {
    callClass: ownClasses[operation] ?? (isRead ? 'read' : 'write'),
    isRead,
    hasCatalog,
    hasClientToken,
    isRepeatable: isRead || hasClientToken || idempotent.has(operation),
    listMember: list && swapFirstCase(list.name),
    requiredMembers: answer.filter(({ isRequired }) => isRequired).map(({ name }) => swapFirstCase(name)),
    movesDateOf: movesDateOf[operation],
  };
}

/** Every operation of the SDK. */
export const operations: readonly Operation[] = Object.keys(sdk)
  .filter((name) => name.endsWith('Command') && name !== '$Command')
  .map((name) => name.slice(0, -'Command'.length) as Operation);

/** The facts of each operation. */
export const operationFacts = Object.freeze(
  Object.fromEntries(operations.map((operation) => [operation, Object.freeze(factsOf(operation))])),
) as Readonly<Record<Operation, OperationFacts>>;

/** The SDK's command for an operation, which its client sends. */
export function commandOf(operation: Operation, input: unknown): object {
  const Command = sdk[`${operation}Command`] as unknown as new (input: unknown) => object;
  return new Command(input);
}
