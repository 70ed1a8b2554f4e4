/** The scopes that a mutation requires: for its fields, for what it is given, and for the types that it selects. */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { inputScopes, scopes } from './access.ts';
import { type Described, directiveOf } from './directives.ts';
import { fragmentsOf, isLeftOut } from './selection.ts';
import { coercedVariables } from './variables.ts';

/** The scopes that are required, all of them, and what requires them. */
export type Requirement = { what: string; scopes: readonly string[]; consequence?: string };

/** The scopes of `@requiresScopes`. Routers allow alternatives, of which this graph has none. */
function scopesOf(element: Described): readonly string[] {
  const [scopes = []] = (directiveOf(element, 'requiresScopes')?.scopes ?? []) as string[][];
  return scopes;
}

/** What a mutation requires for itself, and for the fields that its input has. Invalid arguments require nothing. */
function ofMutation(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): Requirement[] {
  const own = { what: 'This operation', scopes: scopesOf(field) };
  let values: Record<string, unknown>;
  try {
    values = getArgumentValues(field, node, variables);
  } catch {
    return [own];
  }
  const given = field.args.flatMap(({ name, type }) => {
    const input = (values[name] ?? {}) as Record<string, unknown>;
    return Object.entries(inputScopes[getNamedType(type).name] ?? {})
      .filter(([member]) => input[member] !== undefined && input[member] !== null)
      .map(([member, scope]) => ({ what: `"${member}" of ${field.name}`, scopes: [scope] }));
  });
  return [own, ...given];
}

/**
 * What a mutation requires, at any depth of its selection. Selections that `@skip` or `@include` leaves out require
 * nothing, and neither does an operation with invalid variables, which is refused anyway.
 *
 * @param raw the variables as the caller sent them
 */
export function requirementsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  raw: object,
): Requirement[] {
  const root = schema.getRootType(operation.operation);
  const { coerced } = coercedVariables(schema, operation, raw);
  if (!root || !coerced) return [];
  const variables = coerced;
  const fragments = fragmentsOf(document);
  const types = new Set<GraphQLNamedType>();
  /** A set has one type, however often its fragment is spread. */
  const seen = new Set<SelectionSetNode>();
  const required: Requirement[] = [];

  function add(type: GraphQLNamedType): void {
    for (const one of isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type])
      types.add(one);
  }

  function visit(set: SelectionSetNode, type: GraphQLCompositeType): void {
    if (seen.has(set)) return;
    seen.add(set);
    for (const node of set.selections) {
      if (isLeftOut(node, variables)) continue;
      if (node.kind === Kind.FIELD) {
        const field = isUnionType(type) ? undefined : type.getFields()[node.name.value];
        if (field && type === root) required.push(...ofMutation(field, node, variables));
        const inner = field && getNamedType(field.type);
        if (inner) add(inner);
        if (node.selectionSet && isCompositeType(inner)) visit(node.selectionSet, inner);
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      if (fragment) visit(fragment.selectionSet, isCompositeType(condition) ? condition : type);
    }
  }

  visit(operation.selectionSet, root);
  if (required.length === 0) required.push({ what: 'This operation', scopes: [scopes.write] });
  for (const type of types)
    required.push({
      what: `Selecting "${type.name}" in a payload`,
      scopes: scopesOf(type),
      consequence: '; nothing was written',
    });
  return required;
}
