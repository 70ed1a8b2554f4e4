/** The scopes that an operation requires: for its fields, for what it is given, and for the types that it selects. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isInputObjectType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { typeOfId } from '../domain/ids.ts';
import { inputScopes, type Requirement, scopes } from './access.ts';
import { type Described, directiveOf } from './directives.ts';
import { fragmentsOf, isLeftOut } from './selection.ts';

type Values = Record<string, unknown>;

/** The scopes of `@requiresScopes`. Routers allow alternatives, of which this graph has none. */
export function scopesOf(element: Described): readonly string[] {
  const [scopes = []] = (directiveOf(element, 'requiresScopes')?.scopes ?? []) as string[][];
  return scopes;
}

/** A field's arguments; undefined if they are invalid, so that the field is not executed. */
function argumentsOf(...[field, node, variables]: Parameters<typeof getArgumentValues>): Values | undefined {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return undefined;
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The members of an input that have a scope of their own and are given: those of a list, if any of its items has them. */
export function scopedMembers(type: GraphQLNamedType, values: readonly unknown[]): [string, string][] {
  const given = values.filter((value) => typeof value === 'object' && value !== null) as Values[];
  const isGiven = (member: string) => given.some((value) => (value[member] ?? null) !== null);
  return Object.entries(inputScopes[type.name] ?? {}).filter(([member]) => isGiven(member));
}

/** What the fields of an input require that are given: its own, and those of the items of a bulk job. */
function ofInputs({ args, name: mutation }: GraphQLField<unknown, unknown>, values: Values): Requirement[] {
  return args.flatMap(({ name, type }) => {
    const input = getNamedType(type);
    const value = (values[name] ?? {}) as Values;
    const items = isInputObjectType(input) ? input.getFields().items : undefined;
    const members = [
      ...scopedMembers(input, [value]),
      ...(items ? scopedMembers(getNamedType(items.type), listOf(value.items)) : []),
    ];
    return members.map(([member, scope]) => ({ what: `"${member}" of ${mutation}`, scopes: [scope] }));
  });
}

/** The types that a field of the root returns, as far as its arguments show: those of ids and of representations. */
const namedTypes: Readonly<Record<string, (args: Values) => unknown[]>> = {
  node: ({ id }) => [typeOfId(String(id))],
  nodes: ({ ids }) => listOf(ids).map((id) => typeOfId(String(id))),
  _entities: ({ representations }) =>
    listOf(representations).map((one) => (one as { __typename?: unknown } | null)?.__typename),
};

/**
 * What an operation requires, at any depth of its selection: the scopes of each field and each type. Below an interface or
 * a union, a type counts if a field of it is selected, or if the arguments show that it is returned. Selections that
 * `@skip` or `@include` leaves out require nothing.
 *
 * @param variables coerced
 */
export function requirementsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Requirement[] {
  const root = schema.getRootType(operation.operation);
  if (!root) return [];
  const isWrite = operation.operation === 'mutation';
  const fragments = fragmentsOf(document);
  const types = new Set<GraphQLNamedType>();
  /** The types for which a set has been visited, however often its fragment is spread. */
  const visited = new Map<SelectionSetNode, Set<GraphQLObjectType>>();
  const required: Requirement[] = [];

  function applies({ typeCondition }: FragmentDefinitionNode | InlineFragmentNode, type: GraphQLObjectType) {
    const condition = typeCondition && schema.getType(typeCondition.name.value);
    return (
      !condition || condition === type || (isAbstractType(condition) && schema.isSubType(condition, type))
    );
  }

  function visit(set: SelectionSetNode, type: GraphQLObjectType): void {
    const before = visited.get(set) ?? new Set();
    if (before.has(type)) return;
    visited.set(set, before.add(type));
    for (const node of set.selections) {
      if (isLeftOut(node, variables)) continue;
      if (node.kind === Kind.FIELD) visitField(node, type);
      else {
        const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
        if (fragment && applies(fragment, type)) visit(fragment.selectionSet, type);
      }
    }
  }

  function visitField(node: FieldNode, type: GraphQLObjectType): void {
    const field = type.getFields()[node.name.value];
    if (!field) return; // __typename, which every object has
    types.add(type);
    const what = type === root ? 'This operation' : `"${field.name}" of ${type.name}`;
    required.push({ what, scopes: scopesOf(field) });
    const returned = getNamedType(field.type);
    const values = type === root ? argumentsOf(field, node, variables) : undefined;
    if (values && isWrite) required.push(...ofInputs(field, values));
    const named = values && namedTypes[field.name]?.(values).map((name) => schema.getType(String(name)));
    const possible = isAbstractType(returned) ? schema.getPossibleTypes(returned) : [returned];
    for (const one of named ?? possible) {
      if (!isObjectType(one)) continue;
      if (named || one === returned) types.add(one);
      if (node.selectionSet) visit(node.selectionSet, one);
    }
  }

  visit(operation.selectionSet, root);
  const selecting = (type: string) => (isWrite ? `Selecting "${type}" in a payload` : `Selecting "${type}"`);
  for (const type of types)
    required.push({
      what: selecting(type.name),
      scopes: scopesOf(type),
      type: type.name,
      ...(isWrite && { consequence: '; nothing was written' }),
    });
  if (required.every(({ scopes }) => scopes.length === 0))
    required.push({ what: 'This operation', scopes: [isWrite ? scopes.write : scopes.read] });
  return required;
}
