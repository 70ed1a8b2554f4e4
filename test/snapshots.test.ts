/** Snapshots: what each member of a room has last shown of its opportunity, and what it costs to see it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Data, gatewayOn } from './kit.ts';
import { firstPartner, type SharedRoom, secondPartner, sharedRoom } from './shared-room.ts';
import { tamperingProxy } from './tampering.ts';

let on: SharedRoom;
beforeAll(async () => {
  on = await sharedRoom();
  await on.control('POST', 'settings', { awsSnapshots: 'none' });
  await on.control('POST', `opportunities/${on.one.id}/review`, { decision: 'Approved' });
  for (const nextSteps of ['Call', 'Meet', 'Sign']) {
    await on.other.patch(on.other.id, { lifeCycle: { nextSteps } });
    await on.other.share(on.room, on.other.id);
  }
});
afterAll(() => on[Symbol.asyncDispose]());

const listed = 'id arn resourceType resourceId resourceSnapshotTemplateName revision createdBy';
const views = `... on OpportunitySummaryView { lifecycle { stage nextSteps } customer { account { companyName } } project { deliveryModels } }
  ... on AwsOpportunitySummaryFullView { relatedOpportunityId involvementType }`;
const query = (args: string, fields: string) =>
  `{ engagement(id: "${on.room}") { snapshots${args} { nodes { ${fields} } pageInfo { hasNextPage endCursor } } } }`;

describe('the snapshots in an engagement', () => {
  test('the latest revision of each opportunity costs one list, and no revision is read for what the list has', async () => {
    const { data, errors, calls } = await on.one.query(query('', listed));
    expect(errors).toBeUndefined();
    expect(
      data.engagement.snapshots.nodes.map((one: Data) => [one.resourceId, one.revision, one.createdBy]),
    ).toEqual(
      [
        [on.one.id, 1, firstPartner],
        [on.other.id, 4, secondPartner],
      ].toSorted(),
    );
    expect(data.engagement.snapshots.nodes[1]).toMatchObject({
      id: expect.stringMatching(
        /^engagement\/eng-\w{14}\/resource\/Opportunity\/O\d+\/template\/\w+\/snapshot\/\d+$/,
      ),
      resourceType: 'OPPORTUNITY',
      resourceSnapshotTemplateName: 'OpportunitySummaryView',
    });
    for (const { id, arn } of data.engagement.snapshots.nodes) expect(arn.endsWith(`/${id}`)).toBe(true);
    expect(calls).toEqual({ ListEngagements: 1, ListResourceSnapshots: 1 });
  });

  test('a revision is read once in its life, for all callers and selections', async () => {
    await using fresh = await sharedRoom();
    const page = `{ engagement(id: "${fresh.room}") { snapshots(latestOnly: false) { nodes { createdAt targetMemberAccounts payload { ${views} } } } } }`;
    const first = await fresh.one.query(page);
    expect(first.errors).toBeUndefined();
    expect(first.calls).toEqual({ ListEngagements: 1, ListResourceSnapshots: 1, GetResourceSnapshot: 2 });
    const again = await fresh.one.query(page, {}, { 'cache-control': 'no-cache' });
    expect(again.data).toEqual(first.data);
    expect(again.calls).toEqual({ ListEngagements: 1, ListResourceSnapshots: 1 });
    await fresh.other.share(fresh.room, fresh.other.id);
    expect((await fresh.one.query(page)).calls.GetResourceSnapshot).toBe(1);
  });

  test('one partner sees what the other shows of its opportunity, and never more', async () => {
    const { data } = await on.one.query(
      query('(latestOnly: false, first: 100)', `revision resourceId payload { __typename ${views} }`),
    );
    const theirs = data.engagement.snapshots.nodes.filter(
      ({ resourceId }: Data) => resourceId === on.other.id,
    );
    expect(theirs.map((one: Data) => [one.revision, one.payload.lifecycle.nextSteps])).toEqual([
      [4, 'Sign'],
      [3, 'Meet'],
      [2, 'Call'],
      [1, null],
    ]);
    expect(theirs[0].payload).toMatchObject({
      __typename: 'OpportunitySummaryView',
      lifecycle: { stage: 'PROSPECT' },
      customer: { account: { companyName: 'Acme Robotics' } },
    });
    const record = await on.one.query(`{ opportunity(id: "${on.other.id}") { id } }`);
    expect(record.data.opportunity).toBeNull();
  });

  test('AWS’s view is a snapshot that only the owner of the opportunity sees', async () => {
    await using own = await sharedRoom();
    await own.control('POST', `opportunities/${own.one.id}/review`, { decision: 'Approved' });
    const page = `{ engagement(id: "${own.room}") { snapshots { nodes { createdBy payload { __typename ${views} } } } } }`;
    const awsViews = async ({ query }: Pick<SharedRoom['one'], 'query'>) =>
      (await query(page)).data.engagement.snapshots.nodes
        .filter(({ createdBy }: Data) => createdBy === 'aws')
        .map(({ payload }: Data) => payload);
    const view = (id: string, involvementType: string) => ({
      __typename: 'AwsOpportunitySummaryFullView',
      relatedOpportunityId: id,
      involvementType,
    });
    expect(await awsViews(own.one)).toEqual([view(own.one.id, 'CO_SELL')]);
    expect(await awsViews(own.other)).toEqual([view(own.other.id, 'FOR_VISIBILITY_ONLY')]);
  });

  test('pages follow one another without a gap or a repetition, while new revisions come', async () => {
    await using fresh = await sharedRoom();
    for (let n = 0; n < 4; n++) await fresh.other.share(fresh.room, fresh.other.id);
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const { data }: Data = await fresh.one.query(
        `query ($after: String) { engagement(id: "${fresh.room}") { snapshots(first: 2, after: $after, latestOnly: false) {
          nodes { id } pageInfo { hasNextPage endCursor } } } }`,
        { after },
      );
      seen.push(...data.engagement.snapshots.nodes.map(({ id }: Data) => id));
      await fresh.other.share(fresh.room, fresh.other.id);
      if (!data.engagement.snapshots.pageInfo.hasNextPage) break;
      after = data.engagement.snapshots.pageInfo.endCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    for (const revision of [1, 2, 3, 4, 5])
      expect(seen.filter((id) => id.includes(fresh.other.id) && id.endsWith(`/${revision}`))).toHaveLength(1);
    expect(seen.filter((id) => id.includes(fresh.one.id))).toHaveLength(1);
  });

  test.each([
    ['first: 101', 'first: got 101, expected 1 to 100'],
    ['after: "x"', 'after: got "x", expected a cursor that this list returned, such as pageInfo.endCursor'],
  ])('%s is refused before a call', async (args, message) => {
    const { data, errors, calls } = await on.one.query(query(`(${args})`, 'id'));
    expect([data.engagement.snapshots, errors?.map((one) => one.message)]).toEqual([null, [message]]);
    expect(calls).toEqual({ ListEngagements: 1 });
  });

  test('a dry run counts the list and a call for each revision that could be there', async () => {
    const { extensions } = await on.one.query(
      query('(first: 30)', 'createdAt'),
      {},
      { 'x-upstream-dry-run': '1' },
    );
    expect(extensions.upstream.dryRun.calls).toEqual({
      ListEngagements: 1,
      ListResourceSnapshots: 1,
      GetResourceSnapshot: 30,
    });
  });
});

describe('Engagement.opportunities with their latest snapshot', () => {
  test('the latest snapshots of a room cost one list and one call each, once', async () => {
    await using fresh = await sharedRoom();
    const page = `{ engagement(id: "${fresh.room}") { opportunities { resourceId latestSnapshot { revision payload { ${views} } } } } }`;
    const { data, errors, calls } = await fresh.one.query(page);
    expect(errors).toBeUndefined();
    expect(data.engagement.opportunities.map(({ latestSnapshot }: Data) => latestSnapshot.revision)).toEqual([
      1, 1,
    ]);
    expect(calls).toEqual({
      ListEngagements: 1,
      ListEngagementResourceAssociations: 1,
      ListResourceSnapshots: 1,
      GetResourceSnapshot: 2,
    });
    expect((await fresh.one.query(page)).calls).toEqual({ ListEngagements: 1, ListResourceSnapshots: 1 });
  });
});

test('a kind of view that the schema lacks is null, and reported without an error', async () => {
  await using proxy = await tamperingProxy(on.url);
  proxy.tamper(({ operation, answer }) =>
    operation === 'GetResourceSnapshot' ? { ...answer, Payload: { Hologram: { Depth: 3 } } } : undefined,
  );
  await using gw = await gatewayOn(proxy.url);
  const { data, errors, extensions } = await gw.query(query('(first: 1)', 'revision payload { __typename }'));
  expect([data.engagement.snapshots.nodes, errors]).toEqual([[{ revision: 1, payload: null }], undefined]);
  expect(extensions.unknownEnumValues).toEqual([
    {
      path: ['engagement', 'snapshots', 'nodes', 0, 'payload'],
      type: 'ResourceSnapshotPayload',
      value: 'Hologram',
    },
  ]);
});

describe('a snapshot by its id', () => {
  test('a node is found by its id, and one that AWS does not have is null', async () => {
    const { data } = await on.one.query(query('', 'id'));
    const { id } = data.engagement.snapshots.nodes[0];
    const none = id.replace(/\d+$/, '99');
    const answer = await on.one.query(
      `{ node(id: "${id}") { id ... on ResourceSnapshot { arn revision createdAt createdBy engagement { id } } } none: node(id: "${none}") { id } }`,
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      node: {
        id,
        arn: expect.stringContaining(id),
        revision: expect.any(Number),
        createdAt: expect.any(String),
        createdBy: firstPartner,
        engagement: { id: on.room },
      },
      none: null,
    });
  });
});
