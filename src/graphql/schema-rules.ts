/** Validation rules about what the schema offers, as opposed to how much of it a document may use. */
import { GraphQLError, type ValidationRule } from 'graphql';

/** Rejects types of operations that the schema does not have. graphql-js detects them only when it executes. */
export const knownOperationTypes: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    const message = `The schema has no ${node.operation}s.`;
    context.reportError(new GraphQLError(message, { nodes: [node] }));
  },
});
