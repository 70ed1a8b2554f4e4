/**
 * Two accounts with the same ids under random load: no answer, event, log line, audit line, metric, Redis key or message of one
 * shows anything of the other. Each emulator has records with values that name its account. `RUNS=1000 SEED=1` runs longer.
 */
import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GatewayOfAccounts, gatewayOfAccounts } from './accounts-kit.ts';
import type { Data } from './kit.ts';
import { freePort, hasRedis, startRedis } from './redis.ts';
import { eventStream } from './streams.ts';
import { until } from './until.ts';

const runs = Number(process.env.RUNS ?? 3);
const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};

const names = ['north', 'south'] as const;
type Name = (typeof names)[number];
const other = (name: Name): Name => (name === 'north' ? 'south' : 'north');
/** What every planted value of an account contains. */
const mark = (name: Name) => `planted-${name}`;

/** The records that both accounts have, with an approved review and so open to patches. */
const ids = ['O5000002', 'O5000007', 'O5000012'];

const reporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter: reporter, exportIntervalMillis: 3_600_000 });

let redis: Awaited<ReturnType<typeof startRedis>> | undefined;
const observers: ReturnType<typeof createClient>[] = [];
let gw: GatewayOfAccounts;
const published: { channel: string; message: string }[] = [];
const events: Record<Name, string[]> = { north: [], south: [] };
const streams: { close(): void }[] = [];
/** The operations that have been sent, by account. */
const sent: Record<Name, number> = { north: 0, south: 0 };

const node = 'id lifeCycle { nextSteps } customer { account { companyName } } project { title }';
const subscription = `subscription { opportunityChanged { changedFields opportunity { ${node} } } }`;

async function follow(name: Name): Promise<void> {
  const stream = await eventStream(gw.url, { query: subscription }, { 'x-account': name });
  streams.push(stream);
  void (async () => {
    for (let frame = await stream.next(); frame; frame = await stream.next())
      events[name].push(JSON.stringify(frame));
  })().catch(() => {});
}

beforeAll(async () => {
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  if (hasRedis) {
    redis = await startRedis(await freePort());
    observers.push(createClient({ url: redis.url }), createClient({ url: redis.url }));
    for (const observer of observers) await observer.connect();
    await observers[1]?.pSubscribe('*', (message, channel) => void published.push({ channel, message }));
  }
  gw = await gatewayOfAccounts(
    { north: {}, south: {} },
    {
      INDEX: 'on',
      SYNC_INTERVAL_MS: '100',
      CACHE_FRESH_MS: '50',
      ...(redis && { REDIS_URL: redis.url }),
    },
  );
  for (const name of names) {
    const emulator = await gw.emulator(name);
    for (const id of ids)
      await emulator.patchRecord(
        id,
        {
          LifeCycle: { NextSteps: mark(name) },
          Customer: { Account: { CompanyName: mark(name) } },
          Project: { Title: mark(name) },
          PartnerOpportunityIdentifier: `${mark(name)}-${id}`,
        },
        { touch: true },
      );
    await until(
      async () => (await ask(name, '{ pipeline(groupBy: [STAGE]) { count } }')).data.pipeline !== null,
    );
    await follow(name);
  }
}, 60_000);
afterAll(async () => {
  for (const { close } of streams) close();
  await gw[Symbol.asyncDispose]();
  for (const observer of observers) observer.destroy();
  await redis?.kill();
  metrics.disable();
});

let requests = 0;
function ask(name: Name, query: string, headers: Record<string, string> = {}) {
  sent[name] += 1;
  requests += 1;
  return gw.query(query, { 'x-account': name, 'x-request-id': `${name}-${requests}`, ...headers });
}

/** What a caller does in an account. `n` chooses the record and makes values different. */
const actions: Record<string, (name: Name, n: number) => Promise<{ text: string }>> = {
  record: (name, n) => ask(name, `{ opportunity(id: "${ids[n % ids.length]}") { ${node} } }`),
  nodes: (name) => ask(name, `{ nodes(ids: ${JSON.stringify(ids)}) { id ... on Opportunity { ${node} } } }`),
  list: (name, n) => ask(name, `{ opportunities(first: ${5 + (n % 20)}) { totalCount nodes { ${node} } } }`),
  search: (name, n) =>
    ask(
      name,
      `{ opportunities(first: 5, filter: { search: "${mark(n % 2 ? name : other(name))}" }) { nodes { ${node} } } }`,
    ).then(({ text, ...rest }) => ({
      ...rest,
      text: n % 2 ? text : text.replaceAll(`\\"${mark(other(name))}`, ''),
    })),
  byIdentifier: (name, n) =>
    ask(
      name,
      `{ opportunityByPartnerIdentifier(partnerOpportunityIdentifier: "${mark(name)}-${ids[n % ids.length]}") { ${node} } }`,
    ),
  feed: (name) =>
    ask(name, `{ opportunityChanges(first: 100) { nodes { opportunity { ${node} } } cursor } }`),
  pipeline: (name) => ask(name, '{ pipeline(groupBy: [STAGE]) { count } attention { missingKinds } }'),
  uncached: (name, n) =>
    ask(name, `{ opportunity(id: "${ids[n % ids.length]}") { ${node} } }`, { 'cache-control': 'no-cache' }),
  dryRun: (name, n) =>
    ask(name, `{ opportunity(id: "${ids[n % ids.length]}") { ${node} } }`, { 'x-upstream-dry-run': '1' }),
  write: (name, n) =>
    ask(
      name,
      `mutation { updateOpportunity(input: { id: "${ids[n % ids.length]}", patch: { lifeCycle: { nextSteps: "${mark(name)} ${n}" } } }) {
        changed userErrors { code message } opportunity { ${node} } } }`,
      // The same keys in both accounts.
      n % 2 ? { 'idempotency-key': `key-${n}` } : {},
    ),
  job: (name, n) =>
    ask(
      name,
      `mutation { bulkUpdateOpportunities(input: { name: "${mark(name)}", clientToken: "token-${n}", items: [
        { id: "${ids[n % ids.length]}", patch: { lifeCycle: { nextSteps: "${mark(name)} job ${n}" } } }] }) {
        job { id name } userErrors { code } } }`,
    ),
  jobs: (name) =>
    ask(
      name,
      `{ bulkJobs(first: 20) { nodes { name createdBy items(first: 5) { nodes { opportunity { ${node} } } } } } }`,
    ),
};

const action = fc.record({
  name: fc.constantFrom(...names),
  kind: fc.constantFrom(...Object.keys(actions)),
  n: fc.nat({ max: 50 }),
});

test('no answer of an account has a value of the other, whatever both do at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 12, maxLength: 24 }), async (all) => {
      await Promise.all(
        all.map(async ({ name, kind, n }) => {
          const { text } = await (actions[kind] as (typeof actions)[string])(name, n);
          expect(text, `${kind} of ${name}`).not.toContain(mark(other(name)));
        }),
      );
    }),
    { numRuns: runs, ...seed, endOnFailure: true },
  );
  // Not in vain: every account has shown its own values.
  for (const name of names)
    expect((await ask(name, `{ opportunity(id: "${ids[0]}") { ${node} } }`)).text).toContain(mark(name));
}, 1_200_000);

test('no event of an account has a value of the other', async () => {
  for (const name of names) {
    await actions.write?.(name, 1_000);
    await until(() => events[name].some((event) => event.includes(mark(name))));
    expect(events[name].join('')).not.toContain(mark(other(name)));
  }
});

test('no record of AWS has been written by the other account', async () => {
  for (const name of names) {
    const emulator = await gw.emulator(name);
    for (const id of ids) {
      const text = JSON.stringify(await emulator.record(id));
      expect(text).toContain(mark(name));
      expect(text).not.toContain(mark(other(name)));
    }
  }
});

test('every line of the log and of the audit is of the account of its request, and has no value at all', async () => {
  for (const name of names) await actions.write?.(name, 1_001);
  const lines = gw.logged.map((line): Data => JSON.parse(line));
  for (const line of lines.filter(({ requestId }) => /^(north|south)-/.test(requestId ?? '')))
    expect(line.requestId.split('-')[0], JSON.stringify(line)).toBe(line.account);
  expect(lines.filter(({ audit }) => audit).length).toBeGreaterThan(0);
  expect(gw.logged.join('')).not.toContain('planted-');
});

test('every metric that has accounts counts those of each', async () => {
  await reader.forceFlush();
  const points = reporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    .flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map((point) => ({ name: descriptor.name, ...point })),
    );
  expect(JSON.stringify(points)).not.toContain('planted-');
  const operations = (name: Name) =>
    points
      .filter((point) => point.name === 'graphql.operation.duration')
      .filter(
        ({ attributes }) =>
          attributes.account === name && attributes['graphql.operation.type'] !== 'subscription',
      )
      .reduce((sum, { value }) => sum + (value as { count: number }).count, 0);
  for (const name of names) expect(operations(name)).toBe(sent[name]);
  const accounts = new Set(points.map(({ attributes }) => attributes.account));
  expect([...accounts].filter((name) => name !== undefined).toSorted()).toEqual(['north', 'south']);
});

test.skipIf(!hasRedis)(
  'every key and message in Redis is of one account, and has no value of the other',
  async () => {
    const [client] = observers as [(typeof observers)[number]];
    for (const name of names) await actions.write?.(name, 1_002);
    const keys = await client.keys('*');
    expect(keys.length).toBeGreaterThan(4);
    async function contentOf(key: string): Promise<unknown> {
      const type = await client.type(key);
      if (type === 'string') return client.get(key);
      if (type === 'hash') return client.hGetAll(key);
      if (type === 'zset') return client.zRange(key, 0, -1);
      if (type === 'list') return client.lRange(key, 0, -1);
      if (type === 'stream') return client.xRange(key, '-', '+');
      return client.sMembers(key);
    }
    const ownerOf = (text: string) => names.find((name) => text.includes(`:${name}:Sandbox`));
    for (const key of keys) {
      const owner = ownerOf(key);
      expect(owner, key).toBeDefined();
      expect(JSON.stringify(await contentOf(key)), key).not.toContain(mark(other(owner as Name)));
    }
    expect(published.length).toBeGreaterThan(0);
    for (const { channel, message } of published) {
      const owner = ownerOf(channel);
      expect(owner, channel).toBeDefined();
      expect(message, channel).not.toContain(mark(other(owner as Name)));
    }
  },
);
