/** Mistakes in a request are answered as the caller's own: with a 4xx and a code, and without an internal error in the log. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Answer, gateway, type TestGateway } from './kit.ts';
import { post } from './program.ts';

const query = '{ __typename }';
const sha256Hash = createHash('sha256').update(query).digest('hex');
const persisted = (persistedQuery: unknown) => ({ extensions: { persistedQuery } });
const entities = 'query ($refs: [_Any!]!) { _entities(representations: $refs) { __typename } }';
const ids = 'query ($ids: [ID!]!) { opportunities(filter: { ids: $ids }) { nodes { id } } }';

async function answerTo(gw: TestGateway, body: object, headers: Record<string, string> = {}) {
  const response = await post(`${gw.url}/graphql`, body, headers);
  const { errors = [] } = (await response.json()) as Answer;
  const codes = [...new Set(errors.map(({ extensions }) => extensions.code))];
  return { status: response.status, codes, message: errors.at(-1)?.message };
}

/** No line about a bug, and none of the codes in the log is that of one. */
function expectNoBugIn({ logged }: TestGateway) {
  expect(
    logged.filter((line) => /internal error|unexpected error|INTERNAL_SERVER_ERROR/i.test(line)),
  ).toEqual([]);
}

describe('a mistake in a request', () => {
  test.each<[string, object, string, string | RegExp]>([
    [
      'a hash that is not that of the query',
      { query, ...persisted({ version: 1, sha256Hash: 'a'.repeat(64) }) },
      'BAD_REQUEST',
      /sha256Hash` is not the SHA-256 hash of `query`/,
    ],
    [
      'another version of persisted queries',
      { query, ...persisted({ version: 2, sha256Hash }) },
      'BAD_REQUEST',
      '`extensions.persistedQuery.version` must be 1.',
    ],
    [
      'a persisted query that is not an object',
      persisted('x'),
      'BAD_REQUEST',
      '`extensions.persistedQuery.version` must be 1.',
    ],
    [
      'a persisted query without a hash',
      persisted({ version: 1 }),
      'BAD_REQUEST',
      '`extensions.persistedQuery.sha256Hash` must be a string.',
    ],
    [
      'a hash that cannot be converted to a string',
      persisted({ version: 1, sha256Hash: { toString: 1 } }),
      'BAD_REQUEST',
      '`extensions.persistedQuery.sha256Hash` must be a string.',
    ],
    ['extensions that are a list', { query, extensions: [] }, 'BAD_REQUEST', /`extensions`.*object/],
    [
      'more invalid values in a variable than are reported',
      { query: ids, variables: { ids: Array(60).fill({}) } },
      'BAD_USER_INPUT',
      /^Too many errors/,
    ],
  ])('%s is a 400 with a code, and is not logged as a bug', async (_, body, code, message) => {
    await using gw = await gateway();
    const answer = await answerTo(gw, body);
    expect(answer).toEqual({ status: 400, codes: [code], message: expect.stringMatching(message) });
    expectNoBugIn(gw);
  });

  test.each([
    ['a deeply nested list', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['an object that cannot be converted to a string', '{"toString":1}'],
  ])(
    '%s as the type of an entity is an error at its position, and its siblings are returned',
    async (_, type) => {
      await using gw = await gateway();
      const refs = `[{"__typename":"Opportunity","id":"O5000001"},{"__typename":${type}}]`;
      const response = await fetch(`${gw.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"query":${JSON.stringify(entities)},"variables":{"refs":${refs}}}`,
      });
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        data: { _entities: [{ __typename: 'Opportunity' }, null] },
        errors: [
          {
            message: expect.stringContaining('got no __typename'),
            path: ['_entities', 1],
            extensions: { code: 'BAD_USER_INPUT' },
          },
        ],
      });
      expectNoBugIn(gw);
    },
  );

  test('null for an argument or a directive that requires a value is logged as bad input', async () => {
    await using gw = await gateway();
    for (const operation of [
      'query ($n: Int) { opportunities(first: $n) { nodes { id } } }',
      'query ($n: Boolean = true) { __typename @include(if: $n) }',
    ])
      expect((await gw.query(operation, { n: null })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expectNoBugIn(gw);
  });

  test('a mutation over GET is a 405 with a code of its own', async () => {
    await using gw = await gateway();
    const url = `${gw.url}/graphql?query=${encodeURIComponent('mutation { __typename }')}`;
    const response = await fetch(url);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'METHOD_NOT_ALLOWED' } }] });
  });
});
