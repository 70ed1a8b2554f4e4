import { describe, expect, test } from 'vitest';
import { type Answer, gateway } from './kit.ts';
import { tokens } from './tokens.ts';

const production = { NODE_ENV: 'production' };
const sdl = '{ _service { sdl } }';
const refused = ({ status, errors }: Answer) => [status, errors?.map(({ message }) => message)];

describe('introspection', () => {
  test.each([
    ['__schema', '{ __schema { types { name fields { name } } } }'],
    ['__type', '{ __type(name: "Query") { name } }'],
  ])(
    'introspection by %s is refused in production, once and with the name of the setting',
    async (field, query) => {
      await using gw = await gateway(production);
      const answer = await gw.query(query);
      expect(refused(answer)).toEqual([
        400,
        [`"${field}" cannot be queried: introspection is off on this gateway (INTROSPECTION).`],
      ]);
      expect(answer.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    },
  );

  test('introspection and suggestions follow INTROSPECTION, in production and outside of it', async () => {
    const typo = '{ opportunitie(id: "O5000001") { id } }';
    await using on = await gateway({ ...production, INTROSPECTION: 'on' });
    expect((await on.query('{ __schema { queryType { name } } }')).data).toMatchObject({
      __schema: { queryType: { name: 'Query' } },
    });
    expect((await on.query(typo)).errors?.[0]?.message).toContain('Did you mean');
    await using off = await gateway({ INTROSPECTION: 'off' });
    expect((await off.query('{ __schema { queryType { name } } }')).status).toBe(400);
    expect((await off.query(typo)).errors?.[0]?.message).not.toContain('Did you mean');
    await using development = await gateway();
    expect((await development.query('{ __schema { queryType { name } } }')).status).toBe(200);
  });
});

describe('the SDL of the subgraph', () => {
  const secret = 'a-secret-that-is-long-enough-for-this';

  /** Settings for tokens and for a router. */
  async function authenticated() {
    const { env, bearer } = await tokens();
    return { env: { ...env, ROUTER_SECRET: secret }, bearer };
  }

  test('the SDL is for the router and for tokens with a scope of its own while introspection is off', async () => {
    const { env, bearer } = await authenticated();
    await using gw = await gateway({ ...env, ...production });
    const readers = await bearer('opportunities:read opportunities:write');
    for (const query of [sdl, '{ ...F } fragment F on Query { a: _service { sdl } }']) {
      const answer = await gw.query(query, {}, readers);
      expect(refused(answer)).toEqual([
        403,
        [
          '"_service" requires the router\'s secret or the scope "schema:read": introspection is off on this gateway (INTROSPECTION).',
        ],
      ]);
      expect(answer.headers.get('www-authenticate')).toContain('scope="schema:read"');
    }
    expect((await gw.query(sdl, {}, { 'x-router-secret': secret })).data._service.sdl).toContain(
      'type Query',
    );
    const allowed = await bearer('opportunities:read schema:read');
    expect((await gw.query(sdl, {}, allowed)).data._service.sdl).toContain('type Query');
    const named = '{ opportunities(filter: { customerCompanyNames: ["_service"] }) { nodes { id } } }';
    expect((await gw.query(named, {}, readers)).errors).toBeUndefined();
  });

  test('the SDL is for every caller that may read while introspection is on, or without authentication', async () => {
    const { env, bearer } = await authenticated();
    await using on = await gateway({ ...env, ...production, INTROSPECTION: 'on' });
    expect((await on.query(sdl, {}, await bearer('opportunities:read'))).errors).toBeUndefined();
    await using open = await gateway(production);
    expect((await open.query(sdl)).errors).toBeUndefined();
  });
});
