import { describe, expect, test } from 'vitest';
import { windowMs } from '../src/upstream/quota/windows.ts';
import { type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { operationsInFlight, stopTime } from './time.ts';
import { until } from './until.ts';

const ids = (count: number, from = 10) =>
  Array.from({ length: count }, (_, n) => `O5000${String(from + n).padStart(3, '0')}`);
const aliases = (list: string[], fields: string) =>
  `{ ${list.map((id) => `${id}: opportunity(id: "${id}") { ${fields} }`).join('\n')} }`;
const entities = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Opportunity { FIELDS } } }`;
const refs = (list: string[]) => ({ refs: list.map((id) => ({ __typename: 'Opportunity', id })) });
const summary = 'id lifeCycle { stage } customer { account { companyName } }';
const detail = 'id project { title } marketing { source }';
const page = (fields: string, first = 100) => `{ opportunities(first: ${first}) { nodes { ${fields} } } }`;
const caching = { CACHE_FRESH_MS: '60000' };

describe('lookups by id', () => {
  test('lookups of summaries are batched twenty to a call, for entities, aliases and nodes', async () => {
    await using gw = await gateway();
    const joined = await gw.query(entities.replace('FIELDS', summary), refs(ids(200)));
    expect(joined.errors).toBeUndefined();
    expect(joined.data._entities.map(({ id }: Data) => id)).toEqual(ids(200));
    expect(joined.calls).toEqual({ ListOpportunities: 10 });
    expect((await gw.query(aliases(ids(50), summary))).calls).toEqual({ ListOpportunities: 3 });
    const nodes = ids(20).map(
      (id) => `${id}: node(id: "${id}") { ... on Opportunity { lifeCycle { stage } } }`,
    );
    expect((await gw.query(`{ ${nodes.join('\n')} }`)).calls).toEqual({ ListOpportunities: 1 });
  });

  test('lookups of more than a summary cost one call per record', async () => {
    await using gw = await gateway();
    expect((await gw.query(entities.replace('FIELDS', detail), refs(ids(30)))).calls).toEqual({
      GetOpportunity: 30,
    });
    const nodes = ids(2).map(
      (id) => `${id}: node(id: "${id}") { id ... on Opportunity { marketing { source } } }`,
    );
    expect((await gw.query(`{ ${nodes.join('\n')} }`)).calls).toEqual({ GetOpportunity: 2 });
  });

  test('an id that AWS does not have is null among the other results of a batched lookup', async () => {
    await using gw = await gateway();
    const { data, errors } = await gw.query(aliases(['O5000001', 'O404', 'O5000002'], summary));
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ O5000001: { id: 'O5000001' }, O404: null, O5000002: { id: 'O5000002' } });
  });

  test('lookups of several requests share a call while they wait for the quota', async () => {
    using time = stopTime();
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '2', QUOTA_WRITES_PER_SECOND: '0.5' });
    await gw.query(page('id', 1));
    await gw.query(page('id', 2)); // spends the quota of this second
    await gw.emulator.clearCalls();
    const asked = Promise.all([10, 14, 18].map((from) => ask(gw, aliases(ids(4, from), summary))));
    await operationsInFlight(3);
    const answers = await time.until(asked);
    expect(answers.every(({ errors }) => errors === undefined)).toBe(true);
    expect(await gw.emulator.calls()).toEqual({ ListOpportunities: 1 });
  });
});

/** Sends a query without reading the emulator's log, for concurrent queries. */
async function ask(gw: TestGateway, query: string, variables: object = {}): Promise<Data> {
  const headers = { 'content-type': 'application/json' };
  return (
    await fetch(`${gw.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  ).json();
}

/** How many reads wait for the quota. */
const waitingReads = async (gw: TestGateway): Promise<number> =>
  (await ask(gw, '{ quota { read { waiting } } }')).data.quota.read.waiting;

describe('identical calls', () => {
  test('identical concurrent calls of any callers are sent once', async () => {
    await using gw = await gateway();
    await gw.emulator.hold();
    const queries = Array.from({ length: 20 }, (_, n) =>
      n % 2 ? aliases(['O5000002'], detail) : page('id', 3),
    );
    const asked = Promise.all(queries.map((query) => ask(gw, query)));
    await operationsInFlight(20);
    await gw.emulator.untilHeld(2);
    await gw.emulator.release();
    const answers = await asked;
    expect(answers.every(({ errors, data }) => errors === undefined && data)).toBe(true);
    expect(await gw.emulator.calls()).toEqual({ GetOpportunity: 1, ListOpportunities: 1 });
  });

  test('a shared call that fails fails for every caller that shares it, and the next caller sends it again', async () => {
    await using gw = await gateway();
    await gw.emulator.hold();
    await gw.emulator.injectFault({ kind: 'error', times: 5 });
    const asked = Promise.all([1, 2, 3].map(() => ask(gw, aliases(['O5000002'], detail))));
    await operationsInFlight(3);
    await gw.emulator.release();
    const answers = await asked;
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
    expect(codes).toEqual(Array(3).fill('UPSTREAM_UNAVAILABLE'));
    expect((await ask(gw, aliases(['O5000002'], detail))).errors).toBeUndefined();
  });
});

describe('a request that joined the call of another', () => {
  test.each([
    ['a record', aliases(['O5000004'], detail)],
    ['a list that is kept', '{ engagementInvitations(first: 1) { nodes { id } } }'],
  ])(
    'a request that joined a call for %s sends its own when only the other had too little time for the quota',
    async (_, query) => {
      // A token every 2.08 s: the first is spent at once, the second comes before the short request's end, a third does not.
      using time = stopTime();
      await using gw = await gateway({ QUOTA_READS_PER_SECOND: '0.5', REQUEST_TIMEOUT_MS: '3900' });
      await gw.query(aliases(['O5000001'], detail));
      const short = ask(gw, query);
      await operationsInFlight(1);
      await time.advance(1_100);
      const long = ask(gw, query);
      await operationsInFlight(2);
      expect(await waitingReads(gw)).toBe(1);
      // The read of a write goes first, and takes the token for which both wait.
      const patch = '{ lifeCycle: { nextSteps: "First" } }';
      const first = ask(
        gw,
        `mutation { updateOpportunity(input: { id: "O5000002", patch: ${patch} }) { userErrors { code } } }`,
      );
      expect((await short).errors).toMatchObject([{ extensions: { code: 'THROTTLED' } }]);
      expect((await time.until(first)).data.updateOpportunity.userErrors).toEqual([]);
      const { data, errors } = await time.until(long);
      expect(errors).toBeUndefined();
      expect(Object.values(data)).toEqual([expect.anything()]);
    },
  );
});

describe('a cached record', () => {
  test('a cached record costs nothing while it is fresh, and is counted as cached', async () => {
    await using gw = await gateway(caching);
    await gw.query(aliases(['O5000002'], detail));
    const again = await gw.query(aliases(['O5000002'], detail));
    expect(again.calls).toEqual({});
    expect(again.extensions.upstream).toMatchObject({ calls: {}, cached: 1 });
    expect(again.headers.get('x-upstream-calls')).toBe('0');
    // A summary is a part of it.
    expect((await gw.query(aliases(['O5000002'], summary))).calls).toEqual({});
  });

  test('a list revalidates cached records: an unchanged page of details costs one call, and one more per changed record', async () => {
    await using gw = await gateway(caching);
    const cold = await gw.query(page(detail));
    expect(cold.calls).toEqual({ ListOpportunities: 1, GetOpportunity: 100 });
    const nodes = cold.data.opportunities.nodes as Data[];
    const warm = await gw.query(page(detail, 99)); // another page size, so that the list is not cached
    expect(warm.calls).toEqual({ ListOpportunities: 1 });
    expect(warm.data.opportunities.nodes).toEqual(nodes.slice(0, 99));
    for (const { id } of nodes.slice(10, 15))
      await gw.emulator.patchRecord(id, { Marketing: { CampaignName: 'New' } }, { touch: true });
    const changed = await gw.query(page(`${detail} marketing { campaignName }`, 98));
    expect(changed.calls).toEqual({ ListOpportunities: 1, GetOpportunity: 5 });
    expect(
      changed.data.opportunities.nodes.slice(0, 5).map(({ marketing }: Data) => marketing.campaignName),
    ).toEqual(Array(5).fill('New'));
  });

  test('cached records that are no longer fresh are revalidated twenty to a call', async () => {
    using time = stopTime();
    await using gw = await gateway({ CACHE_FRESH_MS: '1' });
    await gw.query(aliases(ids(40), detail));
    await time.advance(1);
    await gw.emulator.patchRecord('O5000012', { Project: { Title: 'Changed' } }, { touch: true });
    const { data, calls } = await gw.query(aliases(ids(40), detail));
    expect(calls).toEqual({ ListOpportunities: 2, GetOpportunity: 1 });
    expect(data.O5000012.project.title).toBe('Changed');
  });

  test('stale records are looked up together while calls wait for the quota, and one by one otherwise', async () => {
    using time = stopTime();
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '0.5', CACHE_FRESH_MS: '1' });
    expect((await gw.query(aliases(['O5000002'], summary))).calls).toEqual({ GetOpportunity: 1 });
    await gw.emulator.clearCalls();
    const blocker = ask(gw, aliases(['O5000001'], detail));
    await operationsInFlight(1);
    const others = ids(4).map((id) => ask(gw, aliases([id], summary)));
    await operationsInFlight(5);
    const answers = await time.until(Promise.all([blocker, ...others]));
    expect(answers.every(({ errors }) => errors === undefined)).toBe(true);
    expect(await gw.emulator.calls()).toEqual({ ListOpportunities: 1, GetOpportunity: 1 });
  });

  test.each(['no-cache', 'No-Cache', 'max-age=0, no-cache'])(
    'Cache-Control: %s bypasses cached records',
    async (value) => {
      await using gw = await gateway(caching);
      await gw.query(aliases(['O5000002'], detail));
      const { calls } = await gw.query(aliases(['O5000002'], detail), {}, { 'cache-control': value });
      expect(calls).toEqual({ GetOpportunity: 1 });
    },
  );

  test('a mutation reads the record from AWS and refreshes the cached one', async () => {
    await using gw = await gateway(caching);
    await gw.query(aliases(['O5000002'], detail));
    await gw.emulator.patchRecord('O5000002', { Project: { AdditionalComments: 'Theirs' } }, { touch: true });
    const { data, calls } = await gw.query(`mutation {
      updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "Mine" } } }) {
        opportunity { lifeCycle { nextSteps } project { additionalComments } }
      }
    }`);
    expect(calls).toEqual({ GetOpportunity: 2, UpdateOpportunity: 1 });
    expect(data.updateOpportunity.opportunity).toEqual({
      lifeCycle: { nextSteps: 'Mine' },
      project: { additionalComments: 'Theirs' },
    });
    const after = await gw.query(aliases(['O5000002'], 'lifeCycle { nextSteps }'));
    expect(after.data.O5000002.lifeCycle.nextSteps).toBe('Mine');
  });

  test('records are evicted when the cache is full, and read again', async () => {
    await using gw = await gateway({ ...caching, CACHE_MAX_BYTES: '1000000' });
    const all = [entities.replace('FIELDS', detail), refs(ids(200))] as const;
    await gw.query(...all);
    const { calls } = await gw.query(...all);
    expect(calls.GetOpportunity).toBeGreaterThan(20);
    expect(calls.GetOpportunity).toBeLessThan(200);
  });
});

describe('a cached page of a list', () => {
  const board = (
    first: number,
  ) => `{ opportunities(first: ${first}, filter: { ids: ["O5000002", "O5000003"] }) {
    nodes { id lifeCycle { nextSteps } } } }`;
  const patch = (nextSteps: string) => `mutation {
    updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "${nextSteps}" } } }) {
      userErrors { message } } }`;

  test('a cached page costs nothing while it is fresh, and is counted as cached', async () => {
    await using gw = await gateway(caching);
    const cold = await gw.query(board(2));
    expect(cold.calls).toEqual({ ListOpportunities: 1 });
    const again = await gw.query(board(2));
    expect([again.calls, again.data]).toEqual([{}, cold.data]);
    expect(again.extensions.upstream).toMatchObject({ calls: {}, cached: 1 });
    const fresh = await gw.query(board(2), {}, { 'cache-control': 'no-cache' });
    expect(fresh.calls).toEqual({ ListOpportunities: 1 });
  });

  test('a cached page is fetched again after a write through this gateway', async () => {
    await using gw = await gateway(caching);
    await gw.query(board(2));
    await gw.query(patch('Mine'));
    const { data, calls } = await gw.query(board(2));
    expect(calls).toEqual({ ListOpportunities: 1 });
    expect(data.opportunities.nodes.find(({ id }: Data) => id === 'O5000002').lifeCycle.nextSteps).toBe(
      'Mine',
    );
  });

  test('a cached page revalidates no records when it is returned again', async () => {
    using time = stopTime();
    await using gw = await gateway({ CACHE_FRESH_MS: '400' });
    const read = () => gw.query(aliases(['O5000002'], detail));
    const { title } = (await read()).data.O5000002.project;
    await time.advance(300);
    // This page was fetched, and shows that the record is unchanged: both are fresh until 700 ms.
    expect((await gw.query(board(2))).calls).toEqual({ ListOpportunities: 1 });
    await gw.emulator.patchRecord('O5000002', { Project: { Title: 'Changed' } }, { touch: true });
    await time.advance(399);
    expect((await gw.query(board(2))).calls).toEqual({});
    expect((await read()).data.O5000002.project.title).toBe(title);
    await time.advance(1);
    expect((await read()).data.O5000002.project.title).toBe('Changed');
  });
});

describe('reads never go back in time', () => {
  const old = { LastModifiedDate: '2020-01-01T00:00:00Z', LifeCycle: { NextSteps: 'Old' } };

  test('a read returns no older version than an earlier read through the same gateway', async () => {
    await using gw = await gateway();
    const read = () => gw.query(aliases(['O5000002'], 'lifeCycle { nextSteps } marketing { source }'));
    const before = await read();
    await gw.emulator.patchRecord('O5000002', old);
    expect((await read()).data).toEqual(before.data);
    await using other = await gatewayOn(gw.emulator.url);
    expect(
      (await other.query(aliases(['O5000002'], 'lifeCycle { nextSteps } marketing { source }'))).data.O5000002
        .lifeCycle.nextSteps,
    ).toBe('Old');
  });

  test('a list returns no older version than an earlier read', async () => {
    await using gw = await gateway();
    const one = '{ opportunities(filter: { ids: ["O5000002"] }) { nodes { id lifeCycle { nextSteps } } } }';
    const before = await gw.query(aliases(['O5000002'], 'lifeCycle { nextSteps } marketing { source }'));
    await gw.emulator.patchRecord('O5000002', old);
    const { data } = await gw.query(one);
    expect(data.opportunities.nodes[0].lifeCycle).toEqual(before.data.O5000002.lifeCycle);
  });
});

describe('the quota', () => {
  test('calls beyond the quota wait, and the response reports for how long', async () => {
    using time = stopTime();
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '4', QUOTA_WRITES_PER_SECOND: '0.01' });
    const { extensions, errors } = await time.until(gw.query(aliases(ids(6), detail)));
    expect(errors).toBeUndefined();
    // The fifth and the sixth waited at the same time, until the first four had left their window.
    expect(extensions.upstream.waitedMs).toBe(windowMs);
    expect(extensions.upstream.quota.read.perSecond).toBe(4);
  });

  test('calls that wait in parallel are reported as the longest of their waits', async () => {
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '4', QUOTA_WRITES_PER_SECOND: '0.01' });
    const before = performance.now();
    const { extensions, calls } = await gw.query(aliases(ids(10), detail));
    expect(calls).toEqual({ GetOpportunity: 10 });
    expect(extensions.upstream.waitedMs).toBeLessThan(performance.now() - before);
    const logged = gw.logged.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'operation');
    expect(logged.waitedMs).toBe(extensions.upstream.waitedMs);
  });

  test('calls that cannot be made before the deadline are refused at once, with a time to retry', async () => {
    using time = stopTime();
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '1', REQUEST_TIMEOUT_MS: '1500' });
    const { data, errors, calls } = await time.until(gw.query(aliases(ids(6), detail)));
    const codes = errors?.map(({ extensions }) => extensions.code);
    expect(new Set(codes)).toEqual(new Set(['THROTTLED']));
    expect(errors?.every(({ extensions }) => Number(extensions.retryAfterMs) > 0)).toBe(true);
    // One at once, and one when the first has left its window.
    expect([calls, codes?.length]).toEqual([{ GetOpportunity: 2 }, 4]);
    expect(Object.values(data).filter(Boolean)).toHaveLength(2);
  });

  test('an exhausted daily quota has its own error code', async () => {
    await using gw = await gateway({ QUOTA_READS_PER_DAY: '2' });
    await gw.query(aliases(ids(2), detail));
    const { errors } = await gw.query(aliases(['O5000002'], detail));
    expect(errors).toMatchObject([{ extensions: { code: 'QUOTA_EXHAUSTED' } }]);
  });

  test('calls of a client that disconnects leave the queue, and clients that share them are still served', async () => {
    using time = stopTime();
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '1', REQUEST_TIMEOUT_MS: '20000' });
    await gw.query(aliases(['O5000001'], detail)); // spends the quota of this second
    const gone = new AbortController();
    const send = (query: string, signal?: AbortSignal) =>
      fetch(`${gw.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        ...(signal && { signal }),
      });
    const leaving = ids(12).map((id) => send(aliases([id], detail), gone.signal).catch(() => 'gone'));
    await operationsInFlight(12);
    const staying = send(aliases(ids(1), detail));
    await operationsInFlight(13);
    expect(await waitingReads(gw)).toBe(12);
    gone.abort();
    expect(await Promise.all(leaving)).toEqual(Array(12).fill('gone'));
    await until(async () => (await waitingReads(gw)) === 1);
    const { data, errors } = (await (await time.until(staying)).json()) as Data;
    expect(errors).toBeUndefined();
    expect(data.O5000010.id).toBe('O5000010');
    expect(await waitingReads(gw)).toBe(0);
    expect(await gw.emulator.calls()).toEqual({ GetOpportunity: 2 });
  });

  test('the quota can be queried, at no cost', async () => {
    using _time = stopTime();
    await using gw = await gateway({
      QUOTA_READS_PER_SECOND: '10',
      QUOTA_READS_PER_DAY: '1000',
      QUOTA_WRITES_PER_SECOND: '1',
    });
    await gw.query(aliases(ids(3), detail));
    const { data, calls } = await gw.query(
      '{ quota { read { perSecond remainingNow remaining24h nextCallAt waiting } write { perSecond remaining24h waiting } } }',
    );
    expect(data.quota).toMatchObject({
      read: { perSecond: 10, remaining24h: 997, nextCallAt: null, waiting: 0 },
      write: { perSecond: 1, remaining24h: 10_000, waiting: 0 },
    });
    expect(calls).toEqual({});
  });
});

describe('a dry run', () => {
  const dry = { 'x-upstream-dry-run': '1' };
  const planned = async (gw: TestGateway, query: string, variables = {}) => {
    const { data, errors, extensions, calls, headers } = await gw.query(query, variables, dry);
    expect({ data, errors, calls, header: headers.get('x-upstream-calls') }).toEqual({
      data: null,
      errors: undefined,
      calls: {},
      header: '0',
    });
    return extensions.upstream.dryRun;
  };

  test('a dry run reports the maximum cost of an operation, and makes no call', async () => {
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '10', QUOTA_WRITES_PER_SECOND: '1' });
    expect(await planned(gw, page(summary))).toEqual({
      calls: { ListOpportunities: 1 },
      cached: 0,
      seconds: 0,
      limit: 300,
    });
    expect(await planned(gw, page(detail))).toEqual({
      calls: { ListOpportunities: 1, GetOpportunity: 100 },
      cached: 0,
      seconds: 9.1,
      limit: 300,
    });
    expect(await planned(gw, entities.replace('FIELDS', summary), refs(ids(200)))).toMatchObject({
      calls: { ListOpportunities: 10 },
    });
    const patch =
      'mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "x" } } }) { opportunity { id } } }';
    expect(await planned(gw, patch)).toMatchObject({ calls: { GetOpportunity: 2, UpdateOpportunity: 1 } });
  });

  test('a dry run counts the write of a patch that depends on the record', async () => {
    await using gw = await gateway();
    const patch = `mutation { updateOpportunity(input: { id: "O5000002", onConflict: FAIL,
      expectedLastModifiedDate: "2026-01-01T00:00:00Z", patch: { project: { title: "Other" } } }) { changed } }`;
    expect((await planned(gw, patch)).calls).toMatchObject({ UpdateOpportunity: 1 });
  });

  test('a dry run of more certain calls than the limit is refused with their number', async () => {
    await using gw = await gateway({ MAX_UPSTREAM_CALLS: '10' });
    const { errors } = await gw.query(entities.replace('FIELDS', summary), refs(ids(400)), dry);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_EXPENSIVE', upstreamCalls: 20 });
  });

  test('a dry run counts cached records, and adds none to the cache', async () => {
    await using gw = await gateway(caching);
    await gw.query(aliases(['O5000002'], detail));
    expect(await planned(gw, aliases(['O5000002', 'O5000003'], detail))).toMatchObject({
      calls: { GetOpportunity: 1 },
      cached: 1,
    });
    const { data, calls } = await gw.query(
      aliases(['O5000003'], 'id lifeCycle { reviewStatus } marketing { source }'),
    );
    expect(calls).toEqual({ GetOpportunity: 1 });
    expect(data.O5000003.lifeCycle.reviewStatus).toBe('ACTION_REQUIRED');
  });

  test.each([
    ...['1', 'true', 'TRUE', 'yes', 'on', '1, 1'].map((value) => [value, false] as const),
    ...['0', 'false', 'False', ''].map((value) => [value, true] as const),
  ])('a mutation with X-Upstream-Dry-Run: "%s" is executed: %s', async (value, isExecuted) => {
    await using gw = await gateway();
    const patch =
      'mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "x" } } }) { changed } }';
    const { calls } = await gw.query(patch, {}, { 'x-upstream-dry-run': value });
    expect(calls.UpdateOpportunity === 1).toBe(isExecuted);
  });

  test('a dry run of an invalid document is rejected as without one', async () => {
    await using gw = await gateway();
    expect((await gw.query('{ opportunity(id: ', {}, dry)).status).toBe(400);
  });
});
