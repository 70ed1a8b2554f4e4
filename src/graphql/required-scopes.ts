/** The scopes that a selection requires beyond those of its operation: `@requiresScopes` on the types that it selects. */
import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { directiveOf } from './directives.ts';
import { fragmentsOf, isLeftOut } from './selection.ts';
import { coercedVariables } from './variables.ts';

/** A type and the scopes that it requires, all of them. */
export type Requirement = { type: string; scopes: readonly string[] };

/** Routers allow alternatives, of which this graph has none. */
function requirementOf(type: GraphQLNamedType): Requirement[] {
  const [scopes] = (directiveOf(type, 'requiresScopes')?.scopes ?? []) as string[][];
  return scopes ? [{ type: type.name, scopes }] : [];
}

/**
 * What the types that an operation selects require, at any depth. Selections that `@skip` or `@include` leaves out require
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
  return [...types].flatMap(requirementOf);
}
