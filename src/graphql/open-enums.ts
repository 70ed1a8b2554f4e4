/**
 * Open enums. AWS adds enum values between our releases. A value that this schema does not have is null in the response,
 * without an error, because clients discard a response with errors; `extensions.unknownEnumValues` has the value. An update
 * sends it back unchanged.
 */
import {
  defaultFieldResolver,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isObjectType,
  type ResponsePath,
} from 'graphql';

/** An AWS value that the schema does not have, and its path in the response. */
export type UnknownEnumValue = { path: (string | number)[]; type: string; value: string };

/** The part of a context that records the values. */
export type EnumContext = { request: { unknownEnumValues: UnknownEnumValue[] } };

/** The most that one answer lists: ten in each record of a page of a hundred. */
export const maxListed = 1_000;

function pathOf(path: ResponsePath | undefined): (string | number)[] {
  return path ? [...pathOf(path.prev), path.key] : [];
}

/** An unknown value as a string. `String` throws for the source of a number. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Records a value that the schema does not have. */
export function noteUnknown(
  { unknownEnumValues }: EnumContext['request'],
  path: ResponsePath,
  type: string,
  value: unknown,
): void {
  if (unknownEnumValues.length < maxListed)
    unknownEnumValues.push({ path: pathOf(path), type, value: textOf(value) });
}

/** Replaces values that the enum does not have with null, in lists too. */
function known(type: GraphQLEnumType, values: ReadonlySet<unknown>) {
  return function tolerate(value: unknown, context: EnumContext, path: ResponsePath): unknown {
    if (value === null || value === undefined || values.has(value)) return value;
    if (Array.isArray(value))
      return value.every((item) => values.has(item))
        ? value
        : value.map((item, key) => tolerate(item, context, { prev: path, key, typename: undefined }));
    noteUnknown(context.request, path, type.name, value);
    return null;
  };
}

function open(field: GraphQLField<unknown, unknown>, type: GraphQLEnumType): void {
  const { resolve = defaultFieldResolver } = field;
  const tolerate = known(type, new Set(type.getValues().map(({ value }) => value)));
  field.resolve = (source, args, context, info: GraphQLResolveInfo) => {
    const value = resolve(source, args, context, info);
    return value instanceof Promise
      ? value.then((settled) => tolerate(settled, context as EnumContext, info.path))
      : tolerate(value, context as EnumContext, info.path);
  };
}

/** Makes the enums of all object fields open. */
export function openEnums(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const inner = getNamedType(field.type);
      if (isEnumType(inner)) open(field, inner);
    }
  }
}
