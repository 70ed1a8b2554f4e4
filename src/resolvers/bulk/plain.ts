/** Records as files have them: as the graph returns them, without what it computes. */
import {
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql';
import { isPlainObject, type PlainObject } from '../../domain/paths.ts';

function plain(value: unknown, type: GraphQLOutputType): unknown {
  const nullable = getNullableType(type);
  if (value === null || value === undefined) return null;
  // A value that the schema does not know is null, as in an answer.
  if (isEnumType(nullable)) return nullable.getValues().find((known) => known.value === value)?.name ?? null;
  if (isLeafType(nullable)) return nullable.serialize(value);
  if (isListType(nullable))
    return Array.isArray(value) ? value.map((item) => plain(item, nullable.ofType)) : null;
  if (!isObjectType(nullable) || !isPlainObject(value)) return null;
  const fields = Object.values(nullable.getFields()).filter(({ name }) => value[name] !== undefined);
  return Object.fromEntries(fields.map((field) => [field.name, plain(value[field.name], field.type)]));
}

/** An opportunity with the fields that AWS has sent. */
export function plainOpportunity(record: object, schema: GraphQLSchema): PlainObject {
  const type = schema.getType('Opportunity');
  if (!isObjectType(type)) throw new Error('The schema has no type Opportunity');
  return plain(record, type) as PlainObject;
}

/** Whether a value is empty, or has an item that this schema does not know: such a list must not be written back. */
const isUnsaid = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && (value.length === 0 || value.includes(null)));

/** The same without members that say nothing. */
export function withoutEmpty(value: PlainObject): PlainObject {
  const members = Object.entries(value).filter(([, member]) => !isUnsaid(member));
  return Object.fromEntries(
    members.map(([name, member]) => [name, isPlainObject(member) ? withoutEmpty(member) : member]),
  );
}
