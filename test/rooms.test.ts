/** Rooms: the engagements of this account, their members, and the opportunities that are shared in them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { submittable } from './create-input.ts';
import { type Data, emulatorControl, gateway, gatewayOn } from './kit.ts';
import { stopTime } from './time.ts';

/** The opportunity that the seeded partner shares with Harbourline Consulting. */
const shared = 'O5000002';
const partner = '123456789012';
const harbourline = '345678901234';
let emulator: Emulator;
/** The engagement of both. */
let room: string;

beforeAll(async () => {
  emulator = await startEmulator();
  await using gw = await gatewayOn(emulator.url);
  const { data } = await gw.query(`{ opportunity(id: "${shared}") { engagements { id } } }`);
  room = data.opportunity.engagements[0].id;
});
afterAll(() => emulator.stop());

const own = (env: Record<string, string> = {}) => gatewayOn(emulator.url, env);
const theirs = () => gatewayOn(emulator.url, {}, 'HARBOURLINE');

describe('the list of engagements', () => {
  const page = 'nodes { id createdAt createdBy contextTypes } pageInfo { endCursor hasNextPage }';

  /** Every engagement. */
  async function all(): Promise<Data[]> {
    await using gw = await own();
    const found: Data[] = [];
    for (let after: string | null = null; ; ) {
      const { data }: { data: Data } = await gw.query(
        `query ($after: String) { engagements(first: 100, after: $after) { ${page} } }`,
        { after },
      );
      found.push(...data.engagements.nodes);
      after = data.engagements.pageInfo.endCursor;
      if (!data.engagements.pageInfo.hasNextPage) return found;
    }
  }

  test('a page of engagements is one call, latest first', async () => {
    await using gw = await own();
    const { data, errors, calls } = await gw.query(
      '{ engagements(first: 100) { edges { cursor } nodes { id title createdAt memberCount } } }',
    );
    expect(errors).toBeUndefined();
    const dates = data.engagements.nodes.map(({ createdAt }: Data) => createdAt);
    expect(dates).toHaveLength(100);
    expect(dates).toEqual([...dates].sort().reverse());
    expect(calls).toEqual({ ListEngagements: 1 });
  });

  test('pages of any size follow one another without a gap, from any cursor', async () => {
    await using gw = await own();
    const read = (first: number, after: string | null) =>
      gw.query(
        'query ($first: Int!, $after: String) { engagements(first: $first, after: $after) { edges { cursor node { id } } pageInfo { endCursor hasNextPage } } }',
        { first, after },
      );
    const ids: string[] = [];
    let after: string | null = null;
    for (const first of [3, 1, 5, 91]) {
      const { data, errors }: { data: Data; errors: unknown } = await read(first, after);
      expect(errors).toBeUndefined();
      ids.push(...data.engagements.edges.map(({ node }: Data) => node.id));
      after = data.engagements.pageInfo.endCursor;
    }
    expect(ids).toEqual((await all()).slice(0, 100).map(({ id }) => id));
  });

  test.each<[string, object, (one: Data) => boolean]>([
    ['their creators', { createdBy: ['aws'] }, ({ createdBy }) => createdBy === 'aws'],
    ['other creators', { excludeCreatedBy: [partner] }, ({ createdBy }) => createdBy !== partner],
    [
      'the types of contexts',
      { contextTypes: ['LEAD'] },
      ({ contextTypes }) => contextTypes.includes('LEAD'),
    ],
    [
      'the types of contexts that they lack',
      { excludeContextTypes: ['LEAD'] },
      ({ contextTypes }) => !contextTypes.includes('LEAD'),
    ],
    ['nothing, by an empty list', { contextTypes: [] }, () => true],
  ])('engagements are filtered by %s', async (_, filter, fits) => {
    await using gw = await own();
    const { data, calls } = await gw.query(
      'query ($filter: EngagementFilter) { engagements(first: 100, filter: $filter) { nodes { id } } }',
      { filter },
    );
    const expected = (await all()).filter(fits).map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(0);
    expect(data.engagements.nodes.map(({ id }: Data) => id)).toEqual(expected.slice(0, 100));
    expect(calls).toEqual({ ListEngagements: 1 });
  });

  test('engagements are filtered by ids, and no ids cost no call', async () => {
    await using gw = await own();
    const { data, calls } = await gw.query(
      `{ some: engagements(filter: { ids: ["${room}"] }) { nodes { id } } none: engagements(filter: { ids: [] }) { nodes { id } } }`,
    );
    expect(data).toEqual({ some: { nodes: [{ id: room }] }, none: { nodes: [] } });
    expect(calls).toEqual({ ListEngagements: 1 });
  });

  test.each([
    ['first: 0', 'first: got 0, expected 1 to 100'],
    ['after: "x"', 'after: got "x", expected a cursor that this list returned, such as pageInfo.endCursor'],
    [
      'filter: { ids: ["O1"] }',
      'filter.ids[0]: got "O1", expected an engagement\'s id such as eng-0123456789abcd',
    ],
    [
      `filter: { ids: [${Array.from({ length: 11 }, (_, n) => `"eng-${String(n).padStart(14, '0')}"`)}] }`,
      'filter.ids: got 11 values, expected at most 10',
    ],
    [
      'filter: { createdBy: ["a b"] }',
      'filter.createdBy[0]: got "a b", expected an AWS account: 12 digits, an alias, or aws',
    ],
  ])('%s is refused before a call, with what is allowed', async (args, message) => {
    await using gw = await own();
    const { data, errors, calls } = await gw.query(`{ engagements(${args}) { nodes { id } } }`);
    expect([data.engagements, errors?.map((one) => [one.extensions.code, one.message])]).toEqual([
      null,
      [['BAD_USER_INPUT', message]],
    ]);
    expect(calls).toEqual({});
  });

  test('an engagement is looked up by its id; ten are one call, and an id in another form is none', async () => {
    await using gw = await own();
    const ids = (await all()).slice(0, 10).map(({ id }) => id);
    const fields = ids.map((id, n) => `e${n}: engagement(id: "${id}") { id }`).join(' ');
    const answer = await gw.query(`{ ${fields} }`);
    expect(Object.values(answer.data)).toEqual(ids.map((id) => ({ id })));
    expect(answer.calls).toEqual({ ListEngagements: 1 });
    const other = await gw.query(
      '{ engagement(id: "O1") { id } none: engagement(id: "eng-00000000000000") { id } }',
    );
    expect(other.data).toEqual({ engagement: null, none: null });
    expect(other.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['engagement'], 'BAD_USER_INPUT'],
    ]);
  });
});

describe('the members of an engagement', () => {
  const query = () =>
    `{ engagement(id: "${room}") { memberCount members { accountId companyName websiteUrl } } }`;

  test('both partners see the same members', async () => {
    await using mine = await own();
    await using other = await theirs();
    const { data, errors } = await mine.query(query());
    expect(errors).toBeUndefined();
    const { memberCount, members } = data.engagement;
    expect(members).toHaveLength(memberCount);
    expect(members).toContainEqual({
      accountId: harbourline,
      companyName: 'Harbourline Consulting',
      websiteUrl: 'https://harbourline.example',
    });
    expect((await other.query(query())).data.engagement.members).toEqual(members);
  });

  test('members are read once while their number stays the same', async () => {
    await using gw = await own();
    expect((await gw.query(query())).calls).toEqual({ ListEngagements: 1, ListEngagementMembers: 1 });
    expect((await gw.query(query())).calls).toEqual({ ListEngagements: 1 });
    const uncached = await gw.query(query(), {}, { 'cache-control': 'no-cache' });
    expect(uncached.calls).toEqual({ ListEngagements: 1, ListEngagementMembers: 1 });
  });

  test('a website that AWS does not know is null, although it returns the text "null"', async () => {
    const { control } = emulatorControl(emulator.url);
    const account = { accessKeyId: 'NOSITE', accountId: '567890123456', name: 'Offline', alias: 'offline' };
    await control('POST', 'accounts', { ...account, websiteUrl: 'null' });
    await using gw = await gatewayOn(emulator.url, {}, 'NOSITE');
    const { data } = await gw.query(
      `mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) {
        userErrors { message } submission { engagement { members { companyName websiteUrl } } } } }`,
      {
        input: { ...submittable, submit: { involvementType: 'CO_SELL' } },
      },
    );
    expect(data.createOpportunity.userErrors).toEqual([]);
    expect(data.createOpportunity.submission.engagement.members).toContainEqual({
      companyName: 'Offline',
      websiteUrl: null,
    });
  });
});

describe('the opportunities in an engagement', () => {
  const query = (more = 'ours opportunity { id }') =>
    `{ engagement(id: "${room}") { opportunities { resourceId createdBy ${more} } } }`;

  test('each partner sees both, and only its own as a record', async () => {
    await using mine = await own();
    await using other = await theirs();
    const [a, b] = [await mine.query(query()), await other.query(query())];
    expect([a.errors, b.errors]).toEqual([undefined, undefined]);
    const seen = ({ data }: Data) =>
      data.engagement.opportunities.map(({ createdBy, ours, opportunity }: Data) => [
        createdBy,
        ours,
        opportunity !== null,
      ]);
    expect(seen(a)).toEqual([
      [partner, true, true],
      [harbourline, false, false],
    ]);
    expect(seen(b)).toEqual([
      [partner, false, false],
      [harbourline, true, true],
    ]);
  });

  test('which account is our own is found out once, and whose an opportunity is costs nothing afterwards', async () => {
    using time = stopTime();
    await using gw = await own();
    const associations = { ListEngagements: 1, ListEngagementResourceAssociations: 1 };
    expect((await gw.query(query('ours'))).calls).toEqual({ ...associations, ListOpportunities: 1 });
    expect((await gw.query(query('ours'))).calls).toEqual({ ListEngagements: 1 });
    await time.pass(60_000);
    expect((await gw.query(query('ours'))).calls).toEqual(associations);
  });

  test('a page of engagements costs one call for all of their opportunities', async () => {
    await using gw = await own();
    const page = '{ engagements(first: 100) { nodes { id opportunities { resourceId } } } }';
    const { data, calls } = await gw.query(page);
    const counts = data.engagements.nodes.map(({ opportunities }: Data) => opportunities.length);
    expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBeGreaterThan(50);
    expect(calls).toEqual({ ListEngagements: 1, ListEngagementResourceAssociations: 1 });
  });

  test('an error of AWS is one of its field alone', async () => {
    await using gw = await gateway();
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'ListEngagementMembers' });
    const { data } = await gw.query('{ engagements(first: 1) { nodes { id } } }');
    const { id } = data.engagements.nodes[0];
    const answer = await gw.query(
      `{ engagement(id: "${id}") { id members { accountId } opportunities { resourceId } } }`,
    );
    expect(answer.data.engagement).toEqual({ id, members: null, opportunities: expect.any(Array) });
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['engagement', 'members'], 'FORBIDDEN'],
    ]);
  });
});

test('a hundred opportunities with their engagements cost one list, one call of associations and ten of engagements', async () => {
  await using gw = await gateway({}, { seed: false });
  const { data } = await gw.query(
    `mutation ($input: CreateOpportunityInput!) { ${Array.from(
      { length: 50 },
      (_, n) => `c${n}: createOpportunity(input: $input) { userErrors { message } }`,
    ).join(' ')} }`,
    {
      input: {
        ...submittable,
        partnerOpportunityIdentifier: null,
        submit: { involvementType: 'CO_SELL' },
      },
    },
  );
  expect(Object.values(data as Data).flatMap(({ userErrors }: Data) => userErrors)).toEqual([]);
  const { calls } = await gw.query('{ opportunities(first: 100) { nodes { id engagements { id title } } } }');
  expect(calls).toEqual({ ListOpportunities: 1, ListEngagementResourceAssociations: 1, ListEngagements: 5 });
});
