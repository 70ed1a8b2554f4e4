/** Every field of the roots, asked for with a token that has all scopes but one of those that the field requires. */
import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { expect, test } from 'vitest';
import { scopes } from '../src/graphql/access.ts';
import { directiveOf } from '../src/graphql/directives.ts';
import { gateway } from './kit.ts';
import { gatewaySchema } from './schema.ts';
import { tokens } from './tokens.ts';

const samples: Record<string, unknown> = {
  Boolean: true,
  Date: '2031-01-31',
  DateTime: '2031-01-31T00:00:00Z',
  Decimal: '1',
  Int: 1,
};

/** A valid value of a type, with no more than it requires. */
function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return [sampleOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return samples[type.name] ?? 'O5000002';
  const fields = Object.values(type.getFields());
  const given = type.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
  return Object.fromEntries(given.map((field) => [field.name, sampleOf(field.type)]));
}

const required = (element: Parameters<typeof directiveOf>[0]): string[] =>
  ((directiveOf(element, 'requiresScopes')?.scopes ?? []) as string[][])[0] ?? [];

const schema = gatewaySchema();
const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => type ?? []);
const cases = roots.flatMap((root) =>
  Object.values(root.getFields() as Record<string, GraphQLField<unknown, unknown>>).flatMap((field) =>
    required(field).map(
      (scope) => [`${root.name}.${field.name}`, scope, root.name.toLowerCase(), field] as const,
    ),
  ),
);

test('all fields of the roots require a scope, but those that are judged by the types they return', () => {
  const scoped = new Set<string>(cases.map(([name]) => name));
  const names = roots.flatMap((root) =>
    Object.keys(root.getFields()).map((field) => `${root.name}.${field}`),
  );
  expect(names.filter((name) => !scoped.has(name))).toEqual([
    'Query.node',
    'Query.nodes',
    'Query._entities',
    'Query._service',
  ]);
});

test('a field is refused before a call if the token lacks one scope that it requires', async () => {
  const { env, bearer } = await tokens();
  await using gw = await gateway(env);
  const outcomes: Record<string, unknown> = {};
  for (const [name, scope, kind, { name: field, args, type }] of cases) {
    const given = args.filter((arg) => isNonNullType(arg.type));
    const declared = given.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
    const passed = given.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
    const selection = isLeafType(getNamedType(type)) ? '' : '{ __typename }';
    const query = `${kind} ${declared && `(${declared})`} { ${field} ${passed && `(${passed})`} ${selection} }`;
    const variables = Object.fromEntries(given.map((arg) => [arg.name, sampleOf(arg.type)]));
    const others = Object.values(scopes).filter((one) => one !== scope);
    const { status, errors, calls } = await gw.query(query, variables, await bearer(others.join(' ')));
    const isRefused = errors?.[0]?.message.includes(`requires the scope "${scope}"`);
    if (status !== 403 || !isRefused || Object.keys(calls).length > 0)
      outcomes[`${name} without ${scope}`] = { status, calls, message: errors?.[0]?.message };
  }
  expect(outcomes).toEqual({});
});
