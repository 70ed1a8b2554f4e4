/**
 * Random operations over records with oddities, by plans and by graphql-js: both answer the same, byte for byte.
 * `RUNS=5000 SEED=1` runs longer.
 */
import { metrics } from '@opentelemetry/api';
import fc from 'fast-check';
import { beforeAll, expect, test, vi } from 'vitest';
import { everyField } from '../bench/tools/queries.ts';
import { startEmulator } from '../emulator/server.ts';
import { calendar, systemClock } from '../src/clock.ts';
import { type Operation, operations, schema } from './arbitraries.ts';
import { gatewayOn, type TestGateway } from './kit.ts';

const runs = Number(process.env.RUNS ?? 30);
const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};

/** How often plans have answered or given up, as the gateways report to OpenTelemetry. */
const outcomes: Record<string, number> = {};

/** The time in responses. */
const instant = new Date().toISOString();

beforeAll(() => {
  // What is cached must not expire for one gateway just before it does for the other.
  vi.spyOn(systemClock, 'now').mockReturnValue(systemClock.now());
  vi.spyOn(calendar, 'instant').mockImplementation((inMs = 0) =>
    new Date(Date.parse(instant) + inMs).toISOString(),
  );
  const meter = metrics.getMeterProvider().getMeter('none');
  const counting = (name: string) => ({
    add(count: number, { outcome }: Record<string, string> = {}) {
      if (name === 'graphql.plans' && outcome) outcomes[outcome] = (outcomes[outcome] ?? 0) + count;
    },
  });
  metrics.setGlobalMeterProvider({
    getMeter: () => Object.assign(Object.create(meter), { createCounter: counting }),
  });
});

/** What AWS could have in records, and what it should not. */
const oddities: Record<string, object> = {
  O5000001: { LifeCycle: { Stage: 'Closed Won', ReviewStatus: 'Rejected twice' } },
  O5000002: { Project: { Title: 'half a pair \ud83d, a NUL \u0000, "quotes" and 東京' } },
  O5000003: { Customer: null, Marketing: { Source: 'Rumour', Channels: ['AWS Channels', 'Skywriting'] } },
  O5000004: { PrimaryNeedsFromAws: ['Nothing', null, 'Co-Sell - Technical Consultation'] },
  O5000005: { Marketing: null, LifeCycle: null },
  O5000006: { Project: { ExpectedCustomerSpend: [null, { Amount: 12.5, CurrencyCode: 'XYZ' }, 'text'] } },
  O5000007: { LastModifiedDate: null, Catalog: null },
  O5000008: { PartnerOpportunityIdentifier: 42, Project: { Title: { a: 1 } } },
  O5000009: { Project: { DeliveryModels: 'SaaS or PaaS', SalesActivities: [['nested']] } },
};
/** What AWS's answers are refused for. A list with one of these is refused as a whole. */
const unreadable: Record<string, object> = {
  O5000010: { Customer: 'a text' },
  O5000011: { Customer: ['a list'], PrimaryNeedsFromAws: [7] },
  O5000012: { NationalSecurity: true, OpportunityTeam: [{ Email: { a: 1 } }] },
};

async function compared(): Promise<{ byPlan: TestGateway; byGraphqlJs: TestGateway } & AsyncDisposable> {
  const emulator = await startEmulator({});
  const env = {
    CACHE_FRESH_MS: '600000',
    // Many random operations would be refused for their size, and no time passes in which a quota recovers.
    MAX_UPSTREAM_CALLS: '0',
    MAX_RECORDS: '100000',
    QUOTA_PROSPECTING_GET_PER_SECOND: '10000',
    QUOTA_PROSPECTING_LIST_PER_SECOND: '10000',
  };
  const byPlan = await gatewayOn(emulator.url, { ...env, PLANS_FROM_USE: '1' });
  const byGraphqlJs = await gatewayOn(emulator.url, { ...env, PLANS_FROM_USE: '1000000000' });
  for (const [id, members] of Object.entries(oddities)) await byPlan.emulator.patchRecord(id, members);
  return {
    byPlan,
    byGraphqlJs,
    async [Symbol.asyncDispose]() {
      await byPlan[Symbol.asyncDispose]();
      await byGraphqlJs[Symbol.asyncDispose]();
      await emulator.stop();
    },
  };
}

/** Where two strings differ, which may be very long; undefined if they are equal. */
function firstDifference(one: string, other: string): string[] | undefined {
  if (one === other) return undefined;
  let at = 0;
  while (one[at] === other[at]) at += 1;
  return [one, other].map((text) => text.slice(Math.max(0, at - 200), at + 200));
}

type ErrorOf = { path?: unknown };

/** How calls are batched depends on which of those in flight is answered first; other tests count them. */
const costs =
  /"upstream":\{"calls":\{[^}]*\},"cached":\d+,"waitedMs":\d+,"quota":\{"read":\{[^}]*\},"write":\{[^}]*\}\}\}/;

/** A response as text, with its errors in the order of their paths: they are in that in which records were read. */
async function ask({ url }: TestGateway, operation: Operation) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'same' },
    body: JSON.stringify(operation),
  });
  const text = (await response.text()).replace(costs, '"upstream":{}');
  const { errors, ...rest } = JSON.parse(text) as { errors?: ErrorOf[] };
  if (!errors) return { status: response.status, text };
  const sorted = errors.map((error) => JSON.stringify(error)).toSorted();
  return { status: response.status, text: `${sorted.join('\n')}\n${JSON.stringify(rest)}` };
}

/** Ids of what there is, by the field that takes them. */
type Ids = Record<string, string[]>;

async function readIds({ query }: TestGateway): Promise<Ids> {
  const edges = '(first: 5) { nodes { id } }';
  const { data } = await query(
    `{ engagements${edges} leads${edges} tasks${edges} solutions${edges} engagementInvitations(direction: RECEIVER, first: 5) { nodes { id } } }`,
  );
  const of = (name: string): string[] =>
    data[name].nodes.flatMap((node: { id: string } | null) => node?.id ?? []);
  const opportunities = Object.keys(oddities);
  return {
    engagement: of('engagements'),
    lead: of('leads'),
    engagementInvitation: of('engagementInvitations'),
    opportunity: opportunities,
    node: [...opportunities.slice(0, 3), ...of('engagements'), ...of('tasks'), ...of('solutions')],
    nodes: [...opportunities.slice(0, 3), ...of('leads'), ...of('engagementInvitations')],
  };
}

/** A random operation, most of which would be refused, made one that is executed: with valid variables and directives. */
function repaired({ query, variables }: Operation, ids: Ids): Operation {
  const types = Object.fromEntries(
    [...query.matchAll(/\$(v\d+): ([\w[\]!]+)/g)].map(([, name, type]) => [name, type]),
  );
  const repair = ([name, value]: [string, unknown]): [string, unknown] => {
    const type = types[name] ?? '';
    const number = JSON.stringify(value ?? null).length;
    if (/^Int!?$/.test(type)) return [name, 1 + (number % 20)];
    if (/^Boolean!?$/.test(type)) return [name, number % 2 === 0];
    if (!/^\[?ID/.test(type)) return [name, type.endsWith('!') ? value : null];
    const [, field = ''] =
      new RegExp(`(\\w+)\\([^()]*\\$${name}\\b`).exec(query.slice(query.indexOf('{'))) ?? [];
    const known = ids[field] ?? ids.opportunity ?? [];
    return [name, type.startsWith('[') ? known : known[number % known.length]];
  };
  return {
    query: query.replaceAll(' @nothing', ''),
    variables: Object.fromEntries(Object.entries(variables).map(repair)),
  };
}

const opportunity = everyField(schema, 'Opportunity');
/** Those that fit the schema. */
const writable = ['O5000001', 'O5000002', 'O5000005', 'O5000007'];
const representations = [
  ...writable.map((id) => ({ __typename: 'Opportunity', id })),
  { __typename: 'Opportunity' },
  { __typename: 'Opportunity', id: 'x' },
  { __typename: 'Nothing', id: 'O5000001' },
  { id: 'O5000001' },
  null,
];

/** Operations by hand: what random ones seldom are. */
const table: Record<string, Operation> = {
  'every field of records with values that enums do not have, and strange strings': {
    query: `{ ${writable.map((id) => `${id}: opportunity(id: "${id}") { ${opportunity} }`).join(' ')} }`,
    variables: {},
  },
  'a page of whole records': {
    query: `{ opportunities(first: 30) { nodes { ${opportunity} } edges { cursor } pageInfo { endCursor } } }`,
    variables: {},
  },
  'a page of records that each need more': {
    query:
      '{ opportunities(first: 10) { edges { node { __typename id tags { key } differences { field } solutions { id } } } } }',
    variables: {},
  },
  'entities, some of them with bad representations': {
    query: `query ($refs: [_Any!]!) { _entities(representations: $refs) { __typename ... on Opportunity { ${opportunity} } } }`,
    variables: { refs: representations },
  },
  'entities only': {
    query: `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Opportunity { ${opportunity} } } }`,
    variables: { refs: representations.slice(0, 4) },
  },
  'fragments on interfaces, and fields that merge': {
    query: `{ node(id: "O5000009") { ...A id ... on Node { same: __typename } } nodes(ids: ["O5000001", "O404404"]) { ...A }
        opportunity(id: "O5000001") { project { title } ...B project { deliveryModels } } }
      fragment A on Node { id ... on Opportunity { lifeCycle { stage } ...B } }
      fragment B on Opportunity { lifeCycle { reviewStatus } again: lifeCycle { stage } project { salesActivities } }`,
    variables: {},
  },
  'errors beside data that is read from AWS': {
    query:
      '{ a: opportunity(id: "O5000002") { id tags { key } } b: opportunity(id: "x") { id } opportunities(first: 0) { nodes { id } } c: opportunities(first: 2) { nodes { id } } }',
    variables: {},
  },
  'what needs no record': {
    query:
      '{ __typename picklists { __typename } quota { read { perSecond } } session { scopes } awsProducts { code } _service { sdl } }',
    variables: {},
  },
  introspection: { query: '{ __schema { queryType { name } } }', variables: {} },
};

test('plans and graphql-js answer the same, byte for byte', async () => {
  await using gws = await compared();
  const { byPlan, byGraphqlJs } = gws;
  async function compare({ query, variables }: Operation): Promise<void> {
    // What is left of the quota differs from one gateway to the other.
    const operation = {
      query: query.replaceAll(/\b(remainingNow|remaining24h|nextCallAt|waiting)\b/g, 'perSecond'),
      variables,
    };
    // Once, then with what the first time has left in the caches.
    for (let use = 0; use < 2; use++) {
      const [planned, executed] = await Promise.all([ask(byPlan, operation), ask(byGraphqlJs, operation)]);
      expect(planned.status).toBe(executed.status);
      expect(firstDifference(planned.text, executed.text), operation.query).toBeUndefined();
    }
  }

  for (const operation of Object.values(table)) await compare(operation);
  for (const [yes, no] of [
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])
    await compare({
      query:
        'query ($yes: Boolean!, $no: Boolean!) { opportunity(id: "O5000009") { id ...F @include(if: $yes) lifeCycle { stage } customer @skip(if: $no) { account { companyName } } } } fragment F on Opportunity { lifeCycle { stage @skip(if: $no) targetCloseDate } }',
      variables: { yes, no },
    });
  expect(outcomes.answered).toBeGreaterThan(10);
  const known = await readIds(byGraphqlJs);
  await readIds(byPlan);
  const any = operations('query');
  const random = fc.oneof(
    { weight: 1, arbitrary: any },
    { weight: 4, arbitrary: any.map((operation) => repaired(operation, known)) },
  );
  await fc.assert(fc.asyncProperty(random, compare), { numRuns: runs, ...seed });
  for (const [id, members] of Object.entries(unreadable)) await byPlan.emulator.patchRecord(id, members);
  const unread = Object.keys(unreadable).map((id) => `${id}: opportunity(id: "${id}") { ${opportunity} }`);
  await compare({
    query: `{ ${unread.join(' ')} opportunities(first: 2) { edges { cursor } } }`,
    variables: {},
  });
  if (process.env.RUNS) process.stdout.write(`${JSON.stringify(outcomes)}\n`);
}, 3_600_000);
