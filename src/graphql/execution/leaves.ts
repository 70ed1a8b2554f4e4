/** Writes scalars and enums. */
import {
  type GraphQLEnumType,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLScalarType,
  GraphQLString,
  isEnumType,
  type ResponsePath,
} from 'graphql';
import { noteUnknown, type UnknownEnumValue } from '../open-enums.ts';
import { checked, giveUp } from './give-up.ts';

/** The place of an object or a list; a value within it is at a key. */
export type Place = ResponsePath | undefined;

/**
 * Writes a value that is not null, at once, as JSON.
 *
 * @param within the place of the object or the list that has it
 * @param key its key there
 * @param unknown takes values that the schema does not have
 * @throws GiveUp
 */
export type Write = (
  value: unknown,
  within: Place,
  key: string | number,
  unknown: UnknownEnumValue[],
) => string;

/** A scalar that graphql-js would accept, as JSON. */
function serialized(type: GraphQLScalarType, value: unknown): string {
  try {
    return JSON.stringify(type.serialize(value) ?? giveUp('null')) ?? giveUp('value');
  } catch {
    return giveUp('value');
  }
}

function scalarWriter(type: GraphQLScalarType): Write {
  const isString = type === GraphQLString || type === GraphQLID;
  return (value) => {
    if (typeof value === 'string') return isString ? JSON.stringify(value) : serialized(type, value);
    return serialized(type, checked(value));
  };
}

/** As `openEnums` resolves it: a value that the enum does not have is null, and noted. */
function enumWriter(type: GraphQLEnumType, isNullable: boolean): Write {
  const names = new Map(type.getValues().map(({ name, value }) => [value as unknown, `"${name}"`]));
  return (value, prev, key, unknown) => {
    const name = names.get(value);
    if (name !== undefined) return name;
    if (!isNullable) return giveUp('null');
    if (Array.isArray(checked(value))) return giveUp('value');
    noteUnknown({ unknownEnumValues: unknown }, { prev, key, typename: undefined }, type.name, value);
    return 'null';
  };
}

/** The writer of a leaf type, nullable or not. */
export type LeafWriter = (type: GraphQLLeafType, isNullable: boolean) => Write;

/** The writers of types, which hold tables: they are made once per type, not once per field. */
export function createLeaves(): LeafWriter {
  const known = new Map<string, Write>();

  return function leafWriter(type, isNullable) {
    const name = isNullable ? type.name : `${type.name}!`;
    const before = known.get(name);
    if (before) return before;
    const write = isEnumType(type) ? enumWriter(type, isNullable) : scalarWriter(type);
    known.set(name, write);
    return write;
  };
}
