/** What a subscription is refused for, on both transports, and that nothing gets around what holds for queries. */
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Data, gateway, type TestGateway } from './kit.ts';
import { eventStream, webSocket } from './streams.ts';
import { tokens } from './tokens.ts';

type Request = { query?: string; variables?: object; [more: string]: unknown };
type Headers = Record<string, string>;
type Refused = { message: string; path?: unknown; extensions: Data }[];

const task = 'engagement-from-opportunity-task/task-0123456789abc';
const watch = `subscription { taskFinished(ids: ["${task}"]) { id } }`;

/** The errors of a request over each transport; it is over afterwards. */
const transports: Record<string, (gw: TestGateway, request: Request, headers?: Headers) => Promise<Refused>> =
  {
    async 'an event stream'(gw, request, headers) {
      const stream = await eventStream(gw.url, request, headers);
      expect(stream.response.status).toBe(200);
      const [next, complete, ...more] = await stream.rest();
      expect([next?.event, complete, more]).toEqual(['next', { event: 'complete', data: null }, []]);
      return next?.data.errors;
    },
    async 'a WebSocket'(gw, request, headers = {}) {
      const socket = await webSocket(gw.url, { headers });
      socket.subscribe('a', { query: '', ...request });
      const { type, payload } = await socket.next();
      socket.close();
      expect(type).toBe('error');
      return payload;
    },
  };

const deep = `{ ${'... on Node { '.repeat(20)} id ${'}'.repeat(21)}`;
const refused: [
  what: string,
  code: string,
  message: RegExp,
  request: Request,
  env?: Record<string, string>,
][] = [
  ['a syntax error', 'GRAPHQL_PARSE_FAILED', /Syntax Error/, { query: 'subscription {' }],
  [
    'an unknown field',
    'GRAPHQL_VALIDATION_FAILED',
    /Cannot query field "taskFinish"/,
    { query: 'subscription { taskFinish }' },
  ],
  [
    'two fields at the root',
    'GRAPHQL_VALIDATION_FAILED',
    /must select only one top level field/,
    { query: `subscription { a: taskFinished(ids: []) { id } b: taskFinished(ids: []) { id } }` },
  ],
  [
    'a condition at the root, whose variable is not known when a document is validated,',
    'GRAPHQL_VALIDATION_FAILED',
    /"@skip at the root of a subscription"/,
    {
      query: `subscription($s: Boolean!) { taskFinished(ids: []) @skip(if: $s) { id } }`,
      variables: { s: false },
    },
  ],
  [
    'a condition at the root that fits nothing, in a fragment,',
    'GRAPHQL_VALIDATION_FAILED',
    /"@include at the root of a subscription"/,
    {
      query: `subscription { ...F } fragment F on Subscription { ... @include(if: "x") { taskFinished(ids: []) { id } } }`,
    },
  ],
  ['a document that is too long', 'LIMIT_EXCEEDED', /100000/, { query: `${watch} #${'x'.repeat(100_000)}` }],
  [
    'too many tokens',
    'GRAPHQL_PARSE_FAILED',
    /5000 tokens/,
    { query: `${watch}${' fragment F on Query { a }'.repeat(1_000)}` },
  ],
  [
    'too deep a selection',
    'GRAPHQL_VALIDATION_FAILED',
    /depth/i,
    { query: `subscription { taskFinished(ids: []) ${deep} }` },
  ],
  [
    'a repetition',
    'GRAPHQL_VALIDATION_FAILED',
    /more than 10 times/,
    { query: `subscription { taskFinished(ids: []) { ${'id '.repeat(11)} } }` },
  ],
  [
    'variables that do not fit',
    'BAD_USER_INPUT',
    /Variable "\$ids"/,
    { query: 'subscription($ids: [ID!]!) { taskFinished(ids: $ids) { id } }', variables: { ids: {} } },
  ],
  [
    'too many calls for an event',
    'OPERATION_TOO_EXPENSIVE',
    /MAX_UPSTREAM_CALLS/,
    {
      query: watch.replace(
        '{ id }',
        '{ id ... on EngagementFromOpportunityTask { opportunity { awsSummary { cosellMotion } engagements { id } } } }',
      ),
    },
    { MAX_UPSTREAM_CALLS: '3' },
  ],
  ['a query', 'BAD_REQUEST', /Only subscriptions/, { query: '{ quota { read { waiting } } }' }],
  [
    'an unknown operation',
    'OPERATION_RESOLUTION_FAILURE',
    /Unknown operation/,
    { query: watch, operationName: 'Other' },
  ],
  ['nothing', 'BAD_REQUEST', /non-empty `query`/, { query: '' }],
  [
    'ids that are none',
    'BAD_USER_INPUT',
    /ids\[0\]/,
    { query: 'subscription { taskFinished(ids: ["O1"]) { id } }' },
  ],
  ['no ids', 'BAD_USER_INPUT', /0 ids/, { query: 'subscription { taskFinished(ids: []) { id } }' }],
  ['a task that does not exist', 'NOT_FOUND', /AWS has no task/, { query: watch }],
];

describe.each(Object.entries(transports))('over %s', (_transport, errorsOf) => {
  test.each(refused)('%s is refused', async (_what, code, message, request, env = {}) => {
    await using gw = await gateway(env);
    const [error, ...more] = await errorsOf(gw, request);
    expect(error?.extensions.code).toBe(code);
    expect(error?.message).toMatch(message);
    expect(error?.extensions).not.toHaveProperty('http');
    expect(more).toEqual([]);
    expect(JSON.stringify(error)).not.toMatch(/node_modules|stack/);
  });

  test('the schema cannot be found out where introspection is off', async () => {
    await using gw = await gateway({ INTROSPECTION: 'off' });
    const [misspelt] = await errorsOf(gw, { query: 'subscription { taskFinish }' });
    expect(misspelt?.message).toBe('Cannot query field "taskFinish" on type "Subscription".');
    const [schema] = await errorsOf(gw, {
      query: `${watch.replace('{ id }', '{ id __type(name: "Query") { name } }')}`,
    });
    expect(schema?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('only documents of the manifest are accepted, by their text or their id', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'manifest-')), 'manifest.json');
    writeFileSync(file, JSON.stringify({ watched: watch }));
    await using gw = await gateway({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILE: file });
    const code = async (request: Request) => (await errorsOf(gw, request))[0]?.extensions.code;
    expect(await code({ query: watch.replace('{ id }', '{ status }') })).toBe('UNTRUSTED_DOCUMENT');
    expect(await code({ documentId: 'other' })).toBe('UNTRUSTED_DOCUMENT');
    expect(await code({ query: watch })).toBe('NOT_FOUND');
    expect(await code({ documentId: 'watched' })).toBe('NOT_FOUND');
    const sha256Hash = createHash('sha256').update(watch).digest('hex');
    expect(await code({ extensions: { persistedQuery: { version: 1, sha256Hash } } })).toBe('NOT_FOUND');
  });

  test('a token without the scope is refused, and one with it is not', async () => {
    const { env, bearer } = await tokens();
    await using gw = await gateway(env);
    const [lacking] = await errorsOf(gw, { query: watch }, await bearer('opportunities:write'));
    expect(lacking?.extensions.code).toBe('FORBIDDEN');
    const [allowed] = await errorsOf(gw, { query: watch }, await bearer('opportunities:read'));
    expect(allowed?.extensions.code).toBe('NOT_FOUND');
    expect(await gw.emulator.calls()).toEqual({ ListEngagementFromOpportunityTasks: 1 });
  });
});

test('a subscription sent as a query is refused with the way to send it', async () => {
  await using gw = await gateway();
  const { status, errors } = await gw.query(watch);
  expect(status).toBe(406);
  expect(errors?.[0]?.message).toContain('"Accept: text/event-stream"');
});

test('an event stream is answered to a GET, unless a page may have sent it unknowingly', async () => {
  await using gw = await gateway();
  const get = (headers: Record<string, string> = {}) =>
    fetch(`${gw.url}/graphql?query=${encodeURIComponent(query)}&variables=${encodeURIComponent(variables)}`, {
      headers: { accept: 'text/event-stream', ...headers },
    });
  const query = 'subscription($ids: [ID!]!) { taskFinished(ids: $ids) { id } }';
  let variables = JSON.stringify({ ids: [task] });
  const browser = { 'user-agent': 'Mozilla/5.0 (X11)' };
  expect(await (await get()).text()).toContain('"code":"NOT_FOUND"');
  expect((await get(browser)).status).toBe(400);
  expect((await get({ ...browser, 'apollo-require-preflight': '1' })).status).toBe(200);
  variables = 'nonsense';
  expect((await get()).status).toBe(400);
});

test('an event stream is what a request accepts first, and a query is answered as JSON to all others', async () => {
  await using gw = await gateway();
  const typeFor = async (accept: string, query: string) => {
    const { response, close } = await eventStream(gw.url, { query }, { accept });
    close();
    return response.headers.get('content-type')?.split(';')[0];
  };
  const stream = 'text/event-stream';
  const json = 'application/graphql-response+json';
  for (const accept of [
    stream,
    `${stream}; charset=utf-8`,
    `${stream}, multipart/mixed`,
    `${stream}, */*;q=0.1`,
    `${json};q=0.5, ${stream}`,
  ])
    expect([accept, await typeFor(accept, watch)]).toEqual([accept, stream]);
  for (const accept of [
    '*/*',
    `${json}, ${stream}`,
    `application/json, ${stream}, multipart/mixed`,
    `${stream};q=0.5, */*`,
  ])
    expect([accept, await typeFor(accept, '{ __typename }')]).toEqual([
      accept,
      expect.stringContaining('json'),
    ]);
});

test('a caller that is not known gets a status and a challenge instead of a stream', async () => {
  const { env } = await tokens();
  await using gw = await gateway(env);
  const { response } = await eventStream(gw.url, { query: watch });
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toContain('Bearer');
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});

test('a body that is not a GraphQL request is a 400', async () => {
  await using gw = await gateway();
  for (const [body, member] of [
    [[], 'body'],
    [{ query: 1 }, 'query'],
    [{ query: watch, variables: 'x' }, 'variables'],
    [{ query: watch, extensions: [] }, 'extensions'],
    [{ query: watch, operationName: {} }, 'operationName'],
  ] as const) {
    const { response } = await eventStream(gw.url, body as Request);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringContaining(member), extensions: { code: 'BAD_REQUEST' } }],
    });
  }
});
