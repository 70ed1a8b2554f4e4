import { describe, expect, test } from 'vitest';
import { gateway } from './kit.ts';
import { raw } from './raw.ts';

const json = { 'content-type': 'application/json' };
const small = JSON.stringify({ query: '{ __typename }' });
const large = JSON.stringify({ query: '{ opportunities(first: 50) { nodes { id lifeCycle { stage } } } }' });

describe('a page in a browser', () => {
  const get = (url: string, headers: Record<string, string>) =>
    raw(`${url}/graphql?query=${encodeURIComponent('{ __typename }')}`, 'GET', headers);

  test('a browser page cannot send a GET without a preflight', async () => {
    await using gw = await gateway();
    for (const browser of [{ 'sec-fetch-site': 'cross-site' }, { 'user-agent': 'Mozilla/5.0 (X11)' }]) {
      expect((await get(gw.url, browser)).status).toBe(400);
      expect((await get(gw.url, { ...browser, 'apollo-require-preflight': '1' })).status).toBe(200);
    }
    expect((await get(gw.url, { 'user-agent': 'curl/8' })).status).toBe(200);
  });

  test('a browser page cannot send a form', async () => {
    await using gw = await gateway();
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const headers = { 'content-type': type, 'sec-fetch-site': 'cross-site' };
      const { status } = await raw(`${gw.url}/graphql`, 'POST', headers, small);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  });

  test('a browser page may call from a listed origin and read the cost, and not from other origins', async () => {
    await using gw = await gateway({ CORS_ORIGINS: 'https://crm.example.com, http://localhost:5173' });
    const preflight = (origin: string) =>
      raw(`${gw.url}/graphql`, 'OPTIONS', {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      });
    const ours = await preflight('https://crm.example.com');
    expect(ours.status).toBe(204);
    expect(ours.headers).toMatchObject({
      'access-control-allow-origin': 'https://crm.example.com',
      'access-control-max-age': '3600',
    });
    expect(ours.headers['access-control-allow-headers']).toContain('authorization');
    expect(ours.headers['access-control-allow-credentials']).toBeUndefined();
    expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
    const answer = await raw(
      `${gw.url}/graphql`,
      'POST',
      { ...json, origin: 'http://localhost:5173' },
      small,
    );
    expect(answer.headers['access-control-allow-origin']).toBe('http://localhost:5173');
    expect(answer.headers['access-control-expose-headers']).toContain('x-upstream-calls');
  });

  test('a browser page of a listed origin may send the headers of this gateway, of GraphQL clients and of tracing', async () => {
    const origin = 'https://crm.example.com';
    await using gw = await gateway({ CORS_ORIGINS: origin, NODE_ENV: 'production' });
    const names = [
      'authorization, content-type, cache-control, idempotency-key, x-request-id, x-upstream-dry-run',
      'apollo-require-preflight, x-apollo-operation-name, x-apollo-operation-id',
      'apollographql-client-name, apollographql-client-version, graphql-client-name, graphql-client-version',
      'traceparent, tracestate, baggage',
    ].join(', ');
    const asked = { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': names };
    const { status, headers } = await raw(`${gw.url}/graphql`, 'OPTIONS', asked);
    expect([status, headers['access-control-allow-methods']]).toEqual([204, 'GET, POST, OPTIONS']);
    const allowed = `${headers['access-control-allow-headers']}`.split(', ');
    expect(names.split(', ').filter((name) => !allowed.includes(name))).toEqual([]);
  });

  /** The CORS headers of a response to a page. */
  const corsHeaders = async (url: string, origin: string) => {
    const { headers } = await raw(`${url}/graphql`, 'POST', { ...json, origin }, small);
    return Object.keys(headers).filter((name) => name.startsWith('access-control'));
  };

  test('responses to an origin that is not listed have no CORS headers', async () => {
    await using gw = await gateway();
    for (const origin of [
      'https://a.example',
      'http://localhost.a.example',
      'http://a.example:3000',
      'http://127.0.0.1.a.example',
      'null',
    ])
      expect(await corsHeaders(gw.url, origin), origin).toEqual([]);
  });

  test.each(['http://localhost:3000', 'http://127.0.0.1:5173', 'http://[::1]:8080', 'https://localhost'])(
    'a browser page of %s may call a gateway on loopback outside production',
    async (origin) => {
      await using gw = await gateway();
      const asked = { origin, 'access-control-request-method': 'POST' };
      const preflight = await raw(`${gw.url}/graphql`, 'OPTIONS', asked);
      expect(preflight.headers['access-control-allow-origin']).toBe(origin);
      const answer = await raw(`${gw.url}/graphql`, 'POST', { ...json, origin }, small);
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, origin]);
      const open = { HOST: '0.0.0.0', AUTH_ALLOW_ANONYMOUS: 'true', ALLOWED_HOSTS: '127.0.0.1' };
      for (const env of [{ NODE_ENV: 'production' }, open]) {
        await using other = await gateway(env as Record<string, string>);
        expect(await corsHeaders(other.url.replace('0.0.0.0', '127.0.0.1'), origin)).toEqual([]);
      }
    },
  );
});

describe('a response of /graphql', () => {
  test('no cache may store any response of /graphql', async () => {
    await using gw = await gateway({ CORS_ORIGINS: 'https://crm.example.com' });
    const url = `${gw.url}/graphql`;
    const get = (query: string) => `${url}?query=${encodeURIComponent(query)}`;
    const hash = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
    for (const [name, response] of Object.entries({
      data: await raw(get('{ opportunities(first: 1) { nodes { id } } }'), 'GET'),
      'a compressed response': await raw(url, 'POST', { ...json, 'accept-encoding': 'br' }, large),
      'a response to a page': await raw(url, 'POST', { ...json, origin: 'https://crm.example.com' }, small),
      'an invalid document': await raw(get('{ nothing }'), 'GET'),
      'an unknown hash': await raw(`${url}?extensions=${encodeURIComponent(JSON.stringify(hash))}`, 'GET'),
      'a mutation by GET': await raw(get('mutation { __typename }'), 'GET'),
      'a body that is not JSON': await raw(url, 'POST', json, '{'),
      'another method': await raw(url, 'DELETE'),
      'a foreign host name': await raw(url, 'POST', { ...json, host: 'a.example' }, small),
      GraphiQL: await raw(url, 'GET', { accept: 'text/html' }),
    })) {
      expect(response.headers['cache-control'], name).toBe('private, no-store');
      expect(`${response.headers.vary}`.toLowerCase().split(', '), name).toContain('accept');
      if (response.headers['content-encoding']) expect(response.headers.vary).toContain('accept-encoding');
      if (response.headers['access-control-allow-origin']) expect(response.headers.vary).toContain('Origin');
    }
  });
});
