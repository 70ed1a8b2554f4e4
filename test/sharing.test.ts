/** Is our sharing alive? Through its states, for two partners in one room, with what it costs; and the mutation that repairs it. */
import {
  DeleteResourceSnapshotJobCommand,
  StopResourceSnapshotJobCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Data, gateway, gatewayOn } from './kit.ts';
import { firstPartner, role, type SharedRoom, sharedRoom } from './shared-room.ts';

const Catalog = 'Sandbox';
const uncached = { 'cache-control': 'no-cache' };
type Partner = SharedRoom['one'];

const sharingIn = async (partner: Partner, room: string): Promise<Data> => {
  const { data, errors } = await partner.query(
    `{ engagement(id: "${room}") { sharing { healthy problems jobs { id status lastFailure lastSuccessfulExecutionDate } } } }`,
    {},
    uncached,
  );
  expect(errors).toBeUndefined();
  return data.engagement.sharing;
};
const ensure = (partner: Partner, engagementId: string, headers: Record<string, string> = {}) =>
  partner.query(
    `mutation ($input: EnsureEngagementSharingInput!) { ensureEngagementSharing(input: $input) {
      changed jobs { id status } userErrors { code message path } } }`,
    { input: { engagementId } },
    headers,
  );
const stop = (partner: Partner, id: string) =>
  partner.sdk.send(new StopResourceSnapshotJobCommand({ Catalog, ResourceSnapshotJobIdentifier: id }));

describe('Engagement.sharing', () => {
  test('goes through its states: no role, failed, healthy, stopped, without a job, repaired', async () => {
    await using on = await sharedRoom();
    const { one, other, room } = on;
    await on.control('POST', `opportunities/${one.id}/review`, { decision: 'Approved' });
    const problems = async () => {
      const { healthy, problems } = await sharingIn(one, room);
      expect(healthy).toBe(problems.length === 0);
      return problems;
    };
    expect(await problems()).toEqual(['NO_JOB_ROLE', 'LAST_RUN_FAILED']);
    await one.setRole(role(firstPartner));
    expect(await problems()).toEqual(['LAST_RUN_FAILED']);
    await one.patch(one.id, { lifeCycle: { nextSteps: 'Call' } });
    expect(await problems()).toEqual([]);
    const [job] = (await sharingIn(one, room)).jobs;
    expect(job).toMatchObject({ status: 'RUNNING', lastFailure: expect.stringContaining('role') });
    await stop(one, job.id);
    expect(await problems()).toEqual(['JOB_STOPPED']);
    expect((await ensure(one, room)).data.ensureEngagementSharing).toMatchObject({
      changed: true,
      jobs: [{ id: job.id, status: 'RUNNING' }],
    });
    expect(await problems()).toEqual([]);
    await stop(one, job.id);
    await one.sdk.send(
      new DeleteResourceSnapshotJobCommand({ Catalog, ResourceSnapshotJobIdentifier: job.id }),
    );
    expect(await problems()).toEqual(['NO_JOB']);
    expect((await ensure(one, room)).data.ensureEngagementSharing.changed).toBe(true);
    expect(await problems()).toEqual([]);
    // The other partner has its own job, and no role.
    expect((await sharingIn(other, room)).problems).toEqual(['NO_JOB_ROLE', 'LAST_RUN_FAILED']);
  });

  test('what was shared while the job was broken reaches the other partner once it is repaired', async () => {
    await using on = await sharedRoom();
    await on.control('POST', `opportunities/${on.one.id}/review`, { decision: 'Approved' });
    await on.one.patch(on.one.id, { lifeCycle: { nextSteps: 'Sign' } });
    const seen = async () => {
      const { data } = await on.other.query(
        `{ engagement(id: "${on.room}") { opportunities { ours latestSnapshot { payload { ... on OpportunitySummaryView { lifecycle { nextSteps } } } } } } }`,
      );
      return data.engagement.opportunities.find(({ ours }: Data) => !ours).latestSnapshot.payload.lifecycle
        .nextSteps;
    };
    expect(await seen()).toBeNull();
    await on.one.setRole(role(firstPartner));
    const [{ id }] = (await sharingIn(on.one, on.room)).jobs;
    await stop(on.one, id);
    await ensure(on.one, on.room);
    expect(await seen()).toBe('Sign');
  });

  test('costs one call for the opportunities, one for the jobs and one for each job; all of it is kept for a minute, a role for an hour', async () => {
    await using on = await sharedRoom();
    await on.one.setRole(role(firstPartner));
    const query = `{ engagement(id: "${on.room}") { sharing { healthy problems } } }`;
    const { calls } = await on.one.query(query);
    expect(calls).toEqual({
      ListEngagements: 1,
      ListEngagementResourceAssociations: 1,
      ListOpportunities: 1,
      GetOpportunity: 1,
      GetSellingSystemSettings: 1,
      ListResourceSnapshotJobs: 1,
      GetResourceSnapshotJob: 1,
    });
    expect((await on.one.query(query)).calls).toEqual({ ListEngagements: 1, GetOpportunity: 1 });
    const jobs = `{ engagement(id: "${on.room}") { sharing { jobs { id status engagement { id } } } } }`;
    await using fresh = await sharedRoom();
    const listed = await fresh.one.query(jobs.replace(on.room, fresh.room));
    expect(listed.calls).toEqual({ ListEngagements: 1, ListResourceSnapshotJobs: 1 });
  });
});

test('a board of a hundred engagements costs one list each for opportunities and jobs, and one call for each job', async () => {
  await using gw = await gateway();
  const { data, errors, calls } = await gw.query(
    '{ engagements(first: 100) { nodes { sharing { healthy jobs { id } } } } }',
  );
  expect(errors).toBeUndefined();
  const jobs = data.engagements.nodes.flatMap(({ sharing }: Data) => sharing.jobs);
  expect(jobs.length).toBeGreaterThan(50);
  expect(calls).toEqual({
    ListEngagements: 1,
    ListEngagementResourceAssociations: 1,
    ListOpportunities: expect.any(Number),
    GetSellingSystemSettings: 1,
    ListResourceSnapshotJobs: 1,
    GetResourceSnapshotJob: jobs.length,
  });
  // Whose they are is found out twenty to a call, and so is when they were modified.
  expect(calls.ListOpportunities).toBeLessThanOrEqual(12);
});

describe('ensureEngagementSharing', () => {
  test('writes nothing if the job runs, starts a stopped one with one write, and creates a missing one with two', async () => {
    await using on = await sharedRoom();
    const { one, room } = on;
    await one.setRole(role(firstPartner));
    const reads = {
      ListEngagementResourceAssociations: 1,
      ListOpportunities: 1,
      GetSellingSystemSettings: 1,
      ListResourceSnapshotJobs: 1,
    };
    const first = await ensure(one, room);
    expect(first.data.ensureEngagementSharing).toMatchObject({ changed: false, userErrors: [] });
    expect(first.calls).toEqual({ ...reads, GetResourceSnapshotJob: 1 });
    const { ListOpportunities: _, ...known } = reads;
    const [{ id }] = first.data.ensureEngagementSharing.jobs;
    await stop(one, id);
    expect((await ensure(one, room)).calls).toEqual({
      ...known,
      GetResourceSnapshotJob: 1,
      StartResourceSnapshotJob: 1,
    });
    await stop(one, id);
    await one.sdk.send(new DeleteResourceSnapshotJobCommand({ Catalog, ResourceSnapshotJobIdentifier: id }));
    const created = await ensure(one, room);
    expect(created.calls).toEqual({ ...known, CreateResourceSnapshotJob: 1, StartResourceSnapshotJob: 1 });
    const [job] = created.data.ensureEngagementSharing.jobs;
    expect((await one.job(job.id)).Status).toBe('Running');
    const node = await one.query(
      `{ node(id: "${job.id}") { ... on ResourceSnapshotJob { id arn status resourceId createdAt engagement { id } opportunity { id } } } }`,
    );
    expect(node.data.node).toMatchObject({
      id: job.id,
      status: 'RUNNING',
      resourceId: one.id,
      engagement: { id: room },
      opportunity: { id: one.id },
    });
  });

  test('two callers at once make one job', async () => {
    await using on = await sharedRoom();
    const { one, room } = on;
    await one.setRole(role(firstPartner));
    const [{ id }] = (await ensure(one, room)).data.ensureEngagementSharing.jobs;
    await stop(one, id);
    await one.sdk.send(new DeleteResourceSnapshotJobCommand({ Catalog, ResourceSnapshotJobIdentifier: id }));
    await using twin = await gatewayOn(on.url);
    const both = await Promise.all([ensure(one, room), ensure({ ...one, query: twin.query }, room)]);
    expect(both.map(({ data }) => data.ensureEngagementSharing.userErrors)).toEqual([[], []]);
    expect((await sharingIn(one, room)).jobs).toMatchObject([{ status: 'RUNNING' }]);
  });

  test.each(['CreateResourceSnapshotJob', 'StartResourceSnapshotJob'])(
    'makes one job that runs although the response to %s is lost',
    async (operation) => {
      await using on = await sharedRoom();
      const { one, room } = on;
      await one.setRole(role(firstPartner));
      const [{ id }] = (await ensure(one, room)).data.ensureEngagementSharing.jobs;
      await stop(one, id);
      await one.sdk.send(
        new DeleteResourceSnapshotJobCommand({ Catalog, ResourceSnapshotJobIdentifier: id }),
      );
      await on.injectFault({ kind: 'drop-after', operation });
      const { data } = await ensure(one, room);
      expect(data.ensureEngagementSharing).toMatchObject({ changed: true, userErrors: [] });
      expect((await sharingIn(one, room)).jobs).toMatchObject([{ status: 'RUNNING' }]);
    },
  );

  test('is refused without a role, without an own opportunity and for no engagement, and writes nothing', async () => {
    await using on = await sharedRoom();
    const errors = async (id: string) =>
      (await ensure(on.one, id)).data?.ensureEngagementSharing?.userErrors.map(({ code, path }: Data) => [
        code,
        path,
      ]);
    expect(await errors(on.room)).toEqual([['INVALID_RESOURCE_STATE', ['input']]]);
    expect(await errors('eng-00000000000000')).toEqual([['NOT_FOUND', ['input', 'engagementId']]]);
    const bad = await ensure(on.one, 'O1');
    expect([bad.data.ensureEngagementSharing, bad.errors?.map(({ extensions }) => extensions.code)]).toEqual([
      null,
      ['BAD_USER_INPUT'],
    ]);
  });

  test('names the engagement in the audit log, and whether it changed something', async () => {
    await using on = await sharedRoom();
    await on.one.setRole(role(firstPartner));
    await ensure(on.one, on.room);
    const lines = on.one.logged.map((line) => JSON.parse(line)).filter(({ audit }) => audit);
    expect(lines.at(-1)).toMatchObject({
      mutation: 'ensureEngagementSharing',
      subject: on.room,
      outcome: 'unchanged',
    });
  });

  test('a dry run counts the reads and both writes', async () => {
    await using on = await sharedRoom();
    const { extensions } = await ensure(on.one, on.room, { 'x-upstream-dry-run': '1' });
    expect(extensions.upstream.dryRun.calls).toMatchObject({
      CreateResourceSnapshotJob: 1,
      StartResourceSnapshotJob: 1,
    });
  });
});
