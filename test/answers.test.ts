/** An answer that is not the answer to its question is none: it is never shown, never cached, and nothing is written of it. */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { type Data, gatewayOn, type TestGateway } from './kit.ts';
import { type Exchange, type Tamper, tamperingProxy } from './tampering.ts';
import { type StoppedTime, stopTime } from './time.ts';

let emulator: Emulator;
let proxy: Awaited<ReturnType<typeof tamperingProxy>>;
beforeAll(async () => {
  emulator = await startEmulator();
  proxy = await tamperingProxy(emulator.url);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await emulator.stop();
});

const record = (id: string) => `opportunity(id: "${id}") { id project { title } marketing { source } }`;
const patch = (id: string, text: string) =>
  `mutation { updateOpportunity(input: { id: "${id}", patch: { lifeCycle: { nextSteps: "${text}" } } }) {
    changed userErrors { code } opportunity { id lifeCycle { nextSteps } } } }`;
let time: StoppedTime;
beforeEach(() => {
  time = stopTime();
});
afterEach(() => time[Symbol.dispose]());

/** The record of another opportunity, as the emulator has it now. */
const other = async (id: string): Promise<Data> =>
  (await fetch(`${emulator.url}/_emulator/opportunities/${id}`)).json();

describe('an answer of GetOpportunity', () => {
  test.each<[what: string, Tamper]>([
    ['nothing', () => ({ body: '' })],
    ['null', () => null],
    ['an empty object', () => ({})],
    ['a list', () => []],
    ['a record without its date', ({ answer: { LastModifiedDate: _, ...rest } }) => rest],
    ['a record of another catalog', ({ answer }) => ({ ...answer, Catalog: 'AWS' })],
    ['a record without an id', ({ answer: { Id: _, ...rest } }) => rest],
    ['a record of another opportunity', ({ answer }) => ({ ...answer, Id: 'O5000003' })],
    ['a record with an empty id', ({ answer }) => ({ ...answer, Id: '' })],
    ['a record whose date is not a date', ({ answer }) => ({ ...answer, LastModifiedDate: 'yesterday' })],
    ['a record whose date is a number', ({ answer }) => ({ ...answer, LastModifiedDate: 1_700_000_000 })],
    ['a record whose customer is a list', ({ answer }) => ({ ...answer, Customer: [] })],
  ])('that is %s is not shown, and nothing is written of it', async (_, tamper) => {
    await using gw = await gatewayOn(proxy.url);
    proxy.tamper((exchange) => (exchange.operation === 'GetOpportunity' ? tamper(exchange) : undefined));
    const read = await post(gw, `{ ${record('O5000002')} }`);
    expect(read.data).toEqual({ opportunity: null });
    expect(read.errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    const before = await other('O5000002');
    const written = await post(gw, patch('O5000002', 'Never'));
    expect(written.errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    expect(await other('O5000002')).toEqual(before);
    proxy.tamper(() => undefined);
    expect((await post(gw, `{ ${record('O5000002')} }`)).data.opportunity.id).toBe('O5000002');
  });

  test('is read again when it was not one, and the caller does not notice', async () => {
    await using gw = await gatewayOn(proxy.url);
    let answers = 0;
    proxy.tamper(({ operation }) => (operation === 'GetOpportunity' && answers++ === 0 ? {} : undefined));
    const { data, errors } = await post(gw, `{ ${record('O5000002')} }`);
    expect([data.opportunity.id, errors, answers]).toEqual(['O5000002', undefined, 2]);
  });
});

describe('a record that lacks what the same version had', () => {
  const half: Tamper = ({ answer: { Project: _, Marketing: __, ...rest } }) => rest;
  const reads = '{ opportunity(id: "O5000002") { project { title } marketing { source } } }';
  const fresh = { 'cache-control': 'no-cache' };
  /** Spoils so many of the next answers to GetOpportunity. */
  function spoilNext(count: number, tamper: (exchange: Exchange, index: number) => unknown): void {
    let spoilt = 0;
    proxy.tamper((exchange) =>
      exchange.operation === 'GetOpportunity' && spoilt < count ? tamper(exchange, spoilt++) : undefined,
    );
  }

  test('is read again, and no field of it is cleared by a write', async () => {
    await using gw = await gatewayOn(proxy.url, { CACHE_FRESH_MS: '0' });
    await plant('O5000002', { LifeCycle: { ReviewStatus: 'Pending Submission' } });
    const whole = await gw.query(reads, {}, fresh);
    const before = await other('O5000002');
    spoilNext(1, half);
    expect((await gw.query(reads, {}, fresh)).data).toEqual(whole.data);
    spoilNext(1, half);
    const { data } = await post(gw, patch('O5000002', 'Whole'));
    expect(data.updateOpportunity.changed).toBe(true);
    const after = await other('O5000002');
    expect([after.Project, after.Marketing]).toEqual([before.Project, before.Marketing]);
    proxy.tamper(() => undefined);
  });

  test('is what AWS returns if it does so twice, and no record if it returns something else each time', async () => {
    await using gw = await gatewayOn(proxy.url, { CACHE_FRESH_MS: '0' });
    await gw.query(reads, {}, fresh);
    spoilNext(2, ({ answer: { Project, Marketing, ...rest } }, index) => ({
      ...rest,
      ...(index === 0 ? { Project } : { Marketing }),
    }));
    const { errors } = await gw.query(reads, {}, fresh);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('contradict'),
      extensions: { code: 'UPSTREAM_UNAVAILABLE' },
    });
    spoilNext(2, half);
    const { data } = await gw.query(reads, {}, fresh);
    expect(data.opportunity).toEqual({ project: null, marketing: null });
    proxy.tamper(() => undefined);
  });
});

test('thirty broken answers to one record’s reads suspend no other calls, and each is asked for twice at most', async () => {
  await using gw = await gatewayOn(proxy.url, { CACHE_FRESH_MS: '0' });
  let broken = 0;
  proxy.tamper(({ operation, request }) => {
    if (operation !== 'GetOpportunity' || request.Identifier !== 'O5000002') return undefined;
    broken += 1;
    return {};
  });
  for (let count = 1; count <= 15; count++) {
    const { errors } = await post(gw, `{ ${record('O5000002')} }`);
    expect(errors?.[0]?.message).toBe("AWS's answer to GetOpportunity does not fit the request.");
    expect(broken).toBe(2 * count);
  }
  expect((await post(gw, `{ ${record('O5000003')} }`)).data.opportunity.id).toBe('O5000003');
  proxy.tamper(() => undefined);
});

describe('an answer of UpdateOpportunity', () => {
  test.each<[what: string, answer: object]>([
    ['is empty', {}],
    ['has the date of a version from long ago', { LastModifiedDate: '2020-01-01T00:00:00Z' }],
  ])('that %s is looked up in the record before anything is said', async (what, answer) => {
    await using gw = await gatewayOn(proxy.url);
    proxy.tamper(({ operation }) => (operation === 'UpdateOpportunity' ? answer : undefined));
    const { data } = await post(gw, patch('O5000002', `Looked up: it ${what}`));
    expect(data.updateOpportunity).toMatchObject({
      changed: true,
      opportunity: { lifeCycle: { nextSteps: `Looked up: it ${what}` } },
    });
    proxy.tamper(() => undefined);
  });
});

describe('an answer of ListOpportunities', () => {
  const page = '{ opportunities(first: 3) { nodes { id } } }';
  const batch = '{ opportunities(first: 3, filter: { ids: ["O5000002", "O5000003"] }) { nodes { id } } }';
  const items =
    (change: (items: Data[]) => Data[]): Tamper =>
    (exchange) => ({
      ...exchange.answer,
      OpportunitySummaries: change(exchange.answer.OpportunitySummaries as Data[]),
    });

  test.each<[what: string, query: string, Tamper]>([
    ['an empty object', page, () => ({})],
    ['a list that is an object', page, ({ answer }) => ({ ...answer, OpportunitySummaries: {} })],
    ['an item without an id', page, items(([first, ...rest]) => [{ ...first, Id: undefined }, ...rest])],
    ['an item that is a string', page, items((all) => ['x', ...all])],
    [
      'an item of another catalog',
      page,
      items(([first, ...rest]) => [{ ...first, Catalog: 'AWS' }, ...rest]),
    ],
    [
      'an item that was not asked for',
      batch,
      items(([first, ...rest]) => [{ ...first, Id: 'O5000009' }, ...rest]),
    ],
    [
      'an item without its catalog',
      page,
      items(([{ Catalog: _, ...first } = {}, ...rest]) => [first, ...rest]),
    ],
    ['an item twice', batch, items(([first, ...rest]) => [first, first, ...rest])],
  ])('with %s is not an empty or a wrong page', async (_, query, tamper) => {
    await using gw = await gatewayOn(proxy.url);
    proxy.tamper((exchange) => (exchange.operation === 'ListOpportunities' ? tamper(exchange) : undefined));
    const { data, errors } = await post(gw, query);
    expect(data).toEqual({ opportunities: null });
    expect(errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    proxy.tamper(() => undefined);
  });

  test('that lacks some of the asked ids, or has null items, is a shorter page', async () => {
    await using gw = await gatewayOn(proxy.url);
    proxy.tamper((exchange) =>
      exchange.operation === 'ListOpportunities' ? items(([first]) => [null, first])(exchange) : undefined,
    );
    const { data, errors } = await post(gw, batch);
    expect(errors).toBeUndefined();
    expect(data.opportunities.nodes).toHaveLength(1);
    proxy.tamper(() => undefined);
  });
});

describe('a list of AWS with null items', () => {
  test('is shown without them, and goes back with them', async () => {
    await using gw = await gatewayOn(proxy.url);
    await plant('O5000002', { LifeCycle: { ReviewStatus: 'Pending Submission' } });
    const contacts = [null, { Email: 'a@b.example' }];
    const sent: Exchange[] = [];
    proxy.tamper((exchange) => {
      sent.push(exchange);
      const { answer } = exchange;
      if (exchange.operation !== 'GetOpportunity') return undefined;
      const { Customer, Project } = answer as Record<string, object>;
      return {
        ...answer,
        Customer: { ...Customer, Contacts: contacts },
        Project: { ...Project, ApnPrograms: ['ISV Accelerate', null], SalesActivities: [null] },
      };
    });
    const { data, errors } = await post(
      gw,
      '{ opportunity(id: "O5000002") { customer { contacts { email } } project { apnPrograms salesActivities } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.opportunity).toEqual({
      customer: { contacts: [{ email: 'a@b.example' }] },
      project: { apnPrograms: ['ISV Accelerate'], salesActivities: [] },
    });
    await post(gw, patch('O5000002', 'With nulls'));
    const update = sent.find(({ operation }) => operation === 'UpdateOpportunity');
    expect(update?.request.Customer).toMatchObject({ Contacts: contacts });
    proxy.tamper(() => undefined);
  });
});

/** Plants members into a stored record. */
const plant = (id: string, members: object) =>
  fetch(`${emulator.url}/_emulator/opportunities/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(members),
  });

/** Sends an operation, and lets as much time pass as its retries take. */
async function post(gw: TestGateway, query: string): Promise<{ data: Data; errors?: Data[] }> {
  const response = await time.until(
    fetch(`${gw.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    }),
  );
  return (await response.json()) as { data: Data; errors?: Data[] };
}

describe('answers that are crossed, blanked, truncated and duplicated at random', () => {
  const ids = Array.from({ length: 8 }, (_, n) => `O500010${n + 1}`);
  const required = ['Catalog', 'Id', 'LastModifiedDate', 'CreatedDate', 'RelatedEntityIdentifiers'];
  const answers = new Map<string, Record<string, unknown>>();

  /** What becomes of an answer, by a number: half of them stay as they are. */
  function spoil({ operation, answer }: Exchange, dice: number): unknown {
    const isList = Array.isArray(answer.OpportunitySummaries);
    const crossed = [...answers].filter(([key]) => key.startsWith(operation)).at(dice % answers.size)?.[1];
    answers.set(`${operation} ${answer.Id ?? dice % 7}`, answer);
    switch (dice % 14) {
      case 0:
        return {};
      case 1:
        return null;
      case 2:
        return { body: '' };
      case 3:
      case 4:
        return crossed;
      case 5:
        return isList
          ? {
              ...answer,
              OpportunitySummaries: [
                ...(answer.OpportunitySummaries as []),
                ...(answer.OpportunitySummaries as []),
              ],
            }
          : { ...answer, [required[dice % 5] ?? '']: undefined };
      case 6:
        return { body: JSON.stringify(answer).slice(0, dice % 500) };
      default:
        return undefined;
    }
  }

  const operation = fc.record({
    kind: fc.constantFrom('read', 'entities', 'page', 'patch'),
    at: fc.nat(ids.length - 1),
    dice: fc.array(fc.nat(1_000_000), { minLength: 30, maxLength: 30 }),
  });
  const runs = Number(process.env.RUNS ?? 100);
  const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};

  test('never show a wrong record, and never write one', async () => {
    for (const id of ids)
      await plant(id, {
        Project: { Title: `Title of ${id}` },
        LifeCycle: { ReviewStatus: 'Pending Submission' },
      });
    await using gw = await gatewayOn(proxy.url, { REQUEST_TIMEOUT_MS: '2000', CACHE_FRESH_MS: '50' });
    const isRight = (found: Data, id?: string) => {
      expect(ids).toContain(found.id);
      if (id) expect(found.id).toBe(id);
      if (found.project?.title !== undefined) expect(found.project.title).toBe(`Title of ${found.id}`);
    };
    let count = 0;
    await fc.assert(
      fc.asyncProperty(operation, async ({ kind, at, dice }) => {
        const id = ids[at] ?? '';
        const throws = dice.values();
        proxy.tamper((exchange) => spoil(exchange, throws.next().value ?? 999));
        count += 1;
        await time.advance((dice[0] ?? 0) % 100); // some records are still fresh
        if (kind === 'read') {
          const { data } = await post(gw, `{ ${record(id)} }`);
          if (data.opportunity) isRight(data.opportunity, id);
        } else if (kind === 'entities') {
          const list = ids.map((one) => `{ __typename: "Opportunity", id: "${one}" }`).join();
          const { data } = await post(
            gw,
            `{ _entities(representations: [${list}]) { ... on Opportunity { id lifeCycle { stage } } } }`,
          );
          for (const [index, found] of (data?._entities ?? []).entries())
            if (found) isRight(found, ids[index]);
        } else if (kind === 'page') {
          const { data } = await post(
            gw,
            `{ opportunities(first: 8, filter: { ids: ${JSON.stringify(ids)} }) { nodes { id project { title } } } }`,
          );
          const nodes = (data.opportunities?.nodes ?? []).filter(Boolean);
          for (const found of nodes) isRight(found);
          expect(new Set(nodes.map((node: Data) => node.id)).size).toBe(nodes.length);
        } else {
          const text = `Run ${count}`;
          const { data } = await post(gw, patch(id, text));
          proxy.tamper(() => undefined);
          const stored = await other(id);
          expect([stored.Id, stored.Project.Title]).toEqual([id, `Title of ${id}`]);
          if (data.updateOpportunity?.changed) expect(stored.LifeCycle.NextSteps).toBe(text);
        }
      }),
      { numRuns: runs, ...seed, endOnFailure: true },
    );
    for (const id of ids) expect((await other(id)).Project.Title).toBe(`Title of ${id}`);
  }, 600_000);
});
