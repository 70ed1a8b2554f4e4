import {
  GraphQLEnumType,
  GraphQLError,
  type GraphQLScalarType,
  Kind,
  type Token,
  TokenKind,
  type ValueNode,
} from 'graphql';
import { plainDecimal } from '../domain/decimals.ts';
import { inUtc, isDay } from '../domain/instants.ts';

type Conversions = Partial<Pick<GraphQLScalarType, 'serialize' | 'parseValue' | 'parseLiteral'>>;

/** Longer strings are not looked at: no instant, day or amount of AWS has as many characters. */
const maxLength = 100;

/** The token before another, comments aside. */
function tokenBefore(token: Token): Token | null {
  let before = token.prev;
  while (before?.kind === TokenKind.COMMENT) before = before.prev;
  return before;
}

/** The bracket that opens whatever a token is within. */
function openingBefore(token: Token): Token | null {
  let closed = 0;
  for (let at = tokenBefore(token); at; at = tokenBefore(at)) {
    if (')]}'.includes(at.kind)) closed += 1;
    else if ('([{'.includes(at.kind) && closed-- === 0) return at;
  }
  return null;
}

/** The argument and the fields within it that a literal is the value of: `filter.createdDate.after`. */
function fieldOf({ loc }: ValueNode): string {
  const names: string[] = [];
  for (let at = loc?.startToken ?? null; at && at.kind !== TokenKind.PAREN_L; at = openingBefore(at)) {
    const colon = tokenBefore(at);
    const name = colon?.kind === TokenKind.COLON && tokenBefore(colon)?.value;
    if (name) names.unshift(name);
  }
  return names.join('.');
}

function refusal(name: string, got: unknown, expected: string): GraphQLError {
  const shown = JSON.stringify(got)?.slice(0, maxLength);
  const extensions = { code: 'BAD_USER_INPUT' };
  return new GraphQLError(`${name}: got ${shown}, expected ${expected}`, { extensions });
}

/**
 * A scalar that is a string of a certain form. What AWS sends goes out as `write` says, by default as it is.
 *
 * @param read the value that a string means; null if it has another form
 */
function stringScalar(
  name: string,
  read: (text: string) => string | null,
  expected: string,
  write: (value: unknown) => unknown = (value) => value,
): Conversions {
  const parse = (value: unknown, field = name): string => {
    const meant = typeof value === 'string' && value.length <= maxLength ? read(value) : null;
    if (meant === null) throw refusal(field, value, expected);
    return meant;
  };
  return {
    serialize: write,
    parseValue: (value) => parse(value),
    // graphql-js names the field of a variable's value, but not that of a value in the document.
    parseLiteral: (node) => {
      const field = fieldOf(node) || name;
      if (node.kind === Kind.STRING) return parse(node.value, field);
      throw refusal(field, 'value' in node ? node.value : node.kind, expected);
    },
  };
}

/**
 * An enum of codes: graphql-js would suggest whichever codes differ by a letter, such as `CK`, `DK` and `FK` for `UK`.
 *
 * @param others codes in common use that are not of the enum, and those that are meant
 */
function codes(name: string, expected: string, others: Readonly<Record<string, string>> = {}): Conversions {
  const refuse = (type: GraphQLEnumType, field: string, code: string) => {
    const meant = type.getValue(others[code.toUpperCase()] ?? code.toUpperCase());
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
        throw refuse(this, fieldOf(node) || name, node.value);
      return parseLiteral.call(this, node, ...rest);
    },
  };
}

/** A number of AWS, which may be a string, a number, or the digits of a number that JavaScript cannot hold. */
function writeDecimal(value: unknown): unknown {
  if (typeof value === 'string') return plainDecimal(value);
  return typeof value === 'number' || JSON.isRawJSON(value) ? plainDecimal(JSON.stringify(value)) : value;
}

/** How each scalar of the schema is read and written, and how enums of codes are read. */
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
  CountryCode: codes('CountryCode', 'a two-letter ISO 3166 code such as GB', { UK: 'GB', EL: 'GR' }),
  CurrencyCode: codes('CurrencyCode', 'a three-letter ISO 4217 code such as USD'),
};
