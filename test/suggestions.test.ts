/** Suggestions of names in the schema appear only where introspection is on. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutSuggestion } from '../src/graphql/suggestions.ts';
import { input } from './create-input.ts';
import { gateway, type TestGateway } from './kit.ts';

let off: TestGateway;
let on: TestGateway;
beforeAll(async () => {
  off = await gateway({ INTROSPECTION: 'off' });
  on = await gateway({ INTROSPECTION: 'on' });
});
afterAll(async () => {
  await off[Symbol.asyncDispose]();
  await on[Symbol.asyncDispose]();
});

const create =
  'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { userErrors { message } } }';
const list = 'query ($filter: OpportunityFilter) { opportunities(filter: $filter) { nodes { id } } }';

/** Mistakes for which graphql-js suggests better names, with its message without them. */
const mistakes: [string, string, object, string][] = [
  ['a field', '{ opportunitie(id: "O1") { id } }', {}, 'Cannot query field "opportunitie" on type "Query".'],
  [
    'a field of a type below an interface',
    '{ node(id: "O1") { lifeCycle { stage } } }',
    {},
    'Cannot query field "lifeCycle" on type "Node".',
  ],
  [
    'an argument',
    '{ opportunity(ids: "O1", id: "O1") { id } }',
    {},
    'Unknown argument "ids" on field "Query.opportunity".',
  ],
  [
    'an argument of a directive',
    '{ __typename @skip(iff: true, if: false) }',
    {},
    'Unknown argument "iff" on directive "@skip".',
  ],
  ['a type', 'query ($a: Strin) { __typename }', {}, 'Unknown type "Strin".'],
  ['a type of a fragment', '{ ... on Quer { __typename } }', {}, 'Unknown type "Quer".'],
  [
    'a field of an input in a literal',
    '{ opportunities(filter: { stage: [PROSPECT] }) { nodes { id } } }',
    {},
    'Field "stage" is not defined by type "OpportunityFilter".',
  ],
  [
    'an enum value in a literal',
    '{ opportunities(filter: { stages: [PROSPEC] }) { nodes { id } } }',
    {},
    'Value "PROSPEC" does not exist in "Stage" enum.',
  ],
  [
    'a string for an enum value in a literal',
    '{ opportunities(filter: { stages: ["PROSPECT"] }) { nodes { id } } }',
    {},
    'Enum "Stage" cannot represent non-enum value: "PROSPECT".',
  ],
  [
    'a field of a variable',
    list,
    { filter: { stage: ['PROSPECT'] } },
    'Field "stage" is not defined by type "OpportunityFilter".',
  ],
  [
    'an enum value of a variable',
    list,
    { filter: { stages: ['PROSPEC'] } },
    'Value "PROSPEC" does not exist in "Stage" enum.',
  ],
  [
    'a field deep in a variable',
    create,
    { input: { ...input, customer: { account: { companyNam: 'x' } } } },
    'Field "companyNam" is not defined by type "AccountInput".',
  ],
  [
    'a value in a list of a variable',
    create,
    { input: { ...input, primaryNeedsFromAws: ['CO_SELL_DEAL_SUPPOR'] } },
    'Value "CO_SELL_DEAL_SUPPOR" does not exist in "PrimaryNeedFromAws" enum.',
  ],
];

const messages = async (gw: TestGateway, query: string, variables: object) =>
  (await gw.query(query, variables)).errors?.map(({ message }) => message) ?? [];

describe('a mistake', () => {
  test.each(mistakes)(
    '%s that does not exist suggests another only while introspection is on',
    async (_, query, variables, expected) => {
      expect((await messages(on, query, variables)).join('\n')).toContain('Did you mean');
      const answer = await off.query(query, variables);
      const [message = ''] = answer.errors?.map(({ message }) => message) ?? [];
      expect(message.endsWith(expected), message).toBe(true);
      expect(JSON.stringify(answer)).not.toContain('Did you mean');
    },
  );

  test('introspection that is off by NODE_ENV takes the suggestions with it', async () => {
    await using gw = await gateway({ NODE_ENV: 'production' });
    for (const [, query, variables] of mistakes)
      expect((await messages(gw, query, variables)).join('\n')).not.toContain('Did you mean');
  });

  test('a document that is full of suggestions itself is answered at once', async () => {
    const text = ' Did you mean '.repeat(60_000);
    const query = `{ opportunities(filter: { stages: ["${text}"] }) { nodes { id } } }`;
    expect((await off.query(query)).status).toBe(400);
  });
});

test('only a suggestion at the end of a message is removed', () => {
  expect(withoutSuggestion('Unknown type "A". Did you mean "B" or "C"?')).toBe('Unknown type "A".');
  expect(withoutSuggestion('Got "x Did you mean y?", expected z. Did you mean "B"?')).toBe(
    'Got "x Did you mean y?", expected z.',
  );
  expect(withoutSuggestion('Got " Did you mean y", expected z.')).toBe('Got " Did you mean y", expected z.');
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string(), { minLength: 1 }), (message, names) => {
      fc.pre(!names.some((name) => name.includes(' Did you mean ')));
      expect(withoutSuggestion(`${message}. Did you mean ${names.join(', ')}?`)).toBe(`${message}.`);
    }),
  );
});
