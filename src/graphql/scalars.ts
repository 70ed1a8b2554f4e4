import { GraphQLError, type GraphQLScalarType, Kind } from 'graphql';
import { isDay, parseInstant } from '../domain/instants.ts';

type Conversions = Pick<GraphQLScalarType, 'serialize' | 'parseValue' | 'parseLiteral'>;

/** A scalar that is a text of a certain form, in and out. What AWS sends goes out as it is. */
function stringScalar(name: string, isValid: (text: string) => boolean, wanted: string): Conversions {
  const refuse = (got: unknown) =>
    new GraphQLError(`${name}: got ${JSON.stringify(got)}, wanted ${wanted}`, {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && isValid(value)) return value;
    throw refuse(value);
  };
  return {
    serialize: (value) => value,
    parseValue: parse,
    parseLiteral: (node) => {
      if (node.kind === Kind.STRING) return parse(node.value);
      throw refuse('value' in node ? node.value : node.kind);
    },
  };
}

/** How each scalar of the schema is read and written. */
export const scalars: Record<string, Conversions> = {
  DateTime: stringScalar(
    'DateTime',
    (text) => parseInstant(text) !== null,
    'RFC 3339 text with an offset, such as "2026-02-04T05:18:25.803Z"',
  ),
  Date: stringScalar('Date', isDay, 'a day such as "2026-02-04"'),
  Decimal: stringScalar(
    'Decimal',
    (text) => /^-?\d+(\.\d*)?$/.test(text),
    'a decimal number as text, such as "1250.50"',
  ),
};
