/** A validation rule about what the schema offers, as opposed to how much of it a document may use. */
import { ApolloServerValidationErrorCode } from '@apollo/server/errors';
import { GraphQLError, type ValidationRule } from 'graphql';

/** Rejects introspection. */
export const noIntrospection: ValidationRule = (context) => ({
  Field(node) {
    const name = node.name.value;
    if (name !== '__schema' && name !== '__type') return;
    const message = `"${name}" cannot be queried: introspection is off on this gateway (INTROSPECTION).`;
    const extensions = { validationErrorCode: ApolloServerValidationErrorCode.INTROSPECTION_DISABLED };
    context.reportError(new GraphQLError(message, { nodes: [node], extensions }));
  },
});
