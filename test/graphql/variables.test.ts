import fc from 'fast-check';
import { buildSchema, getVariableValues, type OperationDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { coercedVariables } from '../../src/graphql/variables.ts';

const schema = buildSchema(
  'type Query { field(count: Int): String } input In { id: ID! } enum Color { RED }',
);
const [operation] = parse(
  'query ($id: ID!, $text: String, $count: Int! = 1, $flag: Boolean, $many: [ID!], $in: In, $color: Color) { field }',
).definitions as [OperationDefinitionNode];

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined, 2 ** 31, 2 ** 31 - 1, -0, 'RED', {}, []),
  fc.array(fc.string(), { maxLength: 2 }),
  fc.record({ id: fc.string() }),
);
const names = ['id', 'text', 'count', 'flag', 'many', 'in', 'color'];

/** Every subset of the variables, so that each is given or missing. */
const variables = fc.dictionary(fc.constantFrom(...names, 'other'), value);

test.each([
  ['one variable', 'query ($id: ID!) { field }'],
  ['plain variables', 'query ($id: ID!, $text: String, $count: Int!, $flag: Boolean) { field }'],
  ['defaults', 'query ($text: String = "none", $count: Int! = 1) { field }'],
])('%s of any value are coerced as graphql-js does', (_what, text) => {
  const [one] = parse(text).definitions as [OperationDefinitionNode];
  const check = (given: Record<string, unknown>, asked: OperationDefinitionNode) => {
    const { coerced, errors } = coercedVariables(schema, asked, given);
    const expected = getVariableValues(schema, asked.variableDefinitions ?? [], given, { maxErrors: 5 });
    expect(coerced).toEqual(expected.coerced);
    expect(errors?.map(String)).toEqual(expected.errors?.map(String));
  };
  fc.assert(
    fc.property(variables, (given) => {
      check(given, one);
      check({ ...given }, operation);
    }),
  );
});
