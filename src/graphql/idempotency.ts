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
import type { IdempotencyKeys, KeyedMutation, Remembered } from '../records/idempotency.ts';
import { isLeftOut } from './selection.ts';

/** The part of a context that a key's scope depends on. */
type KeyContext = {
  request: { caller: string; idempotencyKey: string | undefined; isDryRun: boolean; signal: AbortSignal };
  account: { name: string; catalog: string; idempotency: IdempotencyKeys };
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

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** The arguments of a field as they will be executed, in the schema's order; null if they are invalid, which its execution says. */
function argumentsOf(
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
function mutationsOf({ operation, fragments, variableValues }: GraphQLResolveInfo): Map<string, FieldNode> {
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

type KeyedOperation = { key: string; request: string; places: ReadonlyMap<string, number> };

const known = new WeakMap<object, KeyedOperation>();

/** What a request asks for under its key: its mutations with their arguments, regardless of what it selects of their payloads. */
function keyedOperation(context: KeyContext, info: GraphQLResolveInfo): KeyedOperation {
  const before = known.get(context.request);
  if (before) return before;
  const { request, account } = context;
  const fields = mutationsOf(info);
  const mutations = [...fields.values()].map((node) => [
    node.name.value,
    argumentsOf(node, info.parentType, info.variableValues),
  ]);
  const operation = {
    key: hashOf([account.name, account.catalog, request.caller, request.idempotencyKey]),
    request: hashOf(mutations),
    places: new Map([...fields.keys()].map((name, place) => [name, place])),
  };
  known.set(context.request, operation);
  return operation;
}

/** The mutation of a resolver under the request's key; undefined without a key. */
function keyedMutation(context: KeyContext, info: GraphQLResolveInfo): KeyedMutation | undefined {
  if (!context.request.idempotencyKey) return undefined;
  const { key, request, places } = keyedOperation(context, info);
  return { key, request, place: places.get(String(info.path.key)) ?? 0 };
}

/**
 * AWS's token for a mutation under the request's key; undefined without a key. AWS knows tokens per account and for all of
 * its operations together, so the token is derived from the caller, the mutation and its place in the request too.
 */
export function clientTokenOf(context: KeyContext, info: GraphQLResolveInfo): string | undefined {
  const mutation = keyedMutation(context, info);
  return mutation && hashOf([mutation.key, info.fieldName, mutation.place]);
}

/** What is remembered of a payload: what was refused may succeed later, and what is unknown must be found out. */
function remember(payload: Payload): Remembered<Payload> {
  const [error] = payload.userErrors;
  // A part of it was done; the same request continues.
  if (payload.complete === false && payload.changed) return 'uncertain';
  if (error) return error.code === 'OUTCOME_UNKNOWN' ? 'uncertain' : 'nothing';
  if (payload.complete === false) return 'nothing';
  const { written: _, ...answer } = payload;
  return { answer };
}

/**
 * Wraps a mutation's resolver to honour `Idempotency-Key`. A dry run neither uses keys nor answers from them.
 *
 * @throws Fault IDEMPOTENCY_CONFLICT if the caller has used the key for a request with other mutations or arguments
 */
export function idempotent<Context extends KeyContext>(resolve: Mutation<Context>): Mutation<Context> {
  return async (root, args, context, info) => {
    const mutation = context.request.isDryRun ? undefined : keyedMutation(context, info);
    if (!mutation) return resolve(root, args, context, info);
    const { answer, isReplayed } = await context.account.idempotency.once(
      mutation,
      context.request.signal,
      () => resolve(root, args, context, info),
      remember,
    );
    return isReplayed ? { ...answer, isReplayed } : answer;
  };
}
