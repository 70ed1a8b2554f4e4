import {
  defaultFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** Whether a null among the items of a list means nothing: an enum's null is a value that this schema does not know. */
export function isBareList(type: GraphQLOutputType): boolean {
  const list = isNonNullType(type) ? type.ofType : type;
  return isListType(list) && (isNonNullType(list.ofType) || isEnumType(list.ofType));
}

/** A value without its null items, if it is a list. */
export const withoutNulls = (value: unknown): unknown =>
  Array.isArray(value) && value.some((item) => item === null || item === undefined)
    ? value.filter((item) => item !== null && item !== undefined)
    : value;

/**
 * Leaves null items out of the lists that AWS sends, wherever they mean nothing. AWS's serialiser has been
 * seen to leave them; graphql-js would null the whole list with an internal error. An update sends them back as they came.
 */
export function dropNullItems(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (!isBareList(field.type) || field.resolve) continue; // a resolver of ours makes its own list
      field.resolve = (...args) => withoutNulls(defaultFieldResolver(...args));
    }
  }
}
