import { describe, expect, test } from 'vitest';
import { input } from './create-input.ts';
import { type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';

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

describe('look-ups by id that need no more than a summary', () => {
  test('go out twenty to a call, as entities, as aliases and as nodes', async () => {
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

  test('are whole records where more is selected, one call each', async () => {
    await using gw = await gateway();
    expect((await gw.query(entities.replace('FIELDS', detail), refs(ids(30)))).calls).toEqual({
      GetOpportunity: 30,
    });
    const nodes = ids(2).map(
      (id) => `${id}: node(id: "${id}") { id ... on Opportunity { marketing { source } } }`,
    );
    expect((await gw.query(`{ ${nodes.join('\n')} }`)).calls).toEqual({ GetOpportunity: 2 });
  });

  test('tell apart what AWS does not know', async () => {
    await using gw = await gateway();
    const { data, errors } = await gw.query(aliases(['O5000001', 'O404', 'O5000002'], summary));
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ O5000001: { id: 'O5000001' }, O404: null, O5000002: { id: 'O5000002' } });
  });

  test('of several requests share a call while they wait for the quota', async () => {
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '2', QUOTA_WRITES_PER_SECOND: '0.5' });
    await gw.query(page('id', 1));
    await gw.query(page('id', 2)); // the second's tokens are spent
    await gw.emulator.forget();
    const answers = await Promise.all([10, 14, 18].map((from) => ask(gw, aliases(ids(4, from), summary))));
    expect(answers.every(({ errors }) => errors === undefined)).toBe(true);
    expect(await gw.emulator.calls()).toEqual({ ListOpportunities: 1 });
  });
});

/** Sends a query without looking at the emulator's log, for queries side by side. */
async function ask(gw: TestGateway, query: string, variables: object = {}): Promise<Data> {
  const headers = { 'content-type': 'application/json' };
  return (
    await fetch(`${gw.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  ).json();
}

/** Resolves when so many reads wait for the quota. */
async function waitingReads(gw: TestGateway, count: number): Promise<void> {
  for (let waiting = -1; waiting < count; await new Promise(setImmediate))
    waiting = (await ask(gw, '{ quota { read { waiting } } }')).data.quota.read.waiting;
}

describe('the same call', () => {
  test('is not sent twice at once, whoever asks', async () => {
    await using gw = await gateway();
    await gw.emulator.fault({ kind: 'delay', delayMs: 2_000, times: 2 });
    await gw.emulator.forget();
    const queries = Array.from({ length: 20 }, (_, n) =>
      n % 2 ? aliases(['O5000002'], detail) : page('id', 3),
    );
    const answers = await Promise.all(queries.map((query) => ask(gw, query)));
    expect(answers.every(({ errors, data }) => errors === undefined && data)).toBe(true);
    expect(await gw.emulator.calls()).toEqual({ GetOpportunity: 1, ListOpportunities: 1 });
  });

  test('fails for all who share it, and is sent anew by the next', async () => {
    await using gw = await gateway();
    await gw.emulator.fault({ kind: 'error', times: 5 });
    const answers = await Promise.all([1, 2, 3].map(() => ask(gw, aliases(['O5000002'], detail))));
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
    expect(codes).toEqual(Array(3).fill('UPSTREAM_UNAVAILABLE'));
    expect((await ask(gw, aliases(['O5000002'], detail))).errors).toBeUndefined();
  });
});

describe('a request that joined the call of another', () => {
  test('sends its own when only the other had too little time for the quota', async () => {
    // A token every 2.08 s: the first is spent at once, the second comes before the short request's end, a third does not.
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '0.5', REQUEST_TIMEOUT_MS: '3900' });
    await gw.query(aliases(['O5000001'], detail));
    const short = ask(gw, aliases(['O5000004'], detail));
    await waitingReads(gw, 1);
    await gw.emulator.fault({ kind: 'delay', operation: 'CreateOpportunity', delayMs: 1_100 });
    const create =
      'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { userErrors { code } } }';
    expect((await ask(gw, create, { input })).data.createOpportunity.userErrors).toEqual([]);
    const long = ask(gw, aliases(['O5000004'], detail));
    await waitingReads(gw, 1);
    // The read of a write goes first, and takes the token for which both wait.
    const patch = '{ lifeCycle: { nextSteps: "First" } }';
    const first = ask(
      gw,
      `mutation { updateOpportunity(input: { id: "O5000002", patch: ${patch} }) { userErrors { code } } }`,
    );
    expect((await short).errors).toMatchObject([{ extensions: { code: 'THROTTLED' } }]);
    expect((await first).data.updateOpportunity.userErrors).toEqual([]);
    const { data, errors } = await long;
    expect(errors).toBeUndefined();
    expect(data.O5000004.id).toBe('O5000004');
  });
});

describe('a record that is held', () => {
  test('costs nothing while it is fresh, and says so', async () => {
    await using gw = await gateway(caching);
    await gw.query(aliases(['O5000002'], detail));
    const again = await gw.query(aliases(['O5000002'], detail));
    expect(again.calls).toEqual({});
    expect(again.extensions.upstream).toMatchObject({ calls: {}, cached: 1 });
    expect(again.headers.get('x-upstream-calls')).toBe('0');
    // A summary is a part of it.
    expect((await gw.query(aliases(['O5000002'], summary))).calls).toEqual({});
  });

  test('is proven by a list: a page of details that nobody changed costs one call, and one more for each that was', async () => {
    await using gw = await gateway(caching);
    const cold = await gw.query(page(detail));
    expect(cold.calls).toEqual({ ListOpportunities: 1, GetOpportunity: 100 });
    const nodes = cold.data.opportunities.nodes as Data[];
    const warm = await gw.query(page(detail, 99)); // another list, so that it is asked for
    expect(warm.calls).toEqual({ ListOpportunities: 1 });
    expect(warm.data.opportunities.nodes).toEqual(nodes.slice(0, 99));
    for (const { id } of nodes.slice(10, 15))
      await gw.emulator.plant(id, { Marketing: { CampaignName: 'New' } }, { touch: true });
    const changed = await gw.query(page(`${detail} marketing { campaignName }`, 98));
    expect(changed.calls).toEqual({ ListOpportunities: 1, GetOpportunity: 5 });
    expect(
      changed.data.opportunities.nodes.slice(0, 5).map(({ marketing }: Data) => marketing.campaignName),
    ).toEqual(Array(5).fill('New'));
  });

  test('is proven twenty to a call when it is no longer fresh', async () => {
    await using gw = await gateway({ CACHE_FRESH_MS: '1' });
    await gw.query(aliases(ids(40), detail));
    await gw.emulator.plant('O5000012', { Project: { Title: 'Changed' } }, { touch: true });
    const { data, calls } = await gw.query(aliases(ids(40), detail));
    expect(calls.ListOpportunities).toBe(2);
    expect(calls.GetOpportunity ?? 0).toBeGreaterThanOrEqual(1);
    expect(data.O5000012.project.title).toBe('Changed');
  });

  test('is looked up with others where the quota is waited for anyway, and read where it is not', async () => {
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '0.5', CACHE_FRESH_MS: '1' });
    expect((await gw.query(aliases(['O5000002'], summary))).calls).toEqual({ GetOpportunity: 1 });
    await gw.emulator.forget();
    const blocker = ask(gw, aliases(['O5000001'], detail));
    await waitingReads(gw, 1);
    const answers = await Promise.all(ids(4).map((id) => ask(gw, aliases([id], summary))));
    expect([await blocker, ...answers].every(({ errors }) => errors === undefined)).toBe(true);
    expect(await gw.emulator.calls()).toEqual({ ListOpportunities: 1, GetOpportunity: 1 });
  });

  test('is passed by with Cache-Control: no-cache', async () => {
    await using gw = await gateway(caching);
    await gw.query(aliases(['O5000002'], detail));
    const { calls } = await gw.query(aliases(['O5000002'], detail), {}, { 'cache-control': 'no-cache' });
    expect(calls).toEqual({ GetOpportunity: 1 });
  });

  test('is not what a mutation reads, and is new after it', async () => {
    await using gw = await gateway(caching);
    await gw.query(aliases(['O5000002'], detail));
    await gw.emulator.plant('O5000002', { Project: { AdditionalComments: 'Theirs' } }, { touch: true });
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

  test('makes way when there is no room, and is read again', async () => {
    await using gw = await gateway({ ...caching, CACHE_MAX_BYTES: '1000000' });
    const all = [entities.replace('FIELDS', detail), refs(ids(200))] as const;
    await gw.query(...all);
    const { calls } = await gw.query(...all);
    expect(calls.GetOpportunity).toBeGreaterThan(20);
    expect(calls.GetOpportunity).toBeLessThan(200);
  });
});

describe('a page of a list that is held', () => {
  const board = (
    first: number,
  ) => `{ opportunities(first: ${first}, filter: { ids: ["O5000002", "O5000003"] }) {
    nodes { id lifeCycle { nextSteps } } } }`;
  const patch = (nextSteps: string) => `mutation {
    updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "${nextSteps}" } } }) {
      userErrors { message } } }`;

  test('costs nothing while it is fresh, and says so', async () => {
    await using gw = await gateway(caching);
    const cold = await gw.query(board(2));
    expect(cold.calls).toEqual({ ListOpportunities: 1 });
    const again = await gw.query(board(2));
    expect([again.calls, again.data]).toEqual([{}, cold.data]);
    expect(again.extensions.upstream).toMatchObject({ calls: {}, cached: 1 });
    const fresh = await gw.query(board(2), {}, { 'cache-control': 'no-cache' });
    expect(fresh.calls).toEqual({ ListOpportunities: 1 });
  });

  test('is asked for anew after a write through this gateway', async () => {
    await using gw = await gateway(caching);
    await gw.query(board(2));
    await gw.query(patch('Mine'));
    const { data, calls } = await gw.query(board(2));
    expect(calls).toEqual({ ListOpportunities: 1 });
    expect(data.opportunities.nodes.find(({ id }: Data) => id === 'O5000002').lifeCycle.nextSteps).toBe(
      'Mine',
    );
  });

  test('proves nothing when it is shown again', async () => {
    await using gw = await gateway({ CACHE_FRESH_MS: '400' });
    await gw.query(aliases(['O5000002'], detail));
    await gw.emulator.plant('O5000002', { Project: { Title: 'Changed' } }, { touch: true });
    const title = async () => (await gw.query(aliases(['O5000002'], detail))).data.O5000002.project.title;
    // However often the page is shown meanwhile, the record is not shown for longer than its time.
    for (const end = Date.now() + 10_000; (await title()) !== 'Changed'; await gw.query(board(1)))
      expect(Date.now()).toBeLessThan(end);
  });
});

describe('nobody is shown an older version than before', () => {
  const old = { LastModifiedDate: '2020-01-01T00:00:00Z', LifeCycle: { NextSteps: 'Old' } };

  test('by a record, whether the newer one is held or only known by its date', async () => {
    await using gw = await gateway();
    const read = () => gw.query(aliases(['O5000002'], 'lifeCycle { nextSteps } marketing { source }'));
    const before = await read();
    await gw.emulator.plant('O5000002', old);
    expect((await read()).data).toEqual(before.data);
    await using other = await gatewayOn(gw.emulator.url);
    expect(
      (await other.query(aliases(['O5000002'], 'lifeCycle { nextSteps } marketing { source }'))).data.O5000002
        .lifeCycle.nextSteps,
    ).toBe('Old');
  });

  test('by a list', async () => {
    await using gw = await gateway();
    const one = '{ opportunities(filter: { ids: ["O5000002"] }) { nodes { id lifeCycle { nextSteps } } } }';
    const before = await gw.query(aliases(['O5000002'], 'lifeCycle { nextSteps } marketing { source }'));
    await gw.emulator.plant('O5000002', old);
    const { data } = await gw.query(one);
    expect(data.opportunities.nodes[0].lifeCycle).toEqual(before.data.O5000002.lifeCycle);
  });
});

describe('the quota', () => {
  test('makes calls wait for their turn, and says how long', async () => {
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '4', QUOTA_WRITES_PER_SECOND: '0.01' });
    const { extensions, errors } = await gw.query(aliases(ids(6), detail));
    expect(errors).toBeUndefined();
    expect(extensions.upstream.waitedMs).toBeGreaterThan(500);
    expect(extensions.upstream.quota.read.perSecond).toBe(4);
  });

  test('refuses at once what cannot be served in time, with a time to come back', async () => {
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '1', REQUEST_TIMEOUT_MS: '1500' });
    const { data, errors, calls } = await gw.query(aliases(ids(6), detail));
    const codes = errors?.map(({ extensions }) => extensions.code);
    expect(new Set(codes)).toEqual(new Set(['THROTTLED']));
    expect(errors?.every(({ extensions }) => Number(extensions.retryAfterMs) > 0)).toBe(true);
    expect(calls.GetOpportunity).toBe(6 - (codes?.length ?? 0));
    expect(Object.values(data).filter(Boolean)).toHaveLength(calls.GetOpportunity ?? 0);
  });

  test('of the day, once it is spent, is an error of its own', async () => {
    await using gw = await gateway({ QUOTA_READS_PER_DAY: '2' });
    await gw.query(aliases(ids(2), detail));
    const { errors } = await gw.query(aliases(['O5000002'], detail));
    expect(errors).toMatchObject([{ extensions: { code: 'QUOTA_EXHAUSTED' } }]);
  });

  test('is not waited for by a caller who has hung up, and others go on with what they shared', async () => {
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '1', REQUEST_TIMEOUT_MS: '20000' });
    await gw.query(aliases(['O5000001'], detail)); // the second's token is spent
    const gone = new AbortController();
    const send = (query: string, signal?: AbortSignal) =>
      fetch(`${gw.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        ...(signal && { signal }),
      });
    const leaving = ids(12).map((id) => send(aliases([id], detail), gone.signal).catch(() => 'gone'));
    await waitingReads(gw, 11);
    const staying = send(aliases(ids(1), detail));
    await waitingReads(gw, 11);
    gone.abort();
    expect((await Promise.all(leaving)).filter((one) => one === 'gone').length).toBeGreaterThan(9);
    const { data, errors } = (await (await staying).json()) as Data;
    expect(errors).toBeUndefined();
    expect(data.O5000010.id).toBe('O5000010');
    const { data: left } = await ask(gw, '{ quota { read { waiting } } }');
    expect(left.quota.read.waiting).toBe(0);
  });

  test('can be asked for', async () => {
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
    expect({ data, errors, calls, told: headers.get('x-upstream-calls') }).toEqual({
      data: null,
      errors: undefined,
      calls: {},
      told: '0',
    });
    return extensions.upstream.dryRun;
  };

  test('says what an operation would cost at most, and calls nobody', async () => {
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '10', QUOTA_WRITES_PER_SECOND: '1' });
    expect(await planned(gw, page(summary))).toEqual({
      calls: { ListOpportunities: 1 },
      cached: 0,
      seconds: 0,
    });
    expect(await planned(gw, page(detail))).toEqual({
      calls: { ListOpportunities: 1, GetOpportunity: 100 },
      cached: 0,
      seconds: 9.1,
    });
    expect(await planned(gw, entities.replace('FIELDS', summary), refs(ids(200)))).toMatchObject({
      calls: { ListOpportunities: 10 },
    });
    const patch =
      'mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "x" } } }) { opportunity { id } } }';
    expect(await planned(gw, patch)).toMatchObject({ calls: { GetOpportunity: 2, UpdateOpportunity: 1 } });
  });

  test('counts what is held, and leaves nothing behind', async () => {
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

  test('of what cannot be served is refused as ever', async () => {
    await using gw = await gateway();
    expect((await gw.query('{ opportunity(id: ', {}, dry)).status).toBe(400);
  });
});
