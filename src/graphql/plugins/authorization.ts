import { type DocumentNode, Kind, type SelectionSetNode, visit } from 'graphql';
import { assertInView, assertMayWrite, assertScopes, authError, localMutations, scopes } from '../access.ts';
import { requirementsOf } from '../required-scopes.ts';
import { variablesOf } from '../variables.ts';
import type { Step } from './in-sequence.ts';

/** True for a document that selects the schema's SDL, which federation adds to every subgraph for its router. */
function selectsSdl(document: DocumentNode): boolean {
  let isSelected = false;
  visit(document, {
    Field({ name }) {
      if (name.value === '_service') isSelected = true;
    },
  });
  return isSelected;
}

/** Whether all mutations of a selection write nothing at AWS. In a fragment they count as others. */
const isLocal = ({ selections }: SelectionSetNode): boolean =>
  selections.every((node) => node.kind === Kind.FIELD && localMutations.has(node.name.value));

const allScopes = Object.values(scopes);

/**
 * Decides who may do what: an operation requires the scopes that the schema has for its fields and
 * for the types that it selects, `_entities`, `node` and interfaces included, or the read scope if it has none for them.
 * It is refused as a whole, before anything is read or written: the caller of a mutation would otherwise get an error
 * for a write that was made. Writes to the production catalog must also be enabled by the operator. Where introspection
 * is off, the schema's SDL requires a scope of its own, which routers have.
 */
export function authorization(introspection: boolean): Step {
  return {
    didResolveOperation({ schema, operation, document, source = '', request, contextValue }) {
      const { request: caller, view } = contextValue;
      const granted = caller.scopes;
      const isWrite = operation?.operation === 'mutation';
      const isUnlimited = !operation || (!view && allScopes.every((scope) => granted.has(scope)));
      // With invalid variables it is refused anyway.
      const { coerced } = isUnlimited ? {} : variablesOf({ schema, operation, request, contextValue });
      const required = operation && coerced ? requirementsOf(schema, document, operation, coerced) : [];
      assertScopes(required, granted);
      if (view) assertInView(required);
      // The text is searched first, since nearly no document has the field.
      const isSdl = !introspection && source.includes('_service') && selectsSdl(document);
      if (isSdl && !granted.has(scopes.schema))
        throw authError(
          `"_service" requires the router's secret or the scope "${scopes.schema}": introspection is off on this gateway (INTROSPECTION).`,
          403,
          { error: 'insufficient_scope', scope: scopes.schema },
        );
      if (isWrite && !isLocal(operation.selectionSet)) assertMayWrite(contextValue.account);
    },
  };
}
