/** What needs attention besides what the index shows: invitations, submissions and leads, which the gateway watches. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { freePort, hasRedis, redisMissing, startRedis } from './redis.ts';
import { stopTime } from './time.ts';
import { tokens } from './tokens.ts';
import { until } from './until.ts';

const query = `query ($kinds: [AttentionKind!]) { attention(first: 100, kinds: $kinds) {
  totalCount missingKinds asOf nodes { kind since message subject {
    __typename id
    ... on EngagementInvitation { status daysLeft engagementTitle }
    ... on Opportunity { lifeCycle { reviewStatus } }
  } }
} }`;
const attention = (gw: TestGateway, kinds: string[] = [], headers: Record<string, string> = {}) =>
  gw.query(query, { kinds }, headers);
const itemsOf = async (gw: TestGateway, kind: string): Promise<Data[]> =>
  (await attention(gw, [kind])).data.attention?.nodes ?? [];
const idsOf = async (gw: TestGateway, kind: string): Promise<string[]> =>
  (await itemsOf(gw, kind)).map(({ subject }) => subject.id);

/** A gateway that watches everything. */
async function watching(env: Record<string, string> = {}): Promise<TestGateway> {
  const gw = await gateway({ INDEX: 'on', SYNC_INTERVAL_MS: '100', ...env });
  await until(async () => (await attention(gw)).data.attention?.missingKinds.length === 0);
  return gw;
}

describe('what is watched', () => {
  let gw: TestGateway;
  beforeAll(async () => {
    gw = await watching();
  });
  afterAll(() => gw[Symbol.asyncDispose]());

  test('invitations that expire within three days are reported at no call, the first to expire first', async () => {
    const { data, errors, extensions } = await attention(gw, ['INVITATION_EXPIRING']);
    expect([errors, extensions.upstream.calls]).toEqual([undefined, {}]);
    const { nodes } = data.attention;
    const pending = (
      await gw.query(`{ engagementInvitations(first: 100, filter: { statuses: [PENDING] }) {
        nodes { id daysLeft expirationDate } } }`)
    ).data.engagementInvitations.nodes.filter(({ daysLeft }: Data) => daysLeft !== null && daysLeft <= 3);
    expect(pending.length).toBeGreaterThan(1);
    expect(new Set(nodes.map(({ subject }: Data) => subject.id))).toEqual(
      new Set(pending.map(({ id }: Data) => id)),
    );
    const [first] = nodes;
    expect(first).toMatchObject({
      message: expect.stringMatching(
        /^The invitation engi-\w+ \(.+\) expires within a day\. Accept or reject it\.$/,
      ),
      subject: { __typename: 'EngagementInvitation', status: 'PENDING', daysLeft: 1 },
    });
    const { expirationDate } = pending.find(({ id }: Data) => id === first.subject.id);
    expect(Date.parse(expirationDate) - Date.parse(first.since)).toBe(3 * 86_400_000);
  });

  test('an invitation that was answered needs no attention any more', async () => {
    const [id] = await idsOf(gw, 'INVITATION_EXPIRING');
    await gw.query(`mutation ($id: ID!) { acceptEngagementInvitation(input: { id: $id }) { accepted } }`, {
      id,
    });
    expect(await idsOf(gw, 'INVITATION_EXPIRING')).not.toContain(id);
  });

  test('leads without a qualification are reported three days after they came, until someone qualifies them', async () => {
    const leads = (
      await gw.query(`{ leads(first: 100) { nodes { id qualificationStatus customer { companyName }
        engagement { createdAt contextTypes } } } }`)
    ).data.leads.nodes.filter(
      ({ qualificationStatus, engagement }: Data) =>
        !qualificationStatus &&
        !engagement.contextTypes.includes('CUSTOMER_PROJECT') &&
        Date.parse(engagement.createdAt) < Date.now() - 3 * 86_400_000,
    );
    const items = await itemsOf(gw, 'LEAD_UNTOUCHED');
    expect(new Set(items.map(({ subject }) => subject.id))).toEqual(new Set(leads.map(({ id }: Data) => id)));
    const [first] = items;
    expect(first).toMatchObject({
      message: expect.stringMatching(/^The lead eng-\w+\/1 \(.+\) has not been qualified\.$/),
      subject: { __typename: 'Lead' },
    });
    const { id } = first.subject;
    const { data } = await gw.query(
      `mutation ($id: ID!) { updateLead(input: { id: $id, patch: { qualificationStatus: "Qualified" } }) { changed } }`,
      { id },
    );
    expect(data.updateLead.changed).toBe(true);
    await until(async () => !(await idsOf(gw, 'LEAD_UNTOUCHED')).includes(id));
  });

  test('a submission that has failed is reported until the opportunity is submitted', async () => {
    const id = 'O5000001';
    const submit = (): Promise<Data> =>
      gw.query(`mutation { submitOpportunity(input: {
        id: "${id}", involvementType: CO_SELL, associate: { solutions: ["S-1234567"] }
      }) { submitted task { status startTime } } }`);
    expect(await idsOf(gw, 'SUBMISSION_FAILED')).toEqual([]);
    await gw.emulator.injectFault({ kind: 'task-failed' });
    const { task } = (await submit()).data.submitOpportunity;
    expect(task.status).toBe('FAILED');
    await until(async () => (await idsOf(gw, 'SUBMISSION_FAILED')).length > 0);
    expect(await itemsOf(gw, 'SUBMISSION_FAILED')).toEqual([
      expect.objectContaining({
        kind: 'SUBMISSION_FAILED',
        since: task.startTime,
        subject: { __typename: 'Opportunity', id, lifeCycle: { reviewStatus: 'PENDING_SUBMISSION' } },
      }),
    ]);
    expect((await submit()).data.submitOpportunity.submitted).toBe(true);
    await until(async () => (await idsOf(gw, 'SUBMISSION_FAILED')).length === 0);
  });
});

describe('the cost of watching', () => {
  test('is a call for each list every five minutes, and one for each lead that is new or has changed', async () => {
    using time = stopTime();
    await using gw = await gateway({ INDEX: 'on', SYNC_INTERVAL_MS: '100000' });
    await time.advance(1_000);
    const lists = {
      ListEngagementInvitations: 1,
      ListEngagementFromOpportunityTasks: 1,
      ListEngagements: 1,
    };
    const calls = async () => {
      const { ListOpportunities: _, ...others } = await gw.emulator.calls();
      await gw.emulator.clearCalls();
      return others;
    };
    const { GetEngagement, ...first } = await calls();
    expect(first).toEqual(lists);
    expect(GetEngagement).toBeGreaterThan(1);
    expect(GetEngagement).toBeLessThanOrEqual(20);
    await time.advance(290_000);
    expect(await calls()).toEqual({});
    await time.advance(10_000);
    expect(await calls()).toEqual(lists);
  });
});

describe('kinds that are missing', () => {
  test('those whose scope the token lacks are left out, and the answer reports that', async () => {
    const { env, bearer } = await tokens();
    await using gw = await gateway({ INDEX: 'on', SYNC_INTERVAL_MS: '100', ...env });
    const all = ['opportunities:read', 'engagements:read', 'leads:read'];
    const minimal = `{ attention(first: 100) { missingKinds nodes { kind } } }`;
    const ask = async (...scopes: string[]) =>
      (await gw.query(minimal, {}, await bearer(scopes.join(' ')))).data.attention;
    await until(async () => (await ask(...all))?.missingKinds.length === 0);
    const { missingKinds, nodes } = await ask('opportunities:read');
    expect(missingKinds).toEqual(['INVITATION_EXPIRING', 'LEAD_UNTOUCHED']);
    const kinds = new Set(nodes.map(({ kind }: Data) => kind));
    expect([...kinds].filter((kind) => missingKinds.includes(kind))).toEqual([]);
  });

  test('what AWS refuses to the gateway’s role is missing, said once in the log, and costs the other kinds nothing', async () => {
    using time = stopTime();
    await using gw = await gateway({ INDEX: 'off' });
    await gw.emulator.injectFault({ kind: 'access-denied', operation: 'ListEngagements', times: 1_000 });
    await using denied = await gatewayOn(gw.emulator.url, { INDEX: 'on', SYNC_INTERVAL_MS: '10000' });
    await time.advance(600_000);
    const { data, errors } = await attention(denied);
    expect(errors).toBeUndefined();
    expect(data.attention.missingKinds).toEqual(['LEAD_UNTOUCHED']);
    expect(data.attention.nodes.map(({ kind }: Data) => kind)).toContain('INVITATION_EXPIRING');
    expect(denied.logged.filter((line) => line.includes('not read for attention'))).toHaveLength(1);
  });
});

describe.skipIf(!hasRedis)(`replicas${hasRedis ? '' : ` (${redisMissing})`}`, () => {
  test('what one of them has done is reported by all', async () => {
    const redis = await startRedis(await freePort());
    const emulator = await startEmulator();
    const env = { REDIS_URL: redis.url, REPLICAS: '2', INDEX: 'on', SYNC_INTERVAL_MS: '100' };
    const replica = () => gatewayOn(emulator.url, env);
    const isWhole = async (gw: TestGateway) =>
      (await attention(gw)).data.attention?.missingKinds.length === 0;
    {
      await using one = await replica();
      await until(() => isWhole(one));
      await using two = await replica();
      await until(async () => (await attention(two)).data.attention !== null);
      await one.emulator.injectFault({ kind: 'task-failed' });
      await two.query(`mutation { submitOpportunity(input: {
        id: "O5000001", involvementType: CO_SELL, associate: { solutions: ["S-1234567"] }
      }) { submitted } }`);
      for (const gw of [one, two])
        await until(async () => (await idsOf(gw, 'SUBMISSION_FAILED')).includes('O5000001'));
    }
    await emulator.stop();
    await redis.kill();
  });
});
