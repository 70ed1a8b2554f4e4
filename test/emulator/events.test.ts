import { describe, expect, test } from 'vitest';
import { type Body, submittableCreate, testEmulator } from './kit.ts';

const on = testEmulator();
const Catalog = 'Sandbox';
const account = '123456789012';

const create = async (more: Body = {}): Promise<string> =>
  String((await on.wire('CreateOpportunity', { ...submittableCreate(), ...more })).body.Id);
const start = async (Identifier: string) =>
  (
    await on.wire('StartEngagementFromOpportunityTask', {
      Catalog,
      Identifier,
      ClientToken: 't',
      AwsSubmission: { InvolvementType: 'Co-Sell' },
    })
  ).body;
const associate = (OpportunityIdentifier: string, RelatedEntityIdentifier: string) =>
  on.wire('AssociateOpportunity', {
    Catalog,
    OpportunityIdentifier,
    RelatedEntityType: 'Solutions',
    RelatedEntityIdentifier,
  });
const setRole = () =>
  on.wire('PutSellingSystemSettings', { Catalog, ResourceSnapshotJobRoleIdentifier: 'Snapshots' });

describe('events', () => {
  test('have EventBridge’s members; those of an opportunity have only its id', async () => {
    const events = on.events();
    const id = await create();
    expect(events).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        source: 'aws.partnercentral-selling',
        detailType: 'Opportunity Created',
        account,
        region: 'us-east-1',
        time: '2031-05-14T12:00:00Z',
        resources: [],
        detail: { schemaVersion: '1', catalog: Catalog, opportunity: { identifier: id } },
      },
    ]);
  });

  test('of a submission have the shapes of AWS', async () => {
    const id = await create();
    const events = on.events();
    const { EngagementId, EngagementInvitationId } = await start(id);
    const details = Object.fromEntries(events.map(({ detailType, detail }) => [detailType, detail]));
    const catalog = Catalog;
    const engagementArn = `arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement/${EngagementId}`;
    const arn = `arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement-invitation/${EngagementInvitationId}`;
    expect(details).toEqual({
      'Opportunity Updated': { schemaVersion: '1', catalog, opportunity: { identifier: id } },
      'Engagement Created': {
        catalog,
        engagement: {
          engagementArn,
          engagementId: EngagementId,
          CreatedAt: expect.stringMatching(/^2031-05-14T12:00:00\.\d{9}Z$/),
          CreatedBy: account,
          ContextTypes: ['CustomerProject'],
        },
      },
      'Engagement Member Added': {
        catalog,
        engagement: { id: EngagementId },
        engagementMember: { accountId: account, companyName: 'Example Partner' },
      },
      'Engagement Resource Snapshot Created': {
        catalog,
        resourceSnapshot: {
          arn: `${engagementArn}/resource/Opportunity/${id}/template/OpportunitySummaryView/snapshot/1`,
          engagementId: EngagementId,
          resourceType: 'Opportunity',
          resourceId: id,
          createdBy: account,
          targetMemberAccounts: [account],
          resourceSnapshotTemplateName: 'OpportunitySummaryView',
        },
      },
      'Engagement Invitation Created': {
        schemaVersion: '1.0',
        catalog,
        engagementInvitation: {
          arn,
          id: EngagementInvitationId,
          engagementId: EngagementId,
          senderAccountId: account,
          receiverAccountId: 'aws',
          participantType: 'SENDER',
          payloadType: 'OpportunityInvitation',
          senderCompanyName: 'Example Partner',
          expirationDate: expect.stringMatching(/^2031-05-29T12:00:00\.\d{9}Z$/),
        },
      },
    });
    expect(events.find(({ resources }) => resources.length > 0)?.resources).toEqual([arn]);
  });

  /** What is done to an opportunity of a partner with a role for snapshot jobs, and the events that follow. */
  test.each<[string, { submit: boolean; act(id: string): Promise<unknown> }, string[]]>([
    [
      'a patch',
      { submit: false, act: (id) => on.change(id, { 'Project.Title': 'Another' }) },
      ['Opportunity Updated'],
    ],
    ['a refused patch', { submit: true, act: (id) => on.change(id, { 'Project.Title': 'Another' }) }, []],
    [
      'a new solution, while a job shares the opportunity',
      { submit: true, act: (id) => associate(id, 'S-1234567') },
      ['Opportunity Updated', 'Engagement Resource Snapshot Created'],
    ],
    [
      'a submission',
      { submit: false, act: start },
      [
        'Opportunity Updated',
        'Engagement Created',
        'Engagement Member Added',
        'Engagement Resource Snapshot Created',
        'Engagement Invitation Created',
      ],
    ],
    [
      'AWS’s approval',
      {
        submit: true,
        act: (id) => on.control('POST', `opportunities/${id}/review`, { decision: 'Approved' }),
      },
      [
        'Engagement Invitation Accepted',
        'Engagement Member Added',
        'Opportunity Updated',
        'Engagement Resource Snapshot Created',
        'Engagement Resource Snapshot Created',
      ],
    ],
    [
      'AWS’s rejection',
      {
        submit: true,
        act: (id) => on.control('POST', `opportunities/${id}/review`, { decision: 'Rejected' }),
      },
      [
        'Engagement Invitation Rejected',
        'Opportunity Updated',
        'Engagement Resource Snapshot Created',
        'Engagement Resource Snapshot Created',
      ],
    ],
    [
      'fifteen days without an answer of AWS',
      { submit: true, act: () => on.control('POST', 'clock', { advanceMs: 15 * 86_400_000 }) },
      ['Engagement Invitation Expired'],
    ],
    [
      'a change by AWS, which the control surface makes',
      { submit: false, act: (id) => on.control('PATCH', `opportunities/${id}?touch=true`, {}) },
      ['Opportunity Updated'],
    ],
    [
      'a raw change, which leaves the date alone',
      { submit: false, act: (id) => on.control('PATCH', `opportunities/${id}`, { Marketing: null }) },
      [],
    ],
  ])('after %s are as documented', async (_what, { submit, act }, expected) => {
    await setRole();
    const id = await create();
    if (submit) await start(id);
    const events = on.events();
    await act(id);
    expect(events.map(({ detailType }) => detailType)).toEqual(expected);
  });

  test('of an AWS referral go to its receiver, from the invitation to the opportunity', async () => {
    const events = on.events();
    await create({ Origin: 'AWS Referral' });
    expect(events).toMatchObject([
      {
        detailType: 'Engagement Invitation Created',
        account,
        detail: { engagementInvitation: { participantType: 'RECEIVER', senderAccountId: 'aws' } },
      },
    ]);
    const [{ Id }] = (await on.control('GET', 'invitations')).body.invitations as [Body];
    await on.control('POST', `invitations/${Id}/accept`);
    expect(events.slice(1).map(({ detailType }) => detailType)).toEqual([
      'Engagement Invitation Accepted',
      'Engagement Member Added',
      'Opportunity Created',
      'Opportunity Updated',
      'Engagement Resource Snapshot Created',
    ]);
  });

  test('of one partner’s opportunity do not go to another partner', async () => {
    await on.partner('SECOND');
    const events = on.events();
    await start(await create());
    expect(new Set(events.map((event) => event.account))).toEqual(new Set([account]));
  });

  test('stop for a listener that has unsubscribed', async () => {
    const events = on.events();
    on.endEvents();
    await create();
    expect(events).toEqual([]);
  });
});

describe('snapshot jobs', () => {
  test('without a role make no new snapshots when the opportunity changes', async () => {
    const id = await create();
    await start(id);
    const events = on.events();
    await associate(id, 'S-1234567');
    expect(events.map(({ detailType }) => detailType)).toEqual(['Opportunity Updated']);
  });

  test('make no new snapshot of a change that their template does not show', async () => {
    await setRole();
    const id = await create();
    await start(id);
    const events = on.events();
    await on.control('PATCH', `opportunities/${id}?touch=true`, { Marketing: { Source: 'None' } });
    expect(events.map(({ detailType }) => detailType)).toEqual(['Opportunity Updated']);
  });
});
