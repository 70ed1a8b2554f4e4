import { createHash } from 'node:crypto';
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
import { type Raw, raw } from './raw.ts';

const json = { 'content-type': 'application/json' };
const small = JSON.stringify({ query: '{ __typename }' });
const large = JSON.stringify({ query: '{ opportunities(first: 50) { nodes { id lifeCycle { stage } } } }' });
const invalid = JSON.stringify({ query: '{ nothing }' });

describe('methods', () => {
  test('a method that /graphql does not support is a 405 that lists the supported ones', async () => {
    await using gw = await gateway();
    for (const method of ['PUT', 'PATCH', 'DELETE', 'HEAD', 'QUERY', 'TRACE']) {
      const { status, headers, body } = await raw(`${gw.url}/graphql`, method);
      expect([status, headers.allow]).toEqual([405, 'GET, POST, OPTIONS']);
      if (method !== 'HEAD')
        expect(JSON.parse(`${body}`).errors[0].extensions.code).toBe('METHOD_NOT_ALLOWED');
    }
    const csv = await raw(`${gw.url}/graphql`, 'PUT', { 'content-type': 'text/csv' }, 'a,b');
    expect(csv.status).toBe(405);
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
    expect(await status(gw.url, 'Application/JSON; charset=utf-8')).toBe(200);
    expect(await status(gw.url, 'Application/GraphQL-Response+JSON, application/json;q=0.9')).toBe(400);
    expect(await status(gw.url, 'application/json, application/graphql-response+json;q=0')).toBe(200);
    expect(await status(gw.url, 'image/png')).toBe(406);
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
  const messageOf = ({ body }: Raw) => JSON.parse(`${body}`).errors[0].message;

  test('a body may be as long as the setting allows, and a longer one is refused with the limit and its setting', async () => {
    await using gw = await gateway({ MAX_BODY_BYTES: '1000' });
    const long = await raw(`${gw.url}/graphql`, 'POST', json, small.padEnd(1_001));
    expect([long.status, messageOf(long)]).toEqual([
      413,
      'The body is longer than 1000 bytes (MAX_BODY_BYTES).',
    ]);
    expect(JSON.parse(`${long.body}`).errors[0].extensions.code).toBe('BAD_REQUEST');
    expect((await raw(`${gw.url}/graphql`, 'POST', json, small.padEnd(1_000))).status).toBe(200);
  });

  test.each([
    ['text/csv', '"text/csv"'],
    ['text/plain', '"text/plain"'],
    ['application/graphql', '"application/graphql"'],
    ['', 'none'],
  ])('a body of the content type "%s" is refused with that type and the accepted one', async (type, got) => {
    await using gw = await gateway();
    const answer = await raw(`${gw.url}/graphql`, 'POST', type ? { 'content-type': type } : {}, small);
    expect([answer.status, messageOf(answer)]).toEqual([
      415,
      `Content-Type: got ${got}, expected "application/json".`,
    ]);
  });

  test('a compressed body is refused with its encoding and the accepted one', async () => {
    await using gw = await gateway();
    const headers = { ...json, 'content-encoding': 'gzip' };
    const answer = await raw(`${gw.url}/graphql`, 'POST', headers, gzipSync(small));
    expect([answer.status, messageOf(answer)]).toEqual([415, 'Content-Encoding: got "gzip", expected none.']);
    expect(answer.headers['accept-encoding']).toBe('identity');
    const plain = { ...json, 'content-encoding': 'Identity' };
    expect((await raw(`${gw.url}/graphql`, 'POST', plain, small)).status).toBe(200);
  });

  test('a body may have variables named "__proto__" and "constructor"', async () => {
    await using gw = await gateway({ PLANS_FROM_USE: '2' });
    const query =
      'query ($__proto__: ID!, $constructor: ID!) { a: node(id: $__proto__) { id } b: node(id: $constructor) { id } }';
    const body = `{"query":"${query}","variables":{"__proto__":"O5000001","constructor":"O5000002"}}`;
    // By graphql-js, and then by a plan.
    for (let use = 1; use <= 2; use++) {
      const answer = await raw(`${gw.url}/graphql`, 'POST', json, body);
      expect(JSON.parse(`${answer.body}`)).toMatchObject({
        data: { a: { id: 'O5000001' }, b: { id: 'O5000002' } },
      });
    }
  });
});

describe('a request as the specifications define it', () => {
  test('an empty operation name is none', async () => {
    await using gw = await gateway();
    expect((await raw(`${gw.url}/graphql?query={__typename}&operationName=`, 'GET')).status).toBe(200);
    const body = JSON.stringify({ query: '{ __typename }', operationName: '' });
    expect((await raw(`${gw.url}/graphql`, 'POST', json, body)).status).toBe(200);
  });

  test('a mutation whose client accepts no type of ours is refused before it writes', async () => {
    await using gw = await gateway();
    const before = await gw.emulator.record('O5000002');
    const query =
      'mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "x" } } }) { changed } }';
    const headers = { ...json, accept: 'image/png' };
    const { status, body } = await raw(`${gw.url}/graphql`, 'POST', headers, JSON.stringify({ query }));
    expect(status).toBe(406);
    expect(JSON.parse(`${body}`).errors).toMatchObject([
      {
        message:
          'Accept: got "image/png", expected "application/graphql-response+json" or "application/json".',
        extensions: { code: 'BAD_REQUEST' },
      },
    ]);
    expect(await gw.emulator.record('O5000002')).toEqual(before);
  });

  test('the directive no-cache is recognized in any case', async () => {
    await using gw = await gateway({ CACHE_FRESH_MS: '60000' });
    const query = '{ opportunity(id: "O5000001") { marketing { source } } }';
    await gw.query(query);
    expect((await gw.query(query)).calls).toEqual({});
    expect((await gw.query(query, {}, { 'cache-control': 'No-Cache' })).calls).toEqual({ GetOpportunity: 1 });
  });

  test('a malformed path is refused with a GraphQL error', async () => {
    await using gw = await gateway();
    const { status, body } = await raw(`${gw.url}/%ZZ`, 'GET');
    expect([status, JSON.parse(`${body}`).errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
  });
});
