import { createHash } from 'node:crypto';
import { request } from 'node:http';
import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  gunzipSync,
  gzipSync,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Data, gateway } from './kit.ts';

type Raw = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };

/** Sends a request with exactly these headers: `fetch` adds its own, and decompresses the response. */
function raw(url: string, method: string, headers: Record<string, string> = {}, body = ''): Promise<Raw> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, async (response) =>
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Buffer.concat(await response.toArray()),
      }),
    )
      .once('error', reject)
      .end(body);
  });
}

const json = { 'content-type': 'application/json' };
const small = JSON.stringify({ query: '{ __typename }' });
const large = JSON.stringify({ query: '{ opportunities(first: 50) { nodes { id lifeCycle { stage } } } }' });
const invalid = JSON.stringify({ query: '{ nothing }' });

describe('methods', () => {
  test('a method that /graphql does not support is a 405 that lists the supported ones', async () => {
    await using gw = await gateway();
    for (const method of ['PUT', 'PATCH', 'DELETE', 'HEAD']) {
      const { status, headers, body } = await raw(`${gw.url}/graphql`, method);
      expect([status, headers.allow]).toEqual([405, 'GET, POST, OPTIONS']);
      if (method !== 'HEAD')
        expect(JSON.parse(`${body}`).errors[0].extensions.code).toBe('METHOD_NOT_ALLOWED');
    }
    const options = await raw(`${gw.url}/graphql`, 'OPTIONS');
    expect([options.status, options.headers.allow]).toEqual([204, 'GET, POST, OPTIONS']);
  });
});

describe('a document that cannot be executed', () => {
  const status = async (url: string, accept?: string) =>
    (await raw(`${url}/graphql`, 'POST', { ...json, ...(accept && { accept }) }, invalid)).status;

  test('an invalid document is a 400, except for clients that accept only application/json', async () => {
    await using gw = await gateway();
    expect(await status(gw.url)).toBe(400);
    expect(await status(gw.url, '*/*')).toBe(400);
    expect(await status(gw.url, 'application/graphql-response+json')).toBe(400);
    expect(await status(gw.url, 'application/graphql-response+json, application/json;q=0.9')).toBe(400);
    expect(await status(gw.url, 'application/json')).toBe(200);
    expect(await status(gw.url, 'image/png')).toBe(406);
  });
});

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

  test('responses have no CORS headers if no origin is listed', async () => {
    await using gw = await gateway();
    const { headers } = await raw(
      `${gw.url}/graphql`,
      'POST',
      { ...json, origin: 'https://a.example' },
      small,
    );
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('an answer', () => {
  const asking = (url: string, encoding: string, body = large) =>
    raw(`${url}/graphql`, 'POST', { ...json, 'accept-encoding': encoding }, body);

  test.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['zstd', 'zstd'],
    ['*', 'gzip'],
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip, deflate, br', 'br'],
    ['gzip, zstd;q=0', 'gzip'],
    ['deflate', undefined],
    ['identity', undefined],
    ['compress', undefined],
  ])('a client that accepts "%s" gets the encoding %s', async (accepted, encoding) => {
    await using gw = await gateway();
    expect((await asking(gw.url, accepted)).headers['content-encoding']).toBe(encoding);
    expect((await asking(gw.url, accepted, small)).headers['content-encoding']).toBeUndefined();
  });

  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
  const zstd = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
  test.each([
    ['br', brotliDecompressSync, (plain: Buffer) => brotliCompressSync(plain, brotli)],
    ['gzip', gunzipSync, (plain: Buffer) => gzipSync(plain, { level: 1 })],
    ['zstd', zstdDecompressSync, (plain: Buffer) => zstdCompressSync(plain, zstd)],
  ])('a response is compressed with %s at its lowest quality', async (encoding, unpack, pack) => {
    await using gw = await gateway();
    const { headers, body } = await asking(gw.url, encoding);
    expect(headers.vary).toContain('accept-encoding');
    const plain = unpack(body);
    expect(JSON.parse(`${plain}`).data.opportunities.nodes).toHaveLength(50);
    expect(body.equals(pack(plain))).toBe(true);
  });
});

describe('automatic persisted queries', () => {
  const query = '{ picklists { apnPrograms { value } } }';
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const send = async (url: string, body: object): Promise<Data> =>
    (await fetch(`${url}/graphql`, { method: 'POST', headers: json, body: JSON.stringify(body) })).json();

  test('automatic persisted queries are registered, and can then be sent over GET', async () => {
    await using gw = await gateway();
    expect(await send(gw.url, { extensions })).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    expect((await send(gw.url, { query, extensions })).errors).toBeUndefined();
    const search = `extensions=${encodeURIComponent(JSON.stringify(extensions))}`;
    const { status, body } = await raw(`${gw.url}/graphql?${search}`, 'GET');
    expect([status, JSON.parse(`${body}`).errors]).toEqual([200, undefined]);
  });

  test('automatic persisted queries are evicted beyond their memory limit', async () => {
    await using gw = await gateway({ APQ_MAX_BYTES: '200' });
    await send(gw.url, { query, extensions });
    const longer = `{ picklists { ${'apnPrograms { value } '.repeat(3)} } }`;
    const hash = createHash('sha256').update(longer).digest('hex');
    const other = { persistedQuery: { version: 1, sha256Hash: hash } };
    expect((await send(gw.url, { query: longer, extensions: other })).errors).toBeUndefined();
    expect((await send(gw.url, { extensions })).errors).toHaveLength(1);
  });

  test('automatic persisted queries can be disabled', async () => {
    await using gw = await gateway({ APQ_MAX_BYTES: '0' });
    expect(await send(gw.url, { query, extensions })).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }],
    });
  });
});

describe('a body', () => {
  test('a body may be as long as the setting allows, and a longer one is refused with a JSON error', async () => {
    await using gw = await gateway({ MAX_BODY_BYTES: '1000' });
    const { status, body } = await raw(`${gw.url}/graphql`, 'POST', json, small.padEnd(1_001));
    expect(status).toBe(413);
    expect(JSON.parse(`${body}`).errors[0].extensions.code).toBe('BAD_REQUEST');
    expect((await raw(`${gw.url}/graphql`, 'POST', json, small.padEnd(1_000))).status).toBe(200);
  });
});
