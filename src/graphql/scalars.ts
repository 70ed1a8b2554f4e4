import { GraphQLEnumType, GraphQLError, type GraphQLScalarType, Kind } from 'graphql';
import { quoted } from '../domain/bad-input.ts';
import { plainDecimal } from '../domain/decimals.ts';
import { inUtc, isDay } from '../domain/instants.ts';
import { literalPath } from './literal-path.ts';

type Conversions = Partial<Pick<GraphQLScalarType, 'serialize' | 'parseValue' | 'parseLiteral'>>;

/** Longer strings are rejected unread: no instant, date or amount is that long. */
const maxLength = 100;

/** A value as a message shows it; of a list or an object only that it is one, since it may be long. */
function describe(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}

function refusal(name: string, got: unknown, expected: string): GraphQLError {
  const description = describe(got);
  const extensions = { code: 'BAD_USER_INPUT' };
  return new GraphQLError(`${name}: got ${description}, expected ${expected}`, { extensions });
}

/**
 * A scalar that is a string of a certain form. What AWS sends goes out as `write` formats it, by default as it is.
 *
 * @param read the value that a string means; null if it has another form
 */
function stringScalar(
  name: string,
  read: (text: string) => string | null,
  expected: string,
  write: (value: unknown) => unknown = (value) => value,
): Conversions {
  const meaning = (value: unknown): string | null =>
    typeof value === 'string' && value.length <= maxLength ? read(value) : null;
  return {
    serialize: write,
    parseValue(value) {
      const meant = meaning(value);
      if (meant === null) throw refusal(name, value, expected);
      return meant;
    },
    // graphql-js names the field of a variable's value, but not that of a value in the document.
    parseLiteral(node) {
      const meant = node.kind === Kind.STRING ? meaning(node.value) : null;
      if (meant !== null) return meant;
      throw refusal(literalPath(node) || name, 'value' in node ? node.value : node.kind, expected);
    },
  };
}

/**
 * An enum of codes: graphql-js would suggest whichever codes differ by a letter, such as `CK`, `DK` and `FK` for `UK`.
 *
 * @param others codes in common use that are not of the enum, and those that are meant
 */
function codes(name: string, expected: string, others: ReadonlyMap<string, string> = new Map()): Conversions {
  const refuse = (type: GraphQLEnumType, field: string, code: string) => {
    const meant = type.getValue(others.get(code.toUpperCase()) ?? code.toUpperCase());
    return refusal(field, code, meant ? meant.name : expected);
  };
  const { parseValue, parseLiteral } = GraphQLEnumType.prototype;
  return {
    parseValue(this: GraphQLEnumType, value, ...rest) {
      if (typeof value === 'string' && !this.getValue(value)) throw refuse(this, name, value);
      return parseValue.call(this, value, ...rest);
    },
    parseLiteral(this: GraphQLEnumType, node, ...rest) {
      if (node.kind === Kind.ENUM && !this.getValue(node.value))
        throw refuse(this, literalPath(node) || name, node.value);
      return parseLiteral.call(this, node, ...rest);
    },
  };
}

/** AWS numbers may be strings, numbers, or the digits of a number that JavaScript cannot represent. */
function writeDecimal(value: unknown): unknown {
  if (typeof value === 'string') return plainDecimal(value);
  return typeof value === 'number' || JSON.isRawJSON(value) ? plainDecimal(JSON.stringify(value)) : value;
}

/** The conversions of each scalar in the schema, and of enums of codes. */
export const scalars: Record<string, Conversions> = {
  DateTime: stringScalar(
    'DateTime',
    inUtc,
    'an RFC 3339 instant with an offset, such as "2026-02-04T05:18:25.803Z"',
  ),
  Date: stringScalar('Date', (text) => (isDay(text) ? text : null), 'a day such as "2026-02-04"'),
  Decimal: stringScalar(
    'Decimal',
    (text) => (/^-?\d+(\.\d*)?$/.test(text) ? text : null),
    'a decimal number as a string, such as "1250.50"',
    writeDecimal,
  ),
  CountryCode: codes(
    'CountryCode',
    'a two-letter ISO 3166 code such as GB',
    new Map([
      ['UK', 'GB'],
      ['EL', 'GR'],
    ]),
  ),
  CurrencyCode: codes('CurrencyCode', 'a three-letter ISO 4217 code such as USD'),
};
