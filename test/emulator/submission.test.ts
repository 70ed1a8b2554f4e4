import {
  GetAwsOpportunitySummaryCommand,
  ListEngagementFromOpportunityTasksCommand,
  StartEngagementFromOpportunityTaskCommand,
  SubmitOpportunityCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, edited, refusal, testEmulator, validCreate, violations } from './kit.ts';
import { project } from './payloads.ts';

const on = testEmulator({ seed: true });
const Catalog = 'Sandbox';
const noSupport = 'Do Not Need Support from AWS Sales Rep';

/** The members that a submission requires. */
const complete = {
  PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
  'Project.DeliveryModels': ['SaaS or PaaS'],
  'Project.CustomerUseCase': 'Database',
  'Project.SalesActivities': ['SOW Signed'],
  'Project.OtherSolutionDescription': 'Our own advice',
};
const create = async (edits: Body = {}): Promise<string> => {
  const { body } = await on.wire(
    'CreateOpportunity',
    edited(validCreate(`token-${JSON.stringify(edits)}`.slice(0, 255)), { ...complete, ...edits }),
  );
  return String(body.Id);
};
/** Shares an opportunity in an engagement about its project, as a submission without a task requires. */
async function withEngagement(id: string): Promise<string> {
  const { body } = await on.wire('CreateEngagement', {
    Catalog,
    ClientToken: id,
    Title: 'Line controllers',
    Description: 'Two lines',
    Contexts: [{ Type: 'CustomerProject', Payload: { CustomerProject: project } }],
  });
  await on.wire('CreateResourceSnapshot', {
    Catalog,
    ClientToken: id,
    EngagementIdentifier: body.Id,
    ResourceType: 'Opportunity',
    ResourceIdentifier: id,
    ResourceSnapshotTemplateIdentifier: 'OpportunitySummaryView',
  });
  return id;
}
const submit = (Identifier: string, more: Body = {}) =>
  on.wire('SubmitOpportunity', { Catalog, Identifier, InvolvementType: 'Co-Sell', ...more });
const start = (Identifier: string, more: Body = {}) =>
  on.wire('StartEngagementFromOpportunityTask', {
    Catalog,
    Identifier,
    ClientToken: 'task',
    AwsSubmission: { InvolvementType: 'Co-Sell', Visibility: 'Full' },
    ...more,
  });
const statusOf = async (id: string) => ((await on.read(id)).LifeCycle as Body).ReviewStatus;

describe('SubmitOpportunity', () => {
  test('sets a submitted record to Submitted, moves its date, and summarises AWS’s involvement', async () => {
    const id = await withEngagement(await create());
    const before = await on.read(id);
    const { status, text } = await submit(id, { Visibility: 'Full' });
    expect([status, text]).toEqual([200, '']);
    const after = await on.read(id);
    expect(await statusOf(id)).toBe('Submitted');
    expect(after.LastModifiedDate).not.toBe(before.LastModifiedDate);
    const summary = await on.client.send(
      new GetAwsOpportunitySummaryCommand({ Catalog, RelatedOpportunityIdentifier: id }),
    );
    expect(summary).toMatchObject({
      InvolvementType: 'Co-Sell',
      Visibility: 'Full',
      Origin: 'Partner Referral',
    });
  });

  test('accepts a submission for visibility only', async () => {
    const id = await withEngagement(await create({ PrimaryNeedsFromAws: [noSupport] }));
    expect((await submit(id, { InvolvementType: 'For Visibility Only', Visibility: 'Limited' })).status).toBe(
      200,
    );
  });

  test.each<[string, Body, Body, string, string]>([
    ['without needs', { PrimaryNeedsFromAws: [] }, {}, 'REQUIRED_FIELD_MISSING', 'primaryNeedsFromAws'],
    [
      'without delivery models',
      { 'Project.DeliveryModels': null },
      {},
      'REQUIRED_FIELD_MISSING',
      'project.deliveryModels',
    ],
    [
      'without a use case',
      { 'Project.CustomerUseCase': null },
      {},
      'REQUIRED_FIELD_MISSING',
      'project.customerUseCase',
    ],
    [
      'without sales activities',
      { 'Project.SalesActivities': null },
      {},
      'REQUIRED_FIELD_MISSING',
      'project.salesActivities',
    ],
    [
      'without a solution',
      { 'Project.OtherSolutionDescription': '' },
      {},
      'BUSINESS_VALIDATION_EXCEPTION',
      'relatedEntityIdentifiers.solutions',
    ],
    [
      'for visibility of a record that needs co-selling',
      {},
      { InvolvementType: 'For Visibility Only' },
      'ACTION_NOT_PERMITTED',
      'primaryNeedsFromAws',
    ],
    [
      'for co-selling of a record that needs no support',
      { PrimaryNeedsFromAws: [noSupport] },
      {},
      'ACTION_NOT_PERMITTED',
      'primaryNeedsFromAws',
    ],
    [
      'for co-selling with limited visibility',
      {},
      { Visibility: 'Limited' },
      'ACTION_NOT_PERMITTED',
      'primaryNeedsFromAws',
    ],
  ])('refuses a submission %s', async (_what, edits, more, code, field) => {
    const id = await create(edits);
    expect(violations((await submit(id, more)).body)).toEqual([[code, field]]);
    expect(await statusOf(id)).toBe('Pending Submission');
  });

  test('checks the whole record again at submission: a close date may have passed', async () => {
    const id = await create();
    await on.control('POST', 'clock', { now: '2031-12-24T00:00:00Z' });
    expect(violations((await submit(id)).body)).toEqual([
      ['BUSINESS_VALIDATION_EXCEPTION', 'lifeCycle.targetCloseDate'],
    ]);
  });

  test.each([
    ['O5000002', 'Approved'],
    ['O5000004', 'Submitted'],
  ])('refuses to submit %s, which is %s', async (id) => {
    const error = await refusal(
      on.client.send(new SubmitOpportunityCommand({ Catalog, Identifier: id, InvolvementType: 'Co-Sell' })),
    );
    expect(error).toMatchObject({
      ErrorList: [{ Code: 'ACTION_NOT_PERMITTED', FieldName: 'lifeCycle.reviewStatus' }],
    });
  });

  test('refuses an opportunity without an engagement, unless submitWithoutEngagement: allow', async () => {
    const id = await create();
    expect(violations((await submit(id)).body)).toEqual([['ACTION_NOT_PERMITTED', 'identifier']]);
    await on.control('POST', 'settings', { submitWithoutEngagement: 'allow' });
    expect((await submit(id)).status).toBe(200);
  });

  test.each<[string, string, [string, string]]>([
    ['submitSolution', 'associated', ['BUSINESS_VALIDATION_EXCEPTION', 'relatedEntityIdentifiers.solutions']],
    ['submitActionRequired', 'refuse', ['ACTION_NOT_PERMITTED', 'lifeCycle.reviewStatus']],
  ])('judges a submission differently with %s: %s', async (name, value, expected) => {
    const id = await withEngagement(await create());
    await on.control('PATCH', `opportunities/${id}`, { LifeCycle: { ReviewStatus: 'Action Required' } });
    await on.control('POST', 'settings', { [name]: value });
    expect(violations((await submit(id)).body)).toEqual([expected]);
    await on.control('POST', 'settings', { submitSolution: 'any', submitActionRequired: 'allow' });
    expect((await submit(id)).status).toBe(200);
  });

  test('demands what every new record needs, even if createRules: lenient created it without', async () => {
    await on.control('POST', 'settings', { createRules: 'lenient' });
    const id = await create({ Customer: undefined, 'Project.Title': undefined });
    expect(violations((await submit(id)).body)).toEqual([
      ['REQUIRED_FIELD_MISSING', 'customer.account.companyName'],
      ['REQUIRED_FIELD_MISSING', 'customer.account.industry'],
      ['REQUIRED_FIELD_MISSING', 'customer.account.websiteUrl'],
      ['REQUIRED_FIELD_MISSING', 'customer.account.address.countryCode'],
      ['REQUIRED_FIELD_MISSING', 'customer.account.address.postalCode'],
      ['REQUIRED_FIELD_MISSING', 'project.title'],
    ]);
  });

  test('requires stage Qualified for a submission with submitStage: qualified', async () => {
    const id = await create();
    await on.control('POST', 'settings', { submitStage: 'qualified' });
    expect(violations((await submit(id)).body)).toEqual([['INVALID_RESOURCE_STATE', 'lifeCycle.stage']]);
  });

  test('answers the submission of an unknown id with ResourceNotFoundException', async () => {
    expect((await submit('O404')).body.__type).toContain('ResourceNotFoundException');
  });
});
describe('StartEngagementFromOpportunityTask', () => {
  test('completes a submission task at once, with the ids of all it created', async () => {
    const id = await create();
    const answer = await on.client.send(
      new StartEngagementFromOpportunityTaskCommand({
        Catalog,
        Identifier: id,
        ClientToken: 't',
        AwsSubmission: { InvolvementType: 'Co-Sell' },
      }),
    );
    expect(answer).toMatchObject({ TaskStatus: 'COMPLETE', OpportunityId: id });
    expect(answer.TaskId).toMatch(/^task-[0-9a-z]{13}$/);
    expect(answer.EngagementId).toMatch(/^eng-[0-9a-z]{14}$/);
    expect(answer.EngagementInvitationId).toMatch(/^engi-[0-9a-z]{13}$/);
    expect(answer.ResourceSnapshotJobId).toMatch(/^job-[0-9a-z]{13}$/);
    expect(await statusOf(id)).toBe('Submitted');
  });

  test('answers the same request with the same task, and another under its token with a conflict', async () => {
    const id = await create();
    const first = await start(id);
    expect((await start(id)).body).toEqual(first.body);
    const other = await start(id, { AwsSubmission: { InvolvementType: 'For Visibility Only' } });
    expect(other.body.__type).toContain('ConflictException');
  });

  test('answers a failed submission task with status 200 and all reasons in one line', async () => {
    const id = await create({ 'Project.OtherSolutionDescription': null, 'Project.SalesActivities': null });
    const { status, body } = await start(id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      TaskStatus: 'FAILED',
      ReasonCode: 'OpportunityValidationFailed',
      EngagementId: null,
    });
    expect(body.Message).toBe(
      'REQUIRED_FIELD_MISSING project.salesActivities:project.salesActivities is required;' +
        'BUSINESS_VALIDATION_EXCEPTION relatedEntityIdentifiers.solutions:A submission requires an associated solution, or a description of another one',
    );
    expect(await statusOf(id)).toBe('Pending Submission');
  });

  test('fails with OpportunityConflict for an opportunity that is submitted already', async () => {
    const id = await create();
    await start(id, { ClientToken: 'first' });
    expect((await start(id, { ClientToken: 'second' })).body).toMatchObject({
      TaskStatus: 'FAILED',
      ReasonCode: 'OpportunityConflict',
      Message: expect.stringContaining('lifeCycle.reviewStatus'),
    });
    expect(await statusOf(id)).toBe('Submitted');
  });

  test('completes a task after taskMs with submissionTask: in-progress', async () => {
    const id = await create();
    await on.control('POST', 'settings', { submissionTask: 'in-progress', taskMs: 5000 });
    expect((await start(id)).body).toMatchObject({ TaskStatus: 'IN_PROGRESS' });
    expect(await statusOf(id)).toBe('Pending Submission');
    await on.control('POST', 'clock', { advanceMs: 5000 });
    expect((await start(id)).body).toMatchObject({ TaskStatus: 'COMPLETE' });
    expect(await statusOf(id)).toBe('Submitted');
  });

  test('lists tasks by status, opportunity and engagement, latest first', async () => {
    const ids = [await create(), await create({ 'Project.SalesActivities': null })];
    for (const [index, id] of ids.entries()) await start(id, { ClientToken: `t${index}` });
    const list = async (query: object) =>
      (await on.client.send(new ListEngagementFromOpportunityTasksCommand({ Catalog, ...query })))
        .TaskSummaries ?? [];
    const [failed, done] = await list({});
    expect([failed?.OpportunityId, done?.OpportunityId]).toEqual([ids[1], ids[0]]);
    expect(await list({ TaskStatus: ['COMPLETE'] })).toEqual([done]);
    expect(await list({ OpportunityIdentifier: [ids[1]] })).toEqual([failed]);
    expect(await list({ EngagementIdentifier: [done?.EngagementId] })).toEqual([done]);
    expect(await list({ TaskIdentifier: [failed?.TaskArn] })).toEqual([failed]);
    const page = await on.client.send(
      new ListEngagementFromOpportunityTasksCommand({ Catalog, MaxResults: 1 }),
    );
    expect(page.TaskSummaries).toEqual([failed]);
    expect(await list({ NextToken: page.NextToken })).toEqual([done]);
  });
});
