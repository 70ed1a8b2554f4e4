/** Arbitrary inputs and operations, generated from the schema. */
import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { gatewaySchema } from './schema.ts';

export const schema = gatewaySchema();

/** Values of no type in particular, and strings that break naive code. */
const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    1.5,
    true,
    [],
    {},
    '__proto__',
    'null',
    '\u0000',
    '\ud800',
    '<script>',
    '🚀'.repeat(300),
  ),
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.json().map((text) => JSON.parse(text) as unknown),
);
const scalar: Record<string, fc.Arbitrary<unknown>> = {
  Date: fc.constantFrom('2031-01-01', '2020-01-01', '2031-02-30', 'soon'),
  DateTime: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.123456789+01:00', 'now'),
  Decimal: fc.constantFrom('1', '0', '12.345', '-1', '1e9', '99999999999999999999999999999999999'),
  ID: fc.constantFrom('O5000001', 'O5000002', 'O404', 'x', ''),
};

/** Mostly valid values of a type; about two values in `outOf` are junk or null. */
export function anyOf(type: GraphQLInputType, depth = 0, outOf = 26): fc.Arbitrary<unknown> {
  const bare = isNonNullType(type) ? type.ofType : type;
  const named = getNamedType(bare);
  const proper = isListType(bare)
    ? fc.array(anyOf(bare.ofType, depth + 1, outOf), { maxLength: 3 })
    : isEnumType(named)
      ? fc.constantFrom(...named.getValues().map(({ name }) => name))
      : isInputObjectType(named)
        ? fc.record(
            Object.fromEntries(
              Object.values(named.getFields()).map((field) => [
                field.name,
                anyOf(field.type, depth + 1, outOf),
              ]),
            ),
            {
              requiredKeys: Object.values(named.getFields())
                .filter(({ type: inner }) => isNonNullType(inner))
                .map(({ name }) => name),
            },
          )
        : (scalar[named.name] ?? fc.string({ maxLength: 300 }));
  return fc.oneof(
    { weight: outOf - 2, arbitrary: proper },
    { weight: 1, arbitrary: junk },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

export type Operation = { query: string; variables: Record<string, unknown> };
type Part = { text: string; variables: { type: string; value: unknown }[] };

const directive = fc.oneof(
  { weight: 12, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(' @include(if: true)', ' @skip(if: false)', ' @skip(if: true)', ' @nothing'),
  },
);
const alias = fc.oneof(
  { weight: 5, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z]{1,4}$/).map((name) => `${name}: `) },
);

/** A field with its selection, and some arguments as variables. `operations` numbers the placeholders `$?` and `$#`. */
function fieldOf(field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<Part> {
  const given = fc.tuple(
    ...field.args.map((arg) =>
      fc.oneof(
        { weight: isNonNullType(arg.type) ? 0 : 1, arbitrary: fc.constant(undefined) },
        {
          weight: 3,
          arbitrary: anyOf(arg.type, 0, 500).map((value) => ({
            name: arg.name,
            type: String(arg.type),
            value,
          })),
        },
      ),
    ),
  );
  const named = getNamedType(field.type);
  const below = isCompositeType(named)
    ? selectionOf(named, depth + 1)
    : fc.constant({ text: '', variables: [] });
  return fc.tuple(alias, given, directive, below).map(([name, args, mark, inner]) => {
    const own = args.filter((arg) => arg !== undefined);
    // Fields with the same response name and different arguments cannot be merged, so each gets its own alias.
    const list = own.length > 0 ? `(${own.map((arg) => `${arg.name}: $?`).join(', ')})` : '';
    return {
      text: `${own.length > 0 ? 'a$#: ' : name}${field.name}${list}${mark}${inner.text}`,
      variables: [...own, ...inner.variables],
    };
  });
}

/** Some fields of a type; for an interface or a union, those of one of its types. */
function selectionOf(type: Parameters<typeof isCompositeType>[0], depth: number): fc.Arbitrary<Part> {
  const types = isInterfaceType(type) || isUnionType(type) ? schema.getPossibleTypes(type) : [];
  if (types.length > 0)
    return fc.constantFrom(...types).chain((one) =>
      selectionOf(one, depth).map(({ text, variables }) => ({
        text: ` { __typename ... on ${one.name}${text} }`,
        variables,
      })),
    );
  if (!isObjectType(type)) return fc.constant({ text: ' { __typename }', variables: [] });
  const fields = Object.values(type.getFields()).filter(
    (field) => depth < 5 || !isCompositeType(getNamedType(field.type)),
  );
  if (fields.length === 0) return fc.constant({ text: ' { __typename }', variables: [] });
  return fc
    .array(
      fc.constantFrom(...fields).chain((field) => fieldOf(field, depth)),
      { minLength: 1, maxLength: depth < 2 ? 3 : 5 },
    )
    .map((parts) => ({
      text: ` { ${parts.map(({ text }) => text).join(' ')} }`,
      variables: parts.flatMap(({ variables }) => variables),
    }));
}

/** Any operation of the schema: almost always a valid document, with arbitrary variables. */
export function operations(kind: 'query' | 'mutation'): fc.Arbitrary<Operation> {
  const root = (kind === 'query' ? schema.getQueryType() : schema.getMutationType()) as GraphQLObjectType;
  return selectionOf(root, 0).map(({ text, variables }) => {
    let next = 0;
    let named = 0;
    const body = text.replaceAll('$?', () => `$v${next++}`).replaceAll('$#', () => String(named++));
    const head = variables.map(({ type }, index) => `$v${index}: ${type}`).join(', ');
    return {
      query: `${kind} Random${head ? `(${head})` : ''}${body}`,
      variables: Object.fromEntries(variables.map(({ value }, index) => [`v${index}`, value])),
    };
  });
}
