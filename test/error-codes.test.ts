/** docs/errors.md, held against the code and against a running gateway. */
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { type GraphQLEnumType, isEnumType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { faultCodes } from '../src/fault.ts';
import { settings } from '../src/settings.ts';
import { input } from './create-input.ts';
import { gateway, type TestGateway } from './kit.ts';
import { gatewaySchema } from './schema.ts';
import { stopTime } from './time.ts';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');

/** The rows of a section's table: code, and status where there is one. */
function rowsOf(heading: string): { code: string; status: number | undefined }[] {
  const [section = ''] = page.split(`## ${heading}\n`)[1]?.split('\n## ') ?? [];
  return [...section.matchAll(/^\| `([A-Z_]+)` \|(?: (\d{3}) \|)?/gm)].map(([, code = '', status]) => ({
    code,
    status: status ? Number(status) : undefined,
  }));
}
const codesOf = (heading: string) => new Set(rowsOf(heading).map(({ code }) => code));

describe('the page of errors', () => {
  test('lists the code of every user error, and no other', () => {
    const type = gatewaySchema().getType('UserErrorCode') as GraphQLEnumType;
    expect(isEnumType(type)).toBe(true);
    expect(codesOf('User errors')).toEqual(new Set(type.getValues().map(({ name }) => name)));
  });

  test('lists every code that the gateway or Apollo Server can give an error, and no other', () => {
    const sources = ['src/http', 'src/graphql'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(join(root, folder, file), 'utf8')),
    );
    const written = sources.flatMap((text) => [
      ...text.matchAll(/'([A-Z]+(?:_[A-Z]+)+|FORBIDDEN|UNAUTHENTICATED)'/g),
    ]);
    const inSources = written
      .map(([, code = '']) => code)
      .filter((code) => !/^ERR_|^HPE_|^FST_|^E[A-Z]+$/.test(code) && !(code in settings.shape));
    // These become user errors, or nulls, before they can leave.
    const inner = ['VALIDATION', 'CONFLICT', 'OUTCOME_UNKNOWN'];
    const possible = new Set(
      [...inSources, ...Object.keys(faultCodes), ...Object.values(ApolloServerErrorCode)].filter(
        (code) => !inner.includes(code),
      ),
    );
    const listed = ['Errors of fields', 'Errors of the operation', 'Errors of HTTP'].flatMap((heading) => [
      ...codesOf(heading),
    ]);
    expect([...new Set(listed)].toSorted()).toEqual([...possible].toSorted());
  });
});

type Answered = { status: number; code: unknown };

async function answered(sent: Promise<Response>): Promise<Answered> {
  const response = await sent;
  const body = (await response.json()) as { errors?: { extensions: { code: unknown } }[] };
  return { status: response.status, code: body.errors?.[0]?.extensions.code };
}

const one = '{ opportunity(id: "O5000002") { marketing { source } } }';
const json = { 'content-type': 'application/json' };
const post = (gw: TestGateway, body: unknown, headers: object = json) =>
  answered(
    fetch(`${gw.url}/graphql`, {
      method: 'POST',
      headers: { accept: 'application/graphql-response+json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );

/** A request of bytes, for what no HTTP client sends. */
async function bytes(gw: TestGateway, text: string): Promise<Answered> {
  const { port, hostname } = new URL(gw.url);
  const socket = connect(Number(port), hostname);
  socket.write(text);
  const answer = Buffer.concat(await socket.toArray()).toString();
  const [, status] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? [];
  return {
    status: Number(status),
    code: JSON.parse(answer.split('\r\n\r\n')[1] ?? '{}').errors[0].extensions.code,
  };
}

const fault = async (gw: TestGateway, kind: string, query = one) => {
  await gw.emulator.injectFault({ kind, times: 100 });
  return post(gw, { query });
};

const hash = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
const jwt = { AUTH: 'jwt', AUTH_JWKS_URL: 'http://127.0.0.1:1/', AUTH_ISSUER: 'i', AUTH_AUDIENCE: 'a' };
const token = ['{"alg":"RS256","kid":"k"}', '{}', 'x']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');
type Provoke = (gw: TestGateway) => Promise<Answered>;

/** How each row of the page comes about: its section, its code, its status, the settings, the request. */
const provocations: [heading: string, code: string, status: number, env: Record<string, string>, Provoke][] =
  [
    [
      'Errors of fields',
      'BAD_USER_INPUT',
      200,
      {},
      (gw) => post(gw, { query: '{ opportunity(id: "nope") { id } }' }),
    ],
    [
      'Errors of the operation',
      'IDEMPOTENCY_CONFLICT',
      422,
      {},
      async (gw) => {
        const query =
          'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { id } }';
        const headers = { ...json, 'idempotency-key': 'k' };
        await post(gw, { query, variables: { input } }, headers);
        return post(gw, { query, variables: { input: { ...input, opportunityType: 'EXPANSION' } } }, headers);
      },
    ],
    ['Errors of fields', 'FORBIDDEN', 200, {}, (gw) => fault(gw, 'access-denied')],
    ['Errors of fields', 'THROTTLED', 200, {}, (gw) => fault(gw, 'throttle')],
    ['Errors of fields', 'UPSTREAM_UNAVAILABLE', 200, {}, (gw) => fault(gw, 'error')],
    [
      'Errors of the operation',
      'JOBS_UNAVAILABLE',
      503,
      { REDIS_URL: 'redis://127.0.0.1:1' },
      (gw) => {
        const query =
          'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { id } }';
        return post(gw, { query, variables: { input } }, { ...json, 'idempotency-key': 'k' });
      },
    ],
    [
      'Errors of fields',
      'QUOTA_EXHAUSTED',
      200,
      { QUOTA_READS_PER_DAY: '0.01' },
      (gw) => post(gw, { query: one }),
    ],
    [
      'Errors of fields',
      'INDEX_OFF',
      200,
      {},
      (gw) => post(gw, { query: '{ opportunities { totalCount } }' }),
    ],
    [
      'Errors of fields',
      'INDEX_BUILDING',
      200,
      // It cannot be read at all.
      { INDEX: 'on', QUOTA_READS_PER_DAY: '0.01' },
      (gw) => post(gw, { query: '{ opportunities { totalCount } }' }),
    ],
    [
      'Errors of fields',
      'LIMIT_EXCEEDED',
      200,
      { MAX_UPSTREAM_CALLS: '1' },
      (gw) => post(gw, { query: '{ a: opportunity(id: "O404") { id } b: opportunity(id: "O405") { id } }' }),
    ],
    [
      'Errors of fields',
      'INTERNAL_SERVER_ERROR',
      200,
      {},
      async (gw) => {
        await gw.emulator.patchRecord('O5000002', { Project: { Title: { text: 'x' } } });
        return post(gw, { query: '{ opportunity(id: "O5000002") { project { title } } }' });
      },
    ],
    ['Errors of the operation', 'GRAPHQL_PARSE_FAILED', 400, {}, (gw) => post(gw, { query: '{' })],
    [
      'Errors of the operation',
      'GRAPHQL_VALIDATION_FAILED',
      400,
      {},
      (gw) => post(gw, { query: '{ nothing }' }),
    ],
    [
      'Errors of the operation',
      'OPERATION_RESOLUTION_FAILURE',
      400,
      {},
      (gw) => post(gw, { query: `query A ${one}`, operationName: 'B' }),
    ],
    [
      'Errors of the operation',
      'BAD_USER_INPUT',
      400,
      {},
      (gw) => post(gw, { query: 'query ($id: ID!) { opportunity(id: $id) { id } }', variables: { id: {} } }),
    ],
    [
      'Errors of the operation',
      'OPERATION_TOO_EXPENSIVE',
      400,
      { MAX_UPSTREAM_CALLS: '1' },
      (gw) => post(gw, { query: '{ opportunities(first: 9) { nodes { marketing { source } } } }' }),
    ],
    [
      'Errors of the operation',
      'LIMIT_EXCEEDED',
      400,
      { MAX_RECORDS: '8' },
      (gw) => post(gw, { query: '{ opportunities(first: 9) { nodes { id } } }' }),
    ],
    [
      'Errors of the operation',
      'UNTRUSTED_DOCUMENT',
      400,
      { TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: join(root, 'test/manifest.json') },
      (gw) => post(gw, { query: one }),
    ],
    ['Errors of the operation', 'PERSISTED_QUERY_NOT_FOUND', 200, {}, (gw) => post(gw, { extensions: hash })],
    [
      'Errors of the operation',
      'PERSISTED_QUERY_NOT_SUPPORTED',
      200,
      { APQ_MAX_BYTES: '0' },
      (gw) => post(gw, { extensions: hash }),
    ],
    ['Errors of the operation', 'UNAUTHENTICATED', 401, jwt, (gw) => post(gw, { query: one })],
    [
      'Errors of the operation',
      'UPSTREAM_UNAVAILABLE',
      503,
      jwt,
      (gw) => post(gw, { query: one }, { ...json, authorization: `Bearer ${token}` }),
    ],
    [
      'Errors of the operation',
      'FORBIDDEN',
      403,
      { CATALOG: 'AWS' },
      (gw) => post(gw, { query: 'mutation { createOpportunity(input: {}) { clientToken } }' }),
    ],
    [
      'Errors of the operation',
      'ACCOUNT_NOT_FOUND',
      403,
      {},
      (gw) => post(gw, { query: one }, { ...json, 'x-account': 'another' }),
    ],
    ['Errors of HTTP', 'BAD_REQUEST', 400, {}, (gw) => post(gw, '{')],
    [
      'Errors of HTTP',
      'BAD_REQUEST',
      406,
      {},
      (gw) => post(gw, { query: one }, { ...json, accept: 'image/png' }),
    ],
    [
      'Errors of HTTP',
      'BAD_REQUEST',
      408,
      { REQUEST_TIMEOUT_MS: '100' },
      (gw) =>
        bytes(
          gw,
          'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
        ),
    ],
    ['Errors of HTTP', 'BAD_REQUEST', 413, { MAX_BODY_BYTES: '1000' }, (gw) => post(gw, 'x'.repeat(1_001))],
    [
      'Errors of HTTP',
      'BAD_REQUEST',
      415,
      {},
      (gw) => post(gw, 'query={__typename}', { 'content-type': 'text/csv' }),
    ],
    [
      'Errors of HTTP',
      'BAD_REQUEST',
      431,
      {},
      (gw) => bytes(gw, `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`),
    ],
    ['Errors of HTTP', 'NOT_FOUND', 404, {}, (gw) => answered(fetch(`${gw.url}/nowhere`))],
    [
      'Errors of HTTP',
      'METHOD_NOT_ALLOWED',
      405,
      {},
      (gw) => answered(fetch(`${gw.url}/graphql`, { method: 'PUT' })),
    ],
    [
      'Errors of HTTP',
      'MISDIRECTED_REQUEST',
      421,
      {},
      (gw) => bytes(gw, 'GET /graphql HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n'),
    ],
    [
      'Errors of HTTP',
      'SERVICE_UNAVAILABLE',
      503,
      { MAX_MEMORY_BYTES: '1000000' },
      async (gw) => {
        await gw.emulator.hold();
        const other = post(gw, { query: one });
        await gw.emulator.untilHeld();
        const rejected = await post(gw, { query: one });
        await gw.emulator.release();
        await other;
        return rejected;
      },
    ],
  ];

describe('an error', () => {
  test.each(provocations)('%s: %s has status %i', async (heading, code, status, env, provoke) => {
    using time = stopTime();
    await using gw = await gateway(env);
    expect(await time.until(provoke(gw))).toEqual({ status, code });
    const row = { code, status: heading === 'Errors of fields' ? undefined : status };
    expect(rowsOf(heading)).toContainEqual(row);
  });

  test('is provoked for every row of the page, what needs a bug, several accounts, a store without answer, another replica or a slow reader aside', () => {
    const provoked = new Set(provocations.map(([heading, code, status]) => `${heading} ${code} ${status}`));
    const rows = ['Errors of fields', 'Errors of the operation', 'Errors of HTTP'].flatMap((heading) =>
      rowsOf(heading).map(({ code, status = 200 }) => `${heading} ${code} ${status}`),
    );
    expect(rows.filter((row) => !provoked.has(row))).toEqual([
      'Errors of fields JOBS_UNAVAILABLE 200',
      'Errors of fields SUBSCRIBER_TOO_SLOW 200',
      'Errors of the operation IDEMPOTENCY_IN_PROGRESS 409',
      'Errors of the operation BAD_REQUEST 400',
      'Errors of HTTP INTERNAL_SERVER_ERROR 500',
    ]);
  });
});
