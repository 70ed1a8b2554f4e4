import {
  CreateOpportunityCommand,
  CreateResourceSnapshotJobCommand,
  DeleteResourceSnapshotJobCommand,
  GetResourceSnapshotJobCommand,
  ListResourceSnapshotJobsCommand,
  type ListResourceSnapshotJobsCommandInput,
  ListResourceSnapshotsCommand,
  ListTagsForResourceCommand,
  StartEngagementFromOpportunityTaskCommand,
  StartResourceSnapshotJobCommand,
  StopResourceSnapshotJobCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, refusal, submittableCreate, testEmulator, violations } from './kit.ts';

const on = testEmulator();
const Catalog = 'Sandbox';
const template = 'OpportunitySummaryView';
const time = expect.stringMatching(/^2031-05-14T12:00:00\.\d{9}Z$/);

const setRole = () =>
  on.wire('PutSellingSystemSettings', { Catalog, ResourceSnapshotJobRoleIdentifier: 'Snapshots' });
const create = async (token: string) =>
  String((await on.client.send(new CreateOpportunityCommand(submittableCreate(token)))).Id);

/** Submits an opportunity; returns its engagement and job, and another opportunity that has neither. */
async function room() {
  const [id, other] = [await create('a'), await create('b')];
  const task = await on.client.send(
    new StartEngagementFromOpportunityTaskCommand({
      Catalog,
      ClientToken: 't',
      Identifier: id,
      AwsSubmission: { InvolvementType: 'Co-Sell' },
    }),
  );
  return { id, other, engagement: String(task.EngagementId), job: String(task.ResourceSnapshotJobId) };
}
const createJob = (engagement: string, id: string, ClientToken = 'job', more: Body = {}) =>
  on.client.send(
    new CreateResourceSnapshotJobCommand({
      Catalog,
      ClientToken,
      EngagementIdentifier: engagement,
      ResourceType: 'Opportunity',
      ResourceIdentifier: id,
      ResourceSnapshotTemplateIdentifier: template,
      ...more,
    }),
  );
const named = (job: string | undefined) => ({ Catalog, ResourceSnapshotJobIdentifier: job });
const get = async (job: string | undefined) => (await on.wire('GetResourceSnapshotJob', named(job))).body;
const start = (job: string | undefined) => on.client.send(new StartResourceSnapshotJobCommand(named(job)));
const stop = (job: string | undefined) => on.client.send(new StopResourceSnapshotJobCommand(named(job)));
const remove = (job: string | undefined) => on.client.send(new DeleteResourceSnapshotJobCommand(named(job)));
const list = async (query: Partial<ListResourceSnapshotJobsCommandInput> = {}) =>
  (await on.client.send(new ListResourceSnapshotJobsCommand({ Catalog, ...query })))
    .ResourceSnapshotJobSummaries ?? [];
const revisions = async (engagement: string, id: string) =>
  (
    await on.client.send(
      new ListResourceSnapshotsCommand({ Catalog, EngagementIdentifier: engagement, ResourceIdentifier: id }),
    )
  ).ResourceSnapshotSummaries?.length;

describe('a snapshot job', () => {
  test('is new, stopped and without a run', async () => {
    const { other, engagement } = await room();
    const { Id, Arn } = await createJob(engagement, other);
    expect(Id).toMatch(/^job-[0-9a-z]{13}$/);
    expect(await get(Id)).toEqual({
      Catalog,
      Id,
      Arn,
      EngagementId: engagement,
      ResourceType: 'Opportunity',
      ResourceId: other,
      ResourceArn: `arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/opportunity/${other}`,
      ResourceSnapshotTemplateName: template,
      CreatedAt: time,
      Status: 'Stopped',
      LastSuccessfulExecutionDate: null,
      LastFailure: null,
    });
    expect(Arn).toBe(
      `arn:aws:partnercentral:us-east-1:123456789012:catalog/Sandbox/resource-snapshot-job/${Id}`,
    );
  });

  test('runs when it is started, and then whenever what it shares has changed', async () => {
    await setRole();
    const { other, engagement } = await room();
    const { Id } = await createJob(engagement, other);
    expect(await revisions(engagement, other)).toBe(0);
    await start(Id);
    expect(await get(Id)).toMatchObject({ Status: 'Running', LastSuccessfulExecutionDate: time });
    expect(await revisions(engagement, other)).toBe(1);
    await on.change(other, { 'Project.SalesActivities': ['Completed Action Plan'] });
    expect(await revisions(engagement, other)).toBe(2);
    await on.change(other, { 'Project.Title': 'Not part of the template' });
    expect(await revisions(engagement, other)).toBe(2);
  });

  test('that is stopped shares no change, and makes up for it when it is started again', async () => {
    await setRole();
    const { other, engagement } = await room();
    const { Id } = await createJob(engagement, other);
    await start(Id);
    await stop(Id);
    await on.change(other, { 'Project.SalesActivities': ['Completed Action Plan'] });
    expect(await revisions(engagement, other)).toBe(1);
    await start(Id);
    expect(await revisions(engagement, other)).toBe(2);
  });

  test('without a role keeps its failure, and makes no snapshot', async () => {
    const { other, engagement } = await room();
    const { Id } = await createJob(engagement, other);
    await start(Id);
    expect(await get(Id)).toMatchObject({
      Status: 'Running',
      LastSuccessfulExecutionDate: null,
      LastFailure: expect.stringContaining('no role'),
    });
    expect(await revisions(engagement, other)).toBe(0);
  });

  test('is created once for the same request and token, and once for an opportunity in an engagement', async () => {
    const { other, engagement } = await room();
    const first = await createJob(engagement, other);
    expect((await createJob(engagement, other)).Id).toBe(first.Id);
    for (const token of ['job', 'another'])
      expect(
        await refusal(
          createJob(engagement, other, token, token === 'job' ? { Tags: [{ Key: 'a', Value: 'b' }] } : {}),
        ),
      ).toMatchObject({ name: 'ConflictException' });
  });

  test('has the tags of its create', async () => {
    const { other, engagement } = await room();
    const { Arn } = await createJob(engagement, other, 'job', { Tags: [{ Key: 'team', Value: 'north' }] });
    const { Tags } = await on.client.send(new ListTagsForResourceCommand({ ResourceArn: Arn }));
    expect(Tags).toEqual([{ Key: 'team', Value: 'north' }]);
  });

  test('starts twice and stops twice without an error, but stops only once it has been started', async () => {
    await setRole();
    const { other, engagement } = await room();
    const { Id } = await createJob(engagement, other);
    expect(await refusal(stop(Id))).toMatchObject({
      name: 'ValidationException',
      ErrorList: [{ Code: 'INVALID_RESOURCE_STATE', FieldName: 'resourceSnapshotJobIdentifier' }],
    });
    await start(Id);
    await start(Id);
    expect(await get(Id)).toMatchObject({ Status: 'Running' });
    await stop(Id);
    await stop(Id);
    expect(await get(Id)).toMatchObject({ Status: 'Stopped' });
  });

  test.each([
    ['conflict', 'ConflictException'],
    ['validation', 'ValidationException'],
  ])('is not deleted while it runs: runningJobDeletion: %s is a %s', async (runningJobDeletion, name) => {
    await on.control('POST', 'settings', { runningJobDeletion });
    const { job } = await room();
    expect(await refusal(remove(job))).toMatchObject({ name });
    expect(await get(job)).toMatchObject({ Status: 'Running' });
  });

  test('is gone once it is deleted, with its tags; its snapshots remain', async () => {
    const { id, job, engagement } = await room();
    const { Arn } = await get(job);
    await stop(job);
    await remove(job);
    const asked = [remove(job), start(job), stop(job)];
    for (const one of [...asked, on.client.send(new GetResourceSnapshotJobCommand(named(job)))])
      expect(await refusal(one)).toMatchObject({ name: 'ResourceNotFoundException' });
    const tags = on.client.send(new ListTagsForResourceCommand({ ResourceArn: String(Arn) }));
    expect(await refusal(tags)).toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await revisions(engagement, id)).toBe(1);
  });

  test('runs from its creation on with newSnapshotJob: Running', async () => {
    await setRole();
    await on.control('POST', 'settings', { newSnapshotJob: 'Running' });
    const { other, engagement } = await room();
    const { Id } = await createJob(engagement, other);
    expect(await get(Id)).toMatchObject({ Status: 'Running', LastSuccessfulExecutionDate: time });
  });

  test('of a submission is started, and is not the partner’s to create again', async () => {
    const { id, job, engagement } = await room();
    expect(await get(job)).toMatchObject({ Status: 'Running' });
    expect(await refusal(createJob(engagement, id))).toMatchObject({ name: 'ConflictException' });
  });

  test('of another partner cannot be found', async () => {
    const { job } = await room();
    const stranger = await on.partner('SECOND');
    for (const command of [
      new GetResourceSnapshotJobCommand(named(job)),
      new StartResourceSnapshotJobCommand(named(job)),
      new StopResourceSnapshotJobCommand(named(job)),
      new DeleteResourceSnapshotJobCommand(named(job)),
    ])
      expect(await refusal(stranger.send(command as GetResourceSnapshotJobCommand))).toMatchObject({
        name: 'ResourceNotFoundException',
      });
    expect(
      (await stranger.send(new ListResourceSnapshotJobsCommand({ Catalog }))).ResourceSnapshotJobSummaries,
    ).toEqual([]);
  });

  test.each<[string, unknown, [string, string]]>([
    ['GetResourceSnapshotJob', 'job-1', ['INVALID_STRING_FORMAT', 'resourceSnapshotJobIdentifier']],
    ['StartResourceSnapshotJob', undefined, ['REQUIRED_FIELD_MISSING', 'resourceSnapshotJobIdentifier']],
  ])('refuses %s with the identifier %s', async (operation, identifier, expected) => {
    const { body } = await on.wire(operation, { Catalog, ResourceSnapshotJobIdentifier: identifier });
    expect(violations(body)).toEqual([expected]);
  });

  test('ignores a client token in a request that has none, as in AWS’s recordings', async () => {
    const { job } = await room();
    const { status, text } = await on.wire('StopResourceSnapshotJob', { ...named(job), ClientToken: 't' });
    expect([status, text]).toEqual([200, '']);
  });
});

describe('ListResourceSnapshotJobs', () => {
  async function jobs() {
    const { other, engagement, job } = await room();
    await on.control('POST', 'clock', { advanceMs: 1000 });
    const { Id } = await createJob(engagement, other);
    return { engagement, running: job, stopped: String(Id) };
  }

  test.each<[string, (engagement: string) => Partial<ListResourceSnapshotJobsCommandInput>, string[]]>([
    ['all, latest first', () => ({}), ['stopped', 'running']],
    ['all, in order of creation', () => ({ Sort: { SortOrder: 'ASCENDING' } }), ['running', 'stopped']],
    ['that run', () => ({ Status: 'Running' }), ['running']],
    ['of an engagement', (engagement) => ({ EngagementIdentifier: engagement }), ['stopped', 'running']],
    ['of an unknown engagement', () => ({ EngagementIdentifier: 'eng-00000000000404' }), []],
    ['in a page of one', () => ({ MaxResults: 1 }), ['stopped']],
  ])('lists the jobs %s', async (_what, query, expected) => {
    const made = await jobs();
    const listed = await list(query(made.engagement));
    expect(listed.map(({ Id }) => (Id === made.running ? 'running' : 'stopped'))).toEqual(expected);
    for (const { EngagementId } of listed) expect(EngagementId).toBe(made.engagement);
  });

  test('lists in pages that together are the whole', async () => {
    await jobs();
    const all = await list();
    const first = await on.client.send(new ListResourceSnapshotJobsCommand({ Catalog, MaxResults: 1 }));
    const rest = await list({ NextToken: first.NextToken });
    expect([...(first.ResourceSnapshotJobSummaries ?? []), ...rest]).toEqual(all);
  });
});
