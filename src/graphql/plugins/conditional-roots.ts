/**
 * Refuses `@skip` and `@include` at the root of a subscription, as GraphQL's specification does since September 2025.
 * graphql-js 16 evaluates them while it validates a document, without its variables, and throws what Apollo Server takes
 * for a bug.
 */
import { type DocumentNode, Kind, type NameNode, OperationTypeNode, type SelectionNode } from 'graphql';
import type { Step } from './in-sequence.ts';

const conditions = ['skip', 'include'];

/** Selections at the root of a document's subscriptions, also those in fragments. */
function rootSelections({ definitions }: DocumentNode): Set<SelectionNode> {
  const found = new Set<SelectionNode>();
  function add(selections: readonly SelectionNode[]): void {
    for (const node of selections) {
      if (found.has(node)) continue;
      found.add(node);
      if (node.kind === Kind.INLINE_FRAGMENT) add(node.selectionSet.selections);
      if (node.kind !== Kind.FRAGMENT_SPREAD) continue;
      for (const fragment of definitions)
        if (fragment.kind === Kind.FRAGMENT_DEFINITION && fragment.name.value === node.name.value)
          add(fragment.selectionSet.selections);
    }
  }
  for (const node of definitions)
    if (node.kind === Kind.OPERATION_DEFINITION && node.operation === OperationTypeNode.SUBSCRIPTION)
      add(node.selectionSet.selections);
  return found;
}

/** Renames them before the document is validated, so that they are reported like any other unknown directive. */
export function conditionalRoots(): Step {
  return {
    validationDidStart({ document }) {
      for (const { directives = [] } of rootSelections(document))
        for (const { name } of directives)
          if (conditions.includes(name.value))
            (name as { -readonly [Key in keyof NameNode]: NameNode[Key] }).value +=
              ' at the root of a subscription';
    },
  };
}
