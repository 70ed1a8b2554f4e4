/** `Idempotency-Key`: a request that is sent again under its key changes nothing again, whichever mutations it has. */
import { createHash } from 'node:crypto';
import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { View } from '../domain/view.ts';
import type { Claim, Outcome } from '../jobs/claim.ts';
import { isLeftOut } from './selection.ts';

/** The part of a context that a key's scope depends on. */
type KeyContext = {
  request: { caller: string; idempotencyKey: string | undefined };
  account: { name: string; catalog: string };
  /** What the caller sees of the opportunities, if that is limited. */
  view?: View | undefined;
};

/** The common members of all payloads, and what only the request that wrote needs. */
type Payload = {
  userErrors: readonly { code: string }[];
  written?: unknown;
  isReplayed?: boolean;
  /** Whether everything was done that the input asks for, and whether anything was. */
  complete?: boolean;
  changed?: boolean;
};

type Mutation<Context> = (
  root: unknown,
  args: never,
  context: Context,
  info: GraphQLResolveInfo,
) => Promise<Payload>;

export const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** The arguments of a field as executed, in the schema's order; null if they are invalid, which the execution reports. */
export function argumentsOf(
  node: FieldNode,
  type: GraphQLObjectType,
  variables: GraphQLResolveInfo['variableValues'],
) {
  const field = type.getFields()[node.name.value];
  try {
    return field ? getArgumentValues(field, node, variables) : null;
  } catch {
    return null;
  }
}

/** The mutations of an operation that are executed, by response name, in order. */
export function mutationsOf({
  operation,
  fragments,
  variableValues,
}: Pick<GraphQLResolveInfo, 'operation' | 'fragments' | 'variableValues'>): Map<string, FieldNode> {
  const fields = new Map<string, FieldNode>();
  const seen = new Set<SelectionSetNode>();
  function visit(set: SelectionSetNode): void {
    if (seen.has(set)) return;
    seen.add(set);
    for (const node of set.selections) {
      if (isLeftOut(node, variableValues)) continue;
      if (node.kind === Kind.FIELD) {
        if (node.name.value === '__typename') continue;
        const name = (node.alias ?? node.name).value;
        if (!fields.has(name)) fields.set(name, node);
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value] : node;
      if (fragment) visit(fragment.selectionSet);
    }
  }
  visit(operation.selectionSet);
  return fields;
}

type KeyedOperation = { key: string; places: ReadonlyMap<string, number> };

const known = new WeakMap<object, KeyedOperation>();

/**
 * The caller's key, as the store and AWS may have it: account, catalog, caller and key in one hash. An answer is kept for those
 * with the same view.
 */
export const keyOf = ({ request, account, view }: KeyContext): string =>
  hashOf([
    account.name,
    account.catalog,
    request.caller,
    request.idempotencyKey,
    ...(view ? [view.prefixes] : []),
  ]);

/** The key of a request, and the places of its mutations by their response names. */
function keyedOperation(context: KeyContext, info: GraphQLResolveInfo): KeyedOperation {
  const before = known.get(context.request);
  if (before) return before;
  const names = [...mutationsOf(info).keys()];
  const operation = { key: keyOf(context), places: new Map(names.map((name, place) => [name, place])) };
  known.set(context.request, operation);
  return operation;
}

/** The place of a resolver's mutation in its request. */
const placeOf = ({ places }: KeyedOperation, { path }: GraphQLResolveInfo): number =>
  places.get(String(path.key)) ?? 0;

/**
 * AWS's token for a mutation under the request's key; undefined without a key. AWS compares tokens per account and across
 * its operations, so the token is derived from the caller, the mutation and its place in the request too.
 */
export function clientTokenOf(context: KeyContext, info: GraphQLResolveInfo): string | undefined {
  if (!context.request.idempotencyKey) return undefined;
  const operation = keyedOperation(context, info);
  return hashOf([operation.key, info.fieldName, placeOf(operation, info)]);
}

/** The claims of requests that are being carried out. A dry run has none. */
const claims = new WeakMap<object, Claim>();

/** Has the mutations of a request noted under its claim. */
export function attachClaim({ request }: Pick<KeyContext, 'request'>, claim: Claim): void {
  claims.set(request, claim);
}

/** What became of a mutation: what is unknown, or was done in part, is found out or continued by the same request. */
function outcomeOf(payload: Payload): Outcome {
  const [error] = payload.userErrors;
  if (error?.code === 'OUTCOME_UNKNOWN' || (payload.complete === false && payload.changed))
    return 'uncertain';
  if (payload.complete === false) return 'nothing';
  const { written: _, ...answer } = payload;
  return { payload: answer, isWritten: !error };
}

/** Wraps a mutation's resolver: what an earlier attempt at the same request has done is not done again. */
export function idempotent<Context extends KeyContext>(resolve: Mutation<Context>): Mutation<Context> {
  return async (root, args, context, info) => {
    const claim = claims.get(context.request);
    if (!claim) return resolve(root, args, context, info);
    const operation = keyedOperation(context, info);
    const place = placeOf(operation, info);
    const before = claim.payloadAt(place) as Payload | undefined;
    if (before) return { ...before, isReplayed: true };
    const payload = await resolve(root, args, context, info);
    await claim.note(place, outcomeOf(payload), place === operation.places.size - 1);
    return payload;
  };
}
