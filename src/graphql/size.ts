/** The size of an operation, which bounds the work of executing it. */
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { createPricing, rootFieldsOf } from './price.ts';
import { fragmentsOf, isLeftOut } from './selection.ts';
import { isRecord } from './turns.ts';

type Values = Record<string, unknown>;

/** The fields below a selection, by response name. */
type Tree = Map<string, Tree>;

/** A record of which more fields are selected counts as several. */
const fieldsPerRecord = 50;

/** Counts the fields below selections; those that are merged in the response count once. */
function createCount(document: DocumentNode, variables: Values) {
  const fragments = fragmentsOf(document);

  function collect(tree: Tree, set: SelectionSetNode, isSeen: Set<SelectionSetNode>): void {
    if (isSeen.has(set)) return;
    isSeen.add(set);
    for (const node of set.selections) {
      if (isLeftOut(node, variables)) continue;
      if (node.kind === Kind.FIELD) {
        const name = (node.alias ?? node.name).value;
        const below = tree.get(name) ?? new Map();
        tree.set(name, below);
        if (node.selectionSet) collect(below, node.selectionSet, new Set());
      } else {
        const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
        if (fragment) collect(tree, fragment.selectionSet, isSeen);
      }
    }
  }
  const sizeOf = (tree: Tree): number =>
    [...tree.values()].reduce((sum, below) => sum + 1 + sizeOf(below), 0);
  const counts = new Map<SelectionSetNode, number>();

  return (set: SelectionSetNode): number => {
    const known = counts.get(set);
    if (known !== undefined) return known;
    const tree: Tree = new Map();
    collect(tree, set, new Set());
    const count = sizeOf(tree);
    counts.set(set, count);
    return count;
  };
}

/**
 * The fields of `Query` or `Mutation` in an operation, and the most records that it can return. A record counts once for
 * each fifty fields that are selected of it.
 *
 * @param variables coerced
 */
export function sizeOfOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Values,
): { rootFields: number; records: number } {
  const type = schema.getRootType(operation.operation);
  if (!type) return { rootFields: 0, records: 0 };
  const fieldsBelow = createCount(document, variables);
  const { priceOf } = createPricing(schema, document, variables, (_field, type, { selectionSet }) =>
    isRecord(type) && selectionSet ? Math.ceil(fieldsBelow(selectionSet) / fieldsPerRecord) : 0,
  );
  return {
    rootFields: rootFieldsOf(operation, document, variables).size,
    records: priceOf(type, operation.selectionSet),
  };
}
