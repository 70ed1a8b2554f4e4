import { GraphQLError, type GraphQLScalarType, Kind } from 'graphql';
import { plainDecimal } from '../domain/decimals.ts';
import { isDay, parseInstant } from '../domain/instants.ts';

type Conversions = Pick<GraphQLScalarType, 'serialize' | 'parseValue' | 'parseLiteral'>;

/** Longer strings are rejected unread: no instant, date or amount is that long. */
const maxLength = 100;

/** A scalar for strings of a certain form. `write` converts AWS's values; by default they are returned unchanged. */
function stringScalar(
  name: string,
  isValid: (text: string) => boolean,
  expected: string,
  write: (value: unknown) => unknown = (value) => value,
): Conversions {
  const invalid = (got: unknown) => {
    const quoted = JSON.stringify(got)?.slice(0, maxLength);
    const extensions = { code: 'BAD_USER_INPUT' };
    return new GraphQLError(`${name}: got ${quoted}, expected ${expected}`, { extensions });
  };
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && value.length <= maxLength && isValid(value)) return value;
    throw invalid(value);
  };
  return {
    serialize: write,
    parseValue: parse,
    parseLiteral: (node) => {
      if (node.kind === Kind.STRING) return parse(node.value);
      throw invalid('value' in node ? node.value : node.kind);
    },
  };
}

/** AWS numbers may be strings, numbers, or the digits of a number that JavaScript cannot represent. */
function writeDecimal(value: unknown): unknown {
  if (typeof value === 'string') return plainDecimal(value);
  return typeof value === 'number' || JSON.isRawJSON(value) ? plainDecimal(JSON.stringify(value)) : value;
}

/** The conversions of each scalar in the schema. */
export const scalars: Record<string, Conversions> = {
  DateTime: stringScalar(
    'DateTime',
    (text) => parseInstant(text) !== null,
    'an RFC 3339 instant with an offset, such as "2026-02-04T05:18:25.803Z"',
  ),
  Date: stringScalar('Date', isDay, 'a day such as "2026-02-04"'),
  Decimal: stringScalar(
    'Decimal',
    (text) => /^-?\d+(\.\d*)?$/.test(text),
    'a decimal number as a string, such as "1250.50"',
    writeDecimal,
  ),
};
