/** The cost of an operation in upstream calls, from the schema's `@cost` and `@listSize` and from its arguments. */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { idsPerCall } from '../upstream/operations.ts';
import { directiveOf, weightOf } from './directives.ts';
import { inputCost, isPriced } from './input-price.ts';
import { fragmentsOf, isLeftOut } from './selection.ts';
import { coercedVariables } from './variables.ts';

type Values = Record<string, unknown>;

/** The given ones of a field's arguments; none if they are invalid, which execution of the field reports. */
function argumentsOf(
  { args, ...field }: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Values,
  names: readonly string[],
): Values {
  try {
    // The others are not looked at, so that a price does not depend on them.
    return getArgumentValues(
      { ...field, args: args.filter(({ name }) => names.includes(name)) },
      node,
      variables,
    );
  } catch {
    return {};
  }
}

/** What a field costs by itself, for each item of its list. */
export type Weigh = (
  field: GraphQLField<unknown, unknown>,
  type: GraphQLNamedType,
  node: FieldNode,
) => number;

/** Upstream calls. */
const inCalls: Weigh = (field, type) => weightOf(field) ?? weightOf(type) ?? 0;
/** Calls by class of the quota. */
export type Calls = { read: number; write: number };

/** The cost of an operation if nothing is cached: the calls that its input makes certain, and the most it can need. */
export type Price = { certain: Calls; most: number };

type Entity = { __typename?: unknown } | null;

const representationsIn = ({ representations }: Values): Entity[] =>
  Array.isArray(representations) ? representations : [];

/** The calls for `_entities`: the most if each representation is read alone, the least if lookups are batched. */
function entityCalls(schema: GraphQLSchema, args: Values): { least: number; most: number } {
  const named = representationsIn(args).map((entity) =>
    typeof entity?.__typename === 'string' ? schema.getType(entity.__typename) : undefined,
  );
  const most = named.reduce((sum, type) => sum + ((type && weightOf(type)) ?? 0), 0);
  return { least: Math.ceil(most / idsPerCall), most };
}

/** The objects of a list that takes their ids, such as `nodes`. Each may be a call of its own. */
const objectsOf = ({ ids }: Values): number => (Array.isArray(ids) ? new Set(ids).size : 0);

/** The calls for a list: one, or as many as it takes to send the ids that it is filtered by. */
function listCalls({ filter }: Values): number {
  const { ids } = (filter ?? {}) as { ids?: unknown };
  return Array.isArray(ids) ? Math.ceil(new Set(ids).size / idsPerCall) : 1;
}

/** Prices one operation's selections, by default in upstream calls. A selection is priced once, however often its fragment is spread. */
export function createPricing(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Values,
  weigh = inCalls,
) {
  const fragments = fragmentsOf(document);
  const prices = new Map<SelectionSetNode, Map<GraphQLNamedType, number>>();
  let least = 0;

  /** The price of each selected name below a field. */
  function below(type: GraphQLNamedType, set: SelectionSetNode): Map<string, number> {
    const sums = new Map<string, number>();
    const add = (name: string, price: number) => sums.set(name, (sums.get(name) ?? 0) + price);
    for (const node of set.selections) {
      if (isLeftOut(node, variables)) continue;
      if (node.kind === Kind.FIELD) {
        const field =
          isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
        if (field) add(node.name.value, priceOfField(field, node));
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      if (!fragment) continue;
      const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
      add(`... ${condition?.name}`, priceOf(condition ?? type, fragment.selectionSet));
    }
    return sums;
  }

  function priceOf(type: GraphQLNamedType, set: SelectionSetNode): number {
    const known = prices.get(set)?.get(type);
    if (known !== undefined) return known;
    const price = [...below(type, set).values()].reduce((a, b) => a + b, 0);
    prices.set(set, (prices.get(set) ?? new Map()).set(type, price));
    return price;
  }

  /** The price of what a field is given. */
  function inputsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): number {
    const priced = field.args.filter(({ type }) => isPriced(type));
    if (priced.length === 0) return 0;
    const names = priced.map(({ name }) => name);
    const args = argumentsOf(field, node, variables, names);
    return priced.reduce((sum, { name, type }) => sum + inputCost(type, args[name]), 0);
  }

  function priceOfField(field: GraphQLField<unknown, unknown>, node: FieldNode): number {
    if (field.name === '_entities') {
      const args = argumentsOf(field, node, variables, ['representations']);
      const type = getNamedType(field.type);
      if (weigh !== inCalls) return representationsIn(args).length * weigh(field, type, node);
      const calls = entityCalls(schema, args);
      least += calls.least;
      return calls.most;
    }
    const type = getNamedType(field.type);
    const own = weigh(field, type, node) + (weigh === inCalls ? inputsOf(field, node) : 0);
    if (!node.selectionSet || !isCompositeType(type)) return own;
    const size = directiveOf(field, 'listSize');
    const isLookUp = isListType(getNullableType(field.type)) && field.args.some(({ name }) => name === 'ids');
    if (!size) {
      const args = isLookUp ? argumentsOf(field, node, variables, ['ids']) : {};
      return (own + priceOf(type, node.selectionSet)) * (isLookUp ? objectsOf(args) : 1);
    }
    const { slicingArguments, sizedFields } = size as { slicingArguments: string[]; sizedFields: string[] };
    const args = argumentsOf(field, node, variables, ['filter', ...slicingArguments]);
    const items = Math.max(0, ...slicingArguments.map((name) => Number(args[name] ?? 0)));
    // The sized fields return the same items in several ways, so the most expensive of them counts.
    const sized = new Set(sizedFields);
    let each = 0;
    let once = 0;
    for (const [name, price] of below(type, node.selectionSet))
      if (sized.has(name)) each = Math.max(each, price);
      else if (name.startsWith('...')) each += price;
      else once += price;
    return own * listCalls(args) + once + items * each;
  }

  return { priceOf, least: () => least };
}

/** The fields at the root, by response name: those with the same one are executed once. */
export function rootFieldsOf(
  { selectionSet }: OperationDefinitionNode,
  document: DocumentNode,
  variables: Values,
): ReadonlyMap<string, string> {
  const fragments = fragmentsOf(document);
  const isSeen = new Set<SelectionSetNode>();
  const fields = new Map<string, string>();
  function visit(set: SelectionSetNode): void {
    if (isSeen.has(set)) return;
    isSeen.add(set);
    for (const node of set.selections) {
      if (isLeftOut(node, variables)) continue;
      if (node.kind !== Kind.FIELD) {
        const inner = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
        if (inner) visit(inner.selectionSet);
        continue;
      }
      fields.set((node.alias ?? node.name).value, node.name.value);
    }
  }
  visit(selectionSet);
  return fields;
}

/** The number of mutations that can write. */
function writesOf(type: GraphQLObjectType, fields: ReadonlyMap<string, string>): number {
  const canWrite = (name: string) => (weightOf(type.getFields()[name] ?? {}) ?? 0) > 0;
  return [...fields.values()].filter(canWrite).length;
}

const nothing: Price = { certain: { read: 0, write: 0 }, most: 0 };

/** The price of an operation. @param variables coerced */
export function priceFor(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Values,
): Price {
  const type = schema.getRootType(operation.operation);
  if (!type) return nothing;
  const pricing = createPricing(schema, document, variables);
  const most = pricing.priceOf(type, operation.selectionSet);
  const write =
    type === schema.getMutationType() ? writesOf(type, rootFieldsOf(operation, document, variables)) : 0;
  return { certain: { read: pricing.least(), write }, most };
}

/** The price of an operation; zero if its name or its variables are invalid, since it will be rejected anyway. */
export function priceOfOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  name: string | undefined,
  raw: object,
): Price {
  const operation = getOperationAST(document, name);
  if (!operation) return nothing;
  const { coerced } = coercedVariables(schema, operation, raw);
  return coerced ? priceFor(schema, document, operation, coerced) : nothing;
}
