import {
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';

export type Coerced = { coerced?: Record<string, unknown>; errors?: readonly GraphQLError[] };

/** The errors that are reported of a request's variables. Each quotes the whole value before it is cut. */
const maxErrors = 5;

const isText = (value: unknown): boolean => typeof value === 'string';

/** Values that coercion to a built-in scalar returns as they are. */
const unchanged: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['ID', isText],
  ['String', isText],
  ['Boolean', (value) => typeof value === 'boolean'],
  ['Int', (value) => typeof value === 'number' && (value | 0) === value],
]);

/**
 * Variables that are plain ids, texts, whole numbers and booleans, for which nothing is to be coerced; undefined if another
 * one is defined, or one is missing.
 */
function plainVariables(
  definitions: readonly VariableDefinitionNode[],
  raw: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  // Without a prototype, since a variable may be named `__proto__`.
  const values: Record<string, unknown> = Object.create(null);
  for (const { variable, type } of definitions) {
    const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    const name = variable.name.value;
    const isUnchanged = named.kind === Kind.NAMED_TYPE ? unchanged.get(named.name.value) : undefined;
    if (!isUnchanged || !Object.hasOwn(raw, name) || !isUnchanged(raw[name])) return undefined;
    values[name] = raw[name];
  }
  return values;
}

/**
 * An operation's variables, coerced, or what is wrong with them.
 *
 * @param raw the variables as the caller sent them
 */
export function coercedVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  raw: object = {},
): Coerced {
  const definitions = operation.variableDefinitions ?? [];
  const given = raw as Record<string, unknown>;
  const plain = plainVariables(definitions, given);
  return plain ? { coerced: plain } : getVariableValues(schema, definitions, { ...given }, { maxErrors });
}

/** The operation of a request, as plugins are given it. */
type Requested = {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  request: { variables?: object };
  contextValue: { request: { variables: Coerced | undefined } };
};

/** The variables of a request. Several plugins decide by them; they are coerced once for all. */
export function variablesOf({
  schema,
  operation,
  request: { variables: raw },
  contextValue,
}: Requested): Coerced {
  contextValue.request.variables ??= coercedVariables(schema, operation, raw);
  return contextValue.request.variables;
}
