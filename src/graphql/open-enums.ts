import type { GraphQLEnumType } from 'graphql';
import { Fault } from '../fault.ts';

/**
 * AWS adds values to its enums between our releases. One that this schema does not know becomes null where it stands,
 * with its text in the error, instead of an internal error; an update sends it back unchanged all the same.
 */
export function tolerateUnknownValues(type: GraphQLEnumType): void {
  const names = new Map(type.getValues().map(({ value, name }) => [value, name]));
  type.serialize = (value) => {
    const name = names.get(value);
    if (name !== undefined) return name;
    const message = `${type.name} does not know this AWS value; upgrade the gateway.`;
    throw new Fault('UNKNOWN_ENUM_VALUE', message, { value: String(value) });
  };
}
