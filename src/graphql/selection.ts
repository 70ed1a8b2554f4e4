/** The selection below a field, so that a resolver can choose the cheapest read that covers it. */
import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { FieldTree } from '../upstream/sdk-schemas.ts';

type Info = Pick<
  GraphQLResolveInfo,
  'fieldNodes' | 'fragments' | 'operation' | 'schema' | 'variableValues' | 'returnType'
>;

/** True if `@skip` or `@include` leaves a selection out. */
export function isLeftOut(
  node: SelectionSetNode['selections'][number],
  variables: Info['variableValues'],
): boolean {
  if (!node.directives?.length) return false;
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false
  );
}

/** The fragments of a document by name. */
export function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
}

const conditional = new WeakMap<OperationDefinitionNode, boolean>();

/** True if an operation's selection may depend on its variables, through `@skip` or `@include`. */
function isConditional({ operation, fragments }: Info): boolean {
  const before = conditional.get(operation);
  if (before !== undefined) return before;
  let found = false;
  const Directive = () => {
    found = true;
    return BREAK;
  };
  for (const definition of [operation, ...Object.values(fragments)]) visit(definition, { Directive });
  conditional.set(operation, found);
  return found;
}

/** True if a fragment on one type can apply to an object of another. */
function overlaps(schema: GraphQLSchema, condition: string, type: GraphQLCompositeType): boolean {
  const other = schema.getType(condition);
  if (!other || !isCompositeType(other) || other === type) return true;
  return (isAbstractType(other) && schema.isSubType(other, type as never)) || isAbstractType(type);
}

type Tree = { [name: string]: Tree };

function collect(info: Info, type: GraphQLCompositeType, set: SelectionSetNode, into: Tree): Tree {
  for (const node of set.selections) {
    if (isLeftOut(node, info.variableValues)) continue;
    if (node.kind === 'Field') {
      const name = node.name.value;
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
      if (!field) continue; // __typename, which every object has
      const inner = getNamedType(field.type);
      into[name] ??= {};
      if (node.selectionSet && isCompositeType(inner)) collect(info, inner, node.selectionSet, into[name]);
    } else {
      const fragment: FragmentDefinitionNode | typeof node | undefined =
        node.kind === 'FragmentSpread' ? info.fragments[node.name.value] : node;
      const condition = fragment?.typeCondition?.name.value;
      if (!fragment || (condition && !overlaps(info.schema, condition, type))) continue;
      // Below an interface or a union, the fragment determines the type of its fields.
      const narrowed = condition && isAbstractType(type) ? info.schema.getType(condition) : type;
      collect(info, isCompositeType(narrowed) ? narrowed : type, fragment.selectionSet, into);
    }
  }
  return into;
}

/** The selection below a field, for repeated documents whose selection does not depend on their variables. */
const known = new WeakMap<FieldNode, { type: GraphQLCompositeType; tree: FieldTree }>();

/**
 * The fields selected below the field being resolved, as a tree: without aliases, with fragments flattened, and with
 * `@skip` and `@include` applied.
 *
 * @param objectType the type of the object, if the field's own type is an interface or a union: fragments on other types
 *   are left out
 */
export function selectedFields(info: Info, objectType?: string): FieldTree {
  const type = getNamedType(objectType ? info.schema.getType(objectType) : info.returnType);
  const [first, ...others] = info.fieldNodes;
  const same = first && others.length === 0 ? known.get(first) : undefined;
  if (same && same.type === type) return same.tree;
  const tree: Tree = {};
  if (!first || !isCompositeType(type)) return tree;
  for (const { selectionSet } of info.fieldNodes) if (selectionSet) collect(info, type, selectionSet, tree);
  if (others.length === 0 && !isConditional(info)) known.set(first, { type, tree });
  return tree;
}

/** True if a source with the fields `carried` covers the selection. */
export function covers(carried: FieldTree, selected: FieldTree): boolean {
  return Object.entries(selected).every(([name, inner]) => {
    const below = carried[name];
    return below !== undefined && covers(below, inner);
  });
}
