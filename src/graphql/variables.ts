import {
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';

type Coerced = { coerced?: Record<string, unknown>; errors?: readonly GraphQLError[] };

/** The errors that are reported of a request's variables. Each quotes the whole value before it is cut. */
const maxErrors = 5;

const known = new WeakMap<object, { operation: OperationDefinitionNode; result: Coerced }>();

/**
 * An operation's variables, coerced, or what is wrong with them. Several plugins decide about an operation by its variables;
 * they are coerced once for all of them.
 *
 * @param raw the variables as the caller sent them
 */
export function coercedVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  raw: object = {},
): Coerced {
  const before = known.get(raw);
  if (before?.operation === operation) return before.result;
  const definitions = operation.variableDefinitions ?? [];
  const result: Coerced = getVariableValues(schema, definitions, { ...raw }, { maxErrors });
  known.set(raw, { operation, result });
  return result;
}
