import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, visit } from 'graphql';
import { authError, scopes } from '../access.ts';
import type { Context } from '../context.ts';

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

/**
 * The only place that decides who may do what: queries, including `_entities`, require the read scope and mutations the
 * write scope. Writes to the production catalog must also be enabled by the operator. Where introspection is off, the
 * schema's SDL requires a scope of its own, which routers have.
 */
export function authorization(introspection: boolean): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, document, source = '', contextValue }) {
          const isWrite = operation?.operation === 'mutation';
          const scope = isWrite ? scopes.write : scopes.read;
          if (!contextValue.request.scopes.has(scope))
            throw authError(
              `This operation requires the scope "${scope}", which the token does not have.`,
              403,
              { error: 'insufficient_scope', scope },
            );
          // The text is searched first, since nearly no document has the field.
          const isSdl = !introspection && source.includes('_service') && selectsSdl(document);
          if (isSdl && !contextValue.request.scopes.has(scopes.schema))
            throw authError(
              `"_service" requires the router's secret or the scope "${scopes.schema}": introspection is off on this gateway (INTROSPECTION).`,
              403,
              { error: 'insufficient_scope', scope: scopes.schema },
            );
          if (isWrite && !contextValue.account.mayWrite)
            throw authError(
              'This gateway only reads the production catalog: its operator has not set ALLOW_PRODUCTION_WRITES=true.',
              403,
            );
        },
      };
    },
  };
}
