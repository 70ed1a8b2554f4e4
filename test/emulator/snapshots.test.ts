import {
  CreateOpportunityCommand,
  CreateResourceSnapshotCommand,
  GetResourceSnapshotCommand,
  ListEngagementResourceAssociationsCommand,
  ListResourceSnapshotsCommand,
  type ListResourceSnapshotsCommandInput,
  type PartnerCentralSellingClient,
  StartEngagementFromOpportunityTaskCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, refusal, submittableCreate, testEmulator, violations } from './kit.ts';
import { lead } from './payloads.ts';

const on = testEmulator();
const Catalog = 'Sandbox';
const partner = '123456789012';
const template = 'OpportunitySummaryView';
const awsTemplate = 'AwsOpportunitySummaryFullView';

/** Creates an opportunity and, for its engagement, submits it. */
async function submit(token: string, client: PartnerCentralSellingClient = on.client) {
  const id = await create(token, client);
  const { EngagementId } = await client.send(
    new StartEngagementFromOpportunityTaskCommand({
      Catalog,
      ClientToken: token,
      Identifier: id,
      AwsSubmission: { InvolvementType: 'Co-Sell' },
    }),
  );
  return { id, engagement: String(EngagementId) };
}
const create = async (token: string, client: PartnerCentralSellingClient = on.client) =>
  String((await client.send(new CreateOpportunityCommand(submittableCreate(token)))).Id);

const keyOf = (engagement: string, id: string, more: Body = {}) => ({
  Catalog: Catalog as 'Sandbox',
  EngagementIdentifier: engagement,
  ResourceType: 'Opportunity' as const,
  ResourceIdentifier: id,
  ResourceSnapshotTemplateIdentifier: template,
  ...more,
});
const share = (engagement: string, id: string, ClientToken: string, more: Body = {}) =>
  on.client.send(new CreateResourceSnapshotCommand({ ...keyOf(engagement, id, more), ClientToken }));
const get = (engagement: string, id: string, more: Body = {}) =>
  on.wire('GetResourceSnapshot', keyOf(engagement, id, more));
const list = async (engagement: string, query: Partial<ListResourceSnapshotsCommandInput> = {}) =>
  (
    await on.client.send(
      new ListResourceSnapshotsCommand({ Catalog, EngagementIdentifier: engagement, ...query }),
    )
  ).ResourceSnapshotSummaries ?? [];

describe('CreateResourceSnapshot', () => {
  test('makes the next revision of what an engagement sees of an opportunity, changed or not', async () => {
    const { id, engagement } = await submit('a');
    const arn = `arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement/${engagement}/resource/Opportunity/${id}/template/${template}/snapshot/`;
    expect(await share(engagement, id, 't1')).toMatchObject({ Arn: `${arn}2`, Revision: 2 });
    expect(await share(engagement, id, 't2')).toMatchObject({ Arn: `${arn}3`, Revision: 3 });
  });

  test('answers the same request under the same token once, and another one with a conflict', async () => {
    const { id, engagement } = await submit('a');
    const first = await share(engagement, id, 't');
    expect((await share(engagement, id, 't')).Revision).toBe(first.Revision);
    expect(await list(engagement)).toHaveLength(2);
    const other = await create('b');
    expect(await refusal(share(engagement, other, 't'))).toMatchObject({ name: 'ConflictException' });
  });

  test('shares another opportunity of a member, which from then on belongs to the engagement', async () => {
    const { id, engagement } = await submit('a');
    const other = await create('b');
    await share(engagement, other, 't');
    const { EngagementResourceAssociationSummaries } = await on.client.send(
      new ListEngagementResourceAssociationsCommand({ Catalog, EngagementIdentifier: engagement }),
    );
    expect(EngagementResourceAssociationSummaries?.map(({ ResourceId }) => ResourceId).sort()).toEqual(
      [id, other].sort(),
    );
  });

  test('notifies the members of the engagement', async () => {
    const { id, engagement } = await submit('a');
    const events = on.events();
    await share(engagement, id, 't');
    expect(events).toMatchObject([
      {
        detailType: 'Engagement Resource Snapshot Created',
        detail: { resourceSnapshot: { resourceId: id } },
      },
    ]);
  });

  test.each<[string, Body, string, [string, string][]]>([
    [
      'an unknown engagement',
      { EngagementIdentifier: 'eng-00000000000404' },
      'ResourceNotFoundException',
      [],
    ],
    ['an unknown opportunity', { ResourceIdentifier: 'O404' }, 'ResourceNotFoundException', []],
    [
      'a template that does not exist',
      { ResourceSnapshotTemplateIdentifier: 'Everything' },
      'ValidationException',
      [['INVALID_VALUE', 'resourceSnapshotTemplateIdentifier']],
    ],
    [
      'the template of AWS',
      { ResourceSnapshotTemplateIdentifier: awsTemplate },
      'ValidationException',
      [['INVALID_VALUE', 'resourceSnapshotTemplateIdentifier']],
    ],
    [
      'another type of resource',
      { ResourceType: 'Solution' },
      'ValidationException',
      [['INVALID_ENUM_VALUE', 'resourceType']],
    ],
    [
      'an ARN for an id',
      { EngagementIdentifier: 'arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement/eng-1' },
      'ValidationException',
      [['INVALID_STRING_FORMAT', 'engagementIdentifier']],
    ],
  ])('refuses %s', async (_what, more, error, expected) => {
    const { id, engagement } = await submit('a');
    const { body } = await on.wire('CreateResourceSnapshot', {
      ...keyOf(engagement, id, more),
      ClientToken: 't',
    });
    expect(body.__type).toContain(error);
    expect(violations(body)).toEqual(expected);
  });

  test('refuses the engagement and the opportunity of another partner', async () => {
    const own = await submit('a');
    const theirs = await submit('b', await on.partner('SECOND'));
    expect(await refusal(share(theirs.engagement, own.id, 't'))).toMatchObject({
      name: 'AccessDeniedException',
    });
    expect(await refusal(share(own.engagement, theirs.id, 't'))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  /** An engagement about leads only, as many as `leads`. */
  async function engagementOfLeads(leads: number) {
    const { body } = await on.wire('CreateEngagement', {
      Catalog,
      ClientToken: 'leads',
      Title: 'Leads',
      Description: 'From a fair',
      Contexts: Array.from({ length: leads }, () => ({ Type: 'Lead', Payload: { Lead: lead() } })),
    });
    return String(body.Id);
  }

  test('makes the engagement of a lead one about a project as well, the first time', async () => {
    const engagement = await engagementOfLeads(1);
    const id = await create('a');
    await share(engagement, id, 't1');
    await share(engagement, id, 't2');
    const { body } = await on.wire('GetEngagement', { Catalog, Identifier: engagement });
    expect((body.Contexts as Body[]).map(({ Type }) => Type)).toEqual(['Lead', 'CustomerProject']);
  });

  test('refuses the first snapshot in an engagement that has no room for its context', async () => {
    const engagement = await engagementOfLeads(5);
    const id = await create('a');
    expect(await refusal(share(engagement, id, 't'))).toMatchObject({
      name: 'ServiceQuotaExceededException',
    });
  });
});

describe('GetResourceSnapshot', () => {
  test('returns what the template shows: no title, no business problem, no marketing', async () => {
    const { id, engagement } = await submit('a');
    const { body } = await get(engagement, id);
    expect(body).toEqual({
      Catalog,
      Arn: expect.stringMatching(/\/snapshot\/1$/),
      CreatedBy: partner,
      CreatedAt: expect.stringMatching(/^2031-05-14T12:00:00\.\d{9}Z$/),
      EngagementId: engagement,
      ResourceType: 'Opportunity',
      ResourceId: id,
      ResourceSnapshotTemplateName: template,
      Revision: 1,
      TargetMemberAccounts: [partner],
      Payload: { OpportunitySummary: expect.any(Object) },
    });
    const { OpportunitySummary } = body.Payload as { OpportunitySummary: Body };
    expect(OpportunitySummary).toMatchObject({
      Lifecycle: { ReviewStatus: 'Submitted', Stage: 'Prospect', TargetCloseDate: '2031-09-30' },
      Customer: { Account: { CompanyName: 'Acme Robotics' } },
      OpportunityTeam: [{ BusinessTitle: 'OpportunityOwner' }],
    });
    expect(Object.keys(OpportunitySummary.Project as Body)).not.toContain('Title');
    expect(Object.keys(OpportunitySummary)).not.toContain('Marketing');
  });

  test('returns the latest revision, or the one that is asked for, as it was then', async () => {
    const { id, engagement } = await submit('a');
    await on.control('POST', `opportunities/${id}/review`, { decision: 'Approved' });
    await share(engagement, id, 't');
    const status = async (more: Body) => {
      const { Payload, Revision } = (await get(engagement, id, more)).body;
      return [Revision, (Payload as Body & { OpportunitySummary: Body }).OpportunitySummary.Lifecycle];
    };
    expect(await status({})).toMatchObject([2, { ReviewStatus: 'Approved' }]);
    expect(await status({ Revision: 1 })).toMatchObject([1, { ReviewStatus: 'Submitted' }]);
    expect((await get(engagement, id, { Revision: 3 })).body.__type).toContain('ResourceNotFoundException');
    expect(violations((await get(engagement, id, { Revision: 0 })).body)).toEqual([
      ['VALUE_OUT_OF_RANGE', 'revision'],
    ]);
  });

  test('returns AWS’s own view of a reviewed opportunity to its owner', async () => {
    const { id, engagement } = await submit('a');
    const ask = { ResourceSnapshotTemplateIdentifier: awsTemplate };
    expect((await get(engagement, id, ask)).body.__type).toContain('ResourceNotFoundException');
    await on.control('POST', `opportunities/${id}/review`, { decision: 'Approved' });
    const { CreatedBy, Payload } = await on.client.send(
      new GetResourceSnapshotCommand(keyOf(engagement, id, ask)),
    );
    expect(CreatedBy).toBe('aws');
    expect(Payload?.AwsOpportunitySummaryFullView).toMatchObject({
      RelatedOpportunityId: id,
      InvolvementType: 'Co-Sell',
      OpportunityTeam: [{ BusinessTitle: 'AWSSalesRep' }],
    });
  });

  test('finds no snapshot for an account that is not a member', async () => {
    const { id, engagement } = await submit('a');
    const stranger = await on.partner('SECOND');
    const asked = stranger.send(new GetResourceSnapshotCommand(keyOf(engagement, id)));
    expect(await refusal(asked)).toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('ListResourceSnapshots', () => {
  async function shared() {
    const { id, engagement } = await submit('a');
    await on.control('POST', 'clock', { advanceMs: 1000 });
    await share(engagement, id, 't1');
    await on.control('POST', `opportunities/${id}/review`, { decision: 'Approved' });
    return { id, engagement };
  }

  test.each<[string, Partial<ListResourceSnapshotsCommandInput>, string[]]>([
    ['all, latest first', {}, ['OpportunitySummaryView 2', `${awsTemplate} 1`, 'OpportunitySummaryView 1']],
    [
      'of a template',
      { ResourceSnapshotTemplateIdentifier: template },
      ['OpportunitySummaryView 2', 'OpportunitySummaryView 1'],
    ],
    ['of an author', { CreatedBy: 'aws' }, [`${awsTemplate} 1`]],
    ['of a type', { ResourceType: 'Opportunity', MaxResults: 1 }, ['OpportunitySummaryView 2']],
    ['of an unknown opportunity', { ResourceIdentifier: 'O404' }, []],
  ])('lists the snapshots %s', async (_what, query, expected) => {
    const { engagement } = await shared();
    const listed = await list(engagement, query);
    expect(
      listed.map(
        ({ ResourceSnapshotTemplateName, Revision }) => `${ResourceSnapshotTemplateName} ${Revision}`,
      ),
    ).toEqual(expected);
  });

  test('lists in pages that together are the whole', async () => {
    const { engagement } = await shared();
    const all = await list(engagement);
    const first = await on.client.send(
      new ListResourceSnapshotsCommand({ Catalog, EngagementIdentifier: engagement, MaxResults: 2 }),
    );
    const rest = await list(engagement, { NextToken: first.NextToken });
    expect([...(first.ResourceSnapshotSummaries ?? []), ...rest]).toEqual(all);
  });

  test('lists only the latest of each snapshot with listedSnapshots: latest', async () => {
    const { engagement } = await shared();
    await on.control('POST', 'settings', { listedSnapshots: 'latest' });
    expect((await list(engagement)).map(({ Revision }) => Revision)).toEqual([2, 1]);
  });

  test('refuses an unknown engagement', async () => {
    expect(await refusal(list('eng-00000000000404'))).toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
