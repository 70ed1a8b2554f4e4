/**
 * Open enums. AWS adds values to its enums between our releases: one that this schema does not know is null where it stands,
 * without an error, because clients throw a whole answer away for one; `extensions.unknownEnumValues` has its text. An update
 * sends it back unchanged all the same.
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

/** A value of AWS that the schema does not know, and where it stands in the answer. */
export type UnknownEnumValue = { path: (string | number)[]; type: string; value: string };

/** What of a context the values are noted in. */
type Noting = { request: { unknownEnumValues: UnknownEnumValue[] } };

/** The most that one answer lists: ten in each record of a page of a hundred. */
const maxListed = 1_000;

function pathOf(path: ResponsePath | undefined): (string | number)[] {
  return path ? [...pathOf(path.prev), path.key] : [];
}

/** A value, or a list of them, with null for whatever the enum does not know. */
function known(type: GraphQLEnumType, values: ReadonlySet<unknown>) {
  return function tolerate(value: unknown, context: Noting, path: ResponsePath): unknown {
    if (value === null || value === undefined || values.has(value)) return value;
    if (Array.isArray(value))
      return value.every((item) => values.has(item))
        ? value
        : value.map((item, key) => tolerate(item, context, { prev: path, key, typename: undefined }));
    const { unknownEnumValues } = context.request;
    if (unknownEnumValues.length < maxListed)
      unknownEnumValues.push({ path: pathOf(path), type: type.name, value: String(value) });
    return null;
  };
}

function open(field: GraphQLField<unknown, unknown>, type: GraphQLEnumType): void {
  const { resolve = defaultFieldResolver } = field;
  const tolerate = known(type, new Set(type.getValues().map(({ value }) => value)));
  field.resolve = (source, args, context, info: GraphQLResolveInfo) => {
    const value = resolve(source, args, context, info);
    return value instanceof Promise
      ? value.then((settled) => tolerate(settled, context as Noting, info.path))
      : tolerate(value, context as Noting, info.path);
  };
}

/** Makes every enum of a schema's objects open. */
export function openEnums(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const inner = getNamedType(field.type);
      if (isEnumType(inner)) open(field, inner);
    }
  }
}
