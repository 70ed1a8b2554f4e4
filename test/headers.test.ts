/** No response may be stored by a cache or be taken for another type, whichever route or error it comes from. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTelemetry } from '../telemetry/start.ts';
import { gateway, type TestGateway } from './kit.ts';
import { raw } from './raw.ts';
import { stopTime } from './time.ts';
import { tokens } from './tokens.ts';

let gw: TestGateway;
let strict: TestGateway;
beforeAll(async () => {
  gw = await gateway({
    MAX_BODY_BYTES: '2000',
    REQUEST_TIMEOUT_MS: '2000',
    CORS_ORIGINS: 'https://crm.example.com',
  });
  strict = await gateway((await tokens()).env);
});
afterAll(async () => {
  await gw[Symbol.asyncDispose]();
  await strict[Symbol.asyncDispose]();
});

type Answer = { status: number; headers: Record<string, string | string[] | undefined> };

const json = { 'content-type': 'application/json' };
const body = (query: string) => JSON.stringify({ query });
const hello = body('{ __typename }');
const to = (path: string, method = 'GET', headers: Record<string, string> = {}, sent = '') =>
  raw(`${gw.url}${path}`, method, headers, sent);
const post = (sent: string, headers: Record<string, string> = {}) =>
  to('/graphql', 'POST', { ...json, ...headers }, sent);

/** A response to bytes that no HTTP client sends. */
async function bytes(text: string): Promise<Answer> {
  const socket = connect(Number(new URL(gw.url).port), '127.0.0.1');
  socket.write(text);
  const [head = ''] = Buffer.concat(await socket.toArray())
    .toString()
    .split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = lines.map((one) => one.split(/: (.*)/s, 2));
  return {
    status: Number(line.split(' ')[1]),
    headers: Object.fromEntries(headers.map(([name = '', value]) => [name.toLowerCase(), value])),
  };
}

const responses: [string, number, () => Promise<Answer>][] = [
  ['data', 200, () => post(body('{ opportunities(first: 1) { nodes { id } } }'))],
  ['data by GET', 200, () => to('/graphql?query={__typename}')],
  ['data for a page of another origin', 200, () => post(hello, { origin: 'https://crm.example.com' })],
  ['a field with an error', 200, () => post(body('{ opportunity(id: "x") { id } }'))],
  ['an invalid document', 400, () => post(body('{ nothing }'))],
  ['a body that is not JSON', 400, () => post('{')],
  [
    'a browser without a preflight',
    400,
    () => to('/graphql?query={__typename}', 'GET', { 'sec-fetch-site': 'none' }),
  ],
  ['a malformed path', 400, () => to('/%ZZ')],
  ['a malformed Host', 400, () => post(hello, { host: 'a/b' })],
  ['bytes that are not HTTP', 400, () => bytes('nonsense\r\n\r\n')],
  ['a request without a token', 401, () => raw(`${strict.url}/graphql`, 'POST', json, hello)],
  ['an unknown path', 404, () => to('/nothing')],
  ['an unknown file of GraphiQL', 404, () => to('/graphiql/nothing.js')],
  ['a mutation by GET', 405, () => to('/graphql?query=mutation{__typename}')],
  ['another method', 405, () => to('/graphql', 'PUT')],
  ['the HEAD method', 405, () => to('/graphql', 'HEAD')],
  ['a type that is not served', 406, () => post(hello, { accept: 'image/png' })],
  [
    'a body that does not arrive',
    408,
    () =>
      bytes(
        `POST /graphql HTTP/1.1\r\nhost: localhost\r\n${'content-type: application/json\r\n'}content-length: 9\r\n\r\n{`,
      ),
  ],
  ['a long body', 413, () => post(body('x'.repeat(3_000)))],
  ['a body of another type', 415, () => to('/graphql', 'POST', { 'content-type': 'text/csv' }, 'a,b')],
  ['a compressed body', 415, () => post(hello, { 'content-encoding': 'gzip' })],
  ['a foreign host name', 421, () => post(hello, { host: 'evil.example' })],
  ['long headers', 431, () => bytes(`GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`)],
  [
    'a preflight',
    204,
    () =>
      to('/graphql', 'OPTIONS', {
        origin: 'https://crm.example.com',
        'access-control-request-method': 'POST',
      }),
  ],
  ['OPTIONS', 204, () => to('/graphql', 'OPTIONS')],
  ['liveness', 200, () => to('/healthz')],
  ['readiness', 200, () => to('/readyz')],
];

describe('every response', () => {
  test.each(responses)(
    '%s (%i) may not be stored, and is of no other type than declared',
    async (_, status, ask) => {
      const answer = await ask();
      expect(answer.status).toBe(status);
      expect(answer.headers['cache-control']).toBe('private, no-store');
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    },
  );

  test('the page of GraphiQL has a type that no browser changes, and is never stored at /graphql', async () => {
    const html = { accept: 'text/html' };
    const [page, same] = [await to('/', 'GET', html), await to('/graphql', 'GET', html)];
    for (const { headers } of [page, same]) expect(headers['x-content-type-options']).toBe('nosniff');
    expect(same.headers['cache-control']).toBe('private, no-store');
  });

  test('metrics are of no other type than they say, and may not be stored', async () => {
    const telemetry = await startTelemetry({ version: '1.2.3', metrics: { host: '127.0.0.1', port: 0 } });
    for (const path of ['/metrics', '/nothing']) {
      const { headers } = await raw(new URL(path, telemetry.metricsUrl).href, 'GET');
      expect([headers['x-content-type-options'], headers['cache-control']]).toEqual(['nosniff', 'no-store']);
    }
    await telemetry.stop();
  });

  test('the readiness of a stopping gateway (503) may not be stored either', async () => {
    using time = stopTime();
    const stopping = await gateway({ DRAIN_DELAY_MS: '5000', DRAIN_TIMEOUT_MS: '5000' });
    const { port } = new URL(stopping.url);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const stopped = stopping[Symbol.asyncDispose]();
    socket.write('GET /readyz HTTP/1.1\r\nhost: localhost\r\n\r\n');
    const text = Buffer.concat(await socket.toArray()).toString();
    expect(text).toMatch(/^HTTP\/1\.1 503 /);
    expect(text.toLowerCase()).toContain('\r\ncache-control: private, no-store\r\n');
    expect(text.toLowerCase()).toContain('\r\nx-content-type-options: nosniff\r\n');
    await time.run(stopped);
  });
});
