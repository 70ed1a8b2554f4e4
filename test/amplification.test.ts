/**
 * Requests of at most `MAX_BODY_BYTES` that are built to cost as much as possible. None takes more than half a second of
 * the processor (one and a half if its response is as long as allowed), 100 MB of memory, or a response that is too long.
 * Measured is the processor time of the gateway's process, the least of several attempts: a busy machine makes the same
 * work take more of it, never less. `RUNS=n SEED=s` runs longer.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import fc from 'fast-check';
import {
  type GraphQLInputType,
  type GraphQLNamedType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { gatewaySchema } from './schema.ts';

const maxBytes = 1_048_576;
const runs = Number(process.env.RUNS ?? 4);
const seed = process.env.SEED === undefined ? {} : { seed: Number(process.env.SEED) };

type Kind = (bytes: number, text: string, count: number) => Body;
type Long = (text: string) => Body;
type Body = { query: string; variables?: unknown; operationName?: string; extensions?: unknown };
const schema = gatewaySchema();
const filler = [
  '0',
  'a',
  ' ',
  '"',
  '\\',
  '\n',
  '😀',
  '0Z',
  '1.',
  '[0].',
  '/a',
  '{',
  'a@',
  '-',
  '\u2028',
  '<',
];

/** As many repetitions as fit into the bytes. */
const fill = (part: string, bytes: number) =>
  part.repeat(Math.max(1, Math.floor(bytes / Buffer.byteLength(JSON.stringify(part).slice(1, -1)))));
const times = (count: number, make: (n: number) => string, separator = ' ') =>
  Array.from({ length: count }, (_, n) => make(n)).join(separator);

/** A value of an input type with the given string wherever a string goes, and every member that the type has. */
function filled(type: GraphQLInputType, text: unknown, items: number): unknown {
  if (isNonNullType(type)) return filled(type.ofType, text, items);
  if (isListType(type)) return Array(items).fill(filled(type.ofType, text, 1));
  if (isEnumType(type)) return text;
  if (!isInputObjectType(type)) return text;
  return Object.fromEntries(
    Object.values(type.getFields()).map((field) => [field.name, filled(field.type, text, 1)]),
  );
}

const inputs = {
  CreateOpportunityInput: 'createOpportunity(input: $v) { userErrors { message path } }',
  UpdateOpportunityInput: 'updateOpportunity(input: $v) { userErrors { message path } }',
};
const mutation = (type: keyof typeof inputs, aliases = 1) =>
  `mutation ($v: ${type}!) { ${times(aliases, (n) => `a${n}: ${inputs[type]}`)} }`;
const list = 'opportunities(first: 1, filter: $v) { nodes { id } }';
const inputOf = (type: string) => schema.getType(type) as GraphQLInputType;

/** So many fields of a type, in the schema's order, three levels deep. */
function selectionOf(type: GraphQLNamedType, left: { fields: number }, depth = 0): string {
  if (!isObjectType(type)) return '';
  const selected = Object.values(type.getFields()).flatMap(({ name, args, type: of }) => {
    const inner = getNamedType(of);
    if (args.length > 0 || left.fields <= 1 || (isCompositeType(inner) && depth === 3)) return [];
    left.fields -= 1;
    return [isCompositeType(inner) ? `${name} ${selectionOf(inner, left, depth + 1)}` : name];
  });
  return `{ ${selected.join(' ') || '__typename'} }`;
}
const fifty = `fragment Fifty on Opportunity ${selectionOf(schema.getType('Opportunity') as GraphQLNamedType, { fields: 50 })}`;

/** What hurt, by kind: each makes a request of about so many bytes out of a bit of text and a number of repetitions. */
const kinds: Record<string, Kind> = {
  'a long string for every scalar': (bytes, text) => ({
    query:
      'query ($a: ID!, $d: DateTime, $e: Date, $n: Int) { opportunity(id: $a) { id } opportunities(first: $n, filter: { createdDate: { after: $d }, targetCloseDate: { after: $e } }) { nodes { id } } }',
    variables: {
      a: fill(text, bytes / 4),
      d: fill(text, bytes / 4),
      e: fill(text, bytes / 4),
      n: fill(text, bytes / 8),
    },
  }),
  'a long string in the document': (bytes, text) => ({
    query: `{ opportunities(filter: { createdDate: { after: ${JSON.stringify(fill(text, bytes / 2))} } }) { nodes { id } } }`,
  }),
  'a variable used many times': (bytes, text, count) => ({
    query: `query ($v: ID!) { ${times(count % 100, (n) => `a${n}: opportunity(id: $v) { id }`)} }`,
    variables: { v: fill(text, bytes / 2) },
  }),
  'a list used many times': (bytes, text, count) => ({
    query: `query ($v: OpportunityFilter) { ${times(count % 100, (n) => `a${n}: ${list}`)} }`,
    variables: { v: { ids: Array(Math.floor(bytes / (text.length + 20))).fill(text) } },
  }),
  'company names used many times': (bytes, text, count) => ({
    query: `query ($v: OpportunityFilter) { ${times(count % 50, (n) => `a${n}: ${list}`)} }`,
    variables: { v: { customerCompanyNames: Array(10).fill(fill(text, bytes / 12)) } },
  }),
  'an input with long strings everywhere, used many times': (bytes, text, count) => ({
    query: mutation('CreateOpportunityInput', (count % 50) + 1),
    variables: { v: filled(inputOf('CreateOpportunityInput'), fill(text, bytes / 120), 1) },
  }),
  'an input with many items': (bytes, text, count) => ({
    query: mutation('CreateOpportunityInput', (count % 50) + 1),
    variables: {
      v: {
        customer: { contacts: Array(Math.floor(bytes / (text.length + 60))).fill({ email: text }) },
        project: { deliveryModels: [], salesActivities: [] },
      },
    },
  }),
  'a patch with long strings': (bytes, text, count) => ({
    query: mutation('UpdateOpportunityInput', (count % 50) + 1),
    variables: {
      v: {
        id: 'O5000002',
        patch: { lifeCycle: { nextSteps: fill(text, bytes / 3) }, project: { title: fill(text, bytes / 3) } },
      },
    },
  }),
  'a patch with values of no list': (bytes, text, count) => ({
    query: mutation('UpdateOpportunityInput', (count % 50) + 1),
    variables: {
      v: {
        id: 'O5000002',
        patch: { project: { apnPrograms: Array(Math.floor(bytes / (text.length + 8))).fill(text) } },
      },
    },
  }),
  'a patch with many edits': (_bytes, text, count) => ({
    query: mutation('UpdateOpportunityInput', (count % 50) + 1),
    variables: {
      v: {
        id: 'O5000002',
        patch: {
          contactEdits: Array.from({ length: 100 }, (_, n) => ({ add: { email: `${text}${n}` } })),
          useCaseEdits: { add: Array.from({ length: 100 }, (_, n) => `${text}${n}`) },
        },
      },
    },
  }),
  'unknown members': (bytes, text, count) => ({
    query: mutation('CreateOpportunityInput', (count % 50) + 1),
    variables: {
      v: Object.fromEntries(
        Array.from({ length: Math.floor(bytes / 24) }, (_, n) => [`${text}titel${n}`, n]),
      ),
    },
  }),
  'unknown members in the document': (_bytes, text, count) => ({
    query: `{ opportunities(filter: { ${times(count % 2_000, (n) => `x${text.replaceAll(/\W/g, '_')}${n}: 1`)} }) { nodes { id } } }`,
  }),
  'many representations': (bytes, text) => ({
    query: 'query ($v: [_Any!]!) { _entities(representations: $v) { ... on Opportunity { id } } }',
    variables: {
      v: Array(Math.floor(bytes / (40 + text.length))).fill({ __typename: 'Opportunity', id: text }),
    },
  }),
  'unknown fields': (_bytes, text, count) => ({
    query: `{ ${times(count % 2_400, (n) => `f${text.replaceAll(/\W/g, 'x')}${n}`)} }`,
  }),
  'one field many times': (_bytes, _text, count) => ({
    query: `{ ${times(count % 2_400, () => 'quota { __typename }')} }`,
  }),
  'fields that conflict': (_bytes, _text, count) => ({
    query: `{ ${times(count % 600, (n) => `opportunity(id: "${n}") { id }`)} }`,
  }),
  'fragments within fragments': (_bytes, _text, count) => ({
    query: `{ ...f0 } ${times(count % 500, (n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)} fragment f${count % 500} on Query { __typename }`,
  }),
  'fragments that are not used': (_bytes, _text, count) => ({
    query: `{ __typename } ${times(count % 700, (n) => `fragment f${n} on Query { __typename }`)}`,
  }),
  'one fragment spread many times': (_bytes, _text, count) => ({
    query: `{ ${times(count % 1_500, () => '...f')} } fragment f on Query { opportunities(first: 100) { nodes { id } } }`,
  }),
  'inline fragments in inline fragments': (_bytes, _text, count) => ({
    query: `{ ${'... on Query { '.repeat(count % 1_200)}__typename${'}'.repeat(count % 1_200)} }`,
  }),
  directives: (_bytes, _text, count) => ({
    query: `query ($v: Boolean!) { __typename ${times(count % 1_000, () => '@skip(if: $v)')} }`,
    variables: { v: false },
  }),
  'unknown directives': (_bytes, text, count) => ({
    query: `{ __typename ${times(count % 2_400, (n) => `@${text.replaceAll(/\W/g, 'd')}d${n}`)} }`,
  }),
  'many variables': (_bytes, text, count) => ({
    query: `query (${times(count % 1_200, (n) => `$v${n}: DateTime`)}) { __typename }`,
    variables: Object.fromEntries(
      Array.from({ length: count % 1_200 }, (_, n) => [`v${n}`, fill(text, 800)]),
    ),
  }),
  'many operations': (_bytes, _text, count) => ({
    query: times(count % 1_200, (n) => `query q${n} { __typename }`),
    operationName: 'q0',
  }),
  'a long name of an operation': (bytes) => ({
    query: '{ __typename }',
    operationName: fill('n', bytes / 2),
  }),
  'long names in the document': (bytes) => {
    const name = fill('n', bytes / 4);
    return { query: `query ${name} ($${name}: Int) { ${name} @${name} }` };
  },
  'blank lines before many errors': (bytes, _text, count) => ({
    query: `${fill('\n', bytes / 2)}{ ${times(count % 2_400, (n) => `f${n}`)} }`,
  }),
  comments: (bytes) => ({ query: `${fill('#\n', bytes / 2)}{ __typename }` }),
  'a nested literal': (_bytes, _text, count) => ({
    query: `{ opportunities(filter: ${'{ ids: '.repeat(count % 1_600)}[]${'}'.repeat(count % 1_600)}) { nodes { id } } }`,
  }),
  'nested lists in the document': (_bytes, _text, count) => ({
    query: `{ opportunities(filter: { ids: ${'['.repeat(count % 2_400)}${']'.repeat(count % 2_400)} }) { nodes { id } } }`,
  }),
  'nested lists in a variable': (bytes, _text, count) => ({
    query: `query ($v: OpportunityFilter) { ${list} }`,
    variables: { v: { ids: JSON.parse('['.repeat(count) + ']'.repeat(count)), x: fill('x', bytes / 2) } },
  }),
  extensions: (bytes, text) => ({ query: '{ __typename }', extensions: { [text]: fill(text, bytes / 2) } }),
  'a persisted query': (bytes, text) => ({
    query: `# ${fill('x', bytes / 2)}\n{ __typename }`,
    extensions: { persistedQuery: { version: 1, sha256Hash: fill(text, bytes / 4) } },
  }),
};

/** Requests whose responses are as long as is allowed: two thousand records, or one error for each of them. */
const asLongAsAllowed: Record<string, Long> = {
  'two thousand records': () => ({
    query: `{ ${times(20, (n) => `a${n}: opportunities(first: 100) { nodes { ...Fifty } }`)} } ${fifty}`,
  }),
  'two thousand representations': () => ({
    query: `query ($v: [_Any!]!) { _entities(representations: $v) { ...Fifty } } ${fifty}`,
    variables: { v: Array(2_000).fill({ __typename: 'Opportunity', id: 'O5000002' }) },
  }),
  'an error for each of two thousand records': (text) => ({
    query: 'query ($v: [_Any!]!) { _entities(representations: $v) { ... on Opportunity { id } } }',
    variables: { v: Array(2_000).fill({ __typename: fill(text, 400) }) },
  }),
};

/** Answers every message with what the process has used so far. */
const meter = `process.on('message', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.send({ cpuMs: (userCPUTime + systemCPUTime) / 1_000, memory: maxRSS * 1_024 });
});`;

/** The gateway alone in a process: neither the emulator's work is measured nor the client's. */
async function start() {
  const emulator = await startEmulator();
  const child = fork('src/main.ts', {
    env: { ...process.env, PORT: '0', UPSTREAM_ENDPOINT: emulator.url, ...settings },
    execArgv: [`--import=data:text/javascript,${encodeURIComponent(meter)}`],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let banner = '';
  for await (const text of child.stdout as Readable) {
    banner += text;
    if (/GraphQL\s+http\S+/.test(banner)) break;
  }
  return {
    url: /GraphQL\s+(http\S+)/.exec(banner)?.[1] ?? '',
    async used() {
      child.send('meter');
      const [used] = await once(child, 'message');
      return used as { cpuMs: number; memory: number };
    },
    async stop() {
      child.kill();
      await emulator.stop();
    },
  };
}

const settings = {
  AWS_ACCESS_KEY_ID: 'TEST',
  AWS_SECRET_ACCESS_KEY: 'test',
  QUOTA_READS_PER_SECOND: '100000',
  QUOTA_WRITES_PER_SECOND: '100000',
  CACHE_FRESH_MS: '60000',
  LOG_LEVEL: 'silent',
};

/** The highest costs so far, by kind: milliseconds, bytes of memory, bytes of the response, and requests. */
const worst = new Map<string, { cpuMs: number; memory: number; bytes: number; requests: number }>();

let gw: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  gw = await start();
  // What is compiled on first use is not the request's cost.
  for (const [n, make] of Object.values(kinds).entries())
    await costOf(make(10_000, filler[n % filler.length] ?? '0', 20));
  for (const make of Object.values(asLongAsAllowed)) await costOf(make('a'));
});
afterAll(async () => {
  await gw.stop();
  if (process.env.RUNS) process.stderr.write(`${JSON.stringify(Object.fromEntries(worst), null, 1)}\n`);
});

/** Sends a request, and measures the processor, the memory and the response that it takes. */
async function costOf(body: Body) {
  const before = await gw.used();
  const response = await fetch(gw.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = Buffer.from(await response.arrayBuffer());
  const after = await gw.used();
  return {
    status: response.status,
    cpuMs: Math.round(after.cpuMs - before.cpuMs),
    memory: after.memory - before.memory,
    bytes: answer.length,
    start: answer.subarray(0, 300).toString(),
  };
}

/** How often a request is repeated that took too much of the processor. */
const attempts = 5;

async function expectCheap(kind: string, body: Body, cpuMs: number): Promise<void> {
  const cost = await costOf(body);
  for (let attempt = 1; attempt < attempts && cost.cpuMs >= cpuMs; attempt++)
    cost.cpuMs = Math.min(cost.cpuMs, (await costOf(body)).cpuMs);
  const most = worst.get(kind) ?? { cpuMs: 0, memory: 0, bytes: 0, requests: 0 };
  worst.set(kind, {
    cpuMs: Math.max(most.cpuMs, cost.cpuMs),
    memory: Math.max(most.memory, cost.memory),
    bytes: Math.max(most.bytes, cost.bytes),
    requests: most.requests + 1,
  });
  expect(cost.status, cost.start).toBeLessThan(500);
  expect(cost.bytes).toBeLessThan(10_000_000);
  expect(cost.cpuMs).toBeLessThan(cpuMs);
  expect(cost.memory).toBeLessThan(100_000_000);
}

const requests = fc.record({
  bytes: fc.integer({ min: 1_000, max: maxBytes - 2_000 }),
  text: fc.constantFrom(...filler),
  count: fc.integer({ min: 1, max: 2_500 }),
});

describe('no request costs more than it may', () => {
  test.each(Object.entries(kinds))('%s', async (kind, make) => {
    await fc.assert(
      fc.asyncProperty(requests, async ({ bytes, text, count }) => {
        const body = make(bytes, text, count);
        fc.pre(Buffer.byteLength(JSON.stringify(body)) <= maxBytes);
        await expectCheap(kind, body, 500);
      }),
      { ...seed, numRuns: runs, endOnFailure: true },
    );
  });

  test.each(Object.entries(asLongAsAllowed))('%s', async (kind, make) => {
    for (let run = 0; run < Math.min(runs, filler.length); run += 1)
      await expectCheap(kind, make(filler[run] ?? '0'), 1_500);
  });
});
