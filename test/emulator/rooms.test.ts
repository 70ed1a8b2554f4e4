/** Two partners in one engagement: what each of them sees, and what follows for the other. */
import {
  AcceptEngagementInvitationCommand,
  CreateEngagementCommand,
  CreateEngagementInvitationCommand,
  CreateOpportunityCommand,
  GetEngagementCommand,
  GetEngagementInvitationCommand,
  GetOpportunityCommand,
  ListEngagementByAcceptingInvitationTasksCommand,
  type ListEngagementByAcceptingInvitationTasksCommandInput,
  ListEngagementResourceAssociationsCommand,
  ListTagsForResourceCommand,
  type PartnerCentralSellingClient,
  StartEngagementByAcceptingInvitationTaskCommand,
  type StartEngagementByAcceptingInvitationTaskCommandInput,
  StartEngagementFromOpportunityTaskCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, edited, refusal, submittableCreate, testEmulator, violations } from './kit.ts';
import { leadInvitation, opportunityInvitation } from './payloads.ts';

const on = testEmulator();
const Catalog = 'Sandbox';
const first = '123456789012';
const second = '210987654321';
const noSupport = 'Do Not Need Support from AWS Sales Rep';

/** An opportunity of the first partner, submitted: the engagement that the second one is invited to. */
async function submitted() {
  const { Id } = await on.client.send(
    new CreateOpportunityCommand({
      ...submittableCreate(),
      Marketing: { Source: 'Marketing Activity', CampaignName: 'Spring fair', AwsFundingUsed: 'No' },
    }),
  );
  const { EngagementId } = await on.client.send(
    new StartEngagementFromOpportunityTaskCommand({
      Catalog,
      ClientToken: 'submission',
      Identifier: Id,
      AwsSubmission: { InvolvementType: 'Co-Sell' },
    }),
  );
  return { Id: String(Id), room: String(EngagementId) };
}
const emptyRoom = async () =>
  String((await on.client.send(new CreateEngagementCommand({ Catalog, ClientToken: 'room' }))).Id);
const invite = async (
  room: string,
  Payload: typeof opportunityInvitation | typeof leadInvitation = opportunityInvitation,
) =>
  String(
    (
      await on.client.send(
        new CreateEngagementInvitationCommand({
          Catalog,
          ClientToken: 'invitation',
          EngagementIdentifier: room,
          Invitation: {
            Message: 'Join us',
            Receiver: { Account: { AwsAccountId: second } },
            Payload: Payload as typeof opportunityInvitation,
          },
        }),
      )
    ).Id,
  );
const start = (
  client: PartnerCentralSellingClient,
  Identifier: string,
  more: Partial<StartEngagementByAcceptingInvitationTaskCommandInput> = {},
) =>
  client.send(
    new StartEngagementByAcceptingInvitationTaskCommand({
      Catalog,
      ClientToken: 'task',
      Identifier,
      ...more,
    }),
  );
const read = (client: PartnerCentralSellingClient, Identifier: unknown) =>
  client.send(new GetOpportunityCommand({ Catalog, Identifier: String(Identifier) }));
const statusOf = async (client: PartnerCentralSellingClient, id: unknown) =>
  (await read(client, id)).LifeCycle?.ReviewStatus;
const review = (id: string, decision: string) =>
  on.control('POST', `opportunities/${id}/review`, { decision });

describe('accepting another partner’s invitation by the task', () => {
  test('creates an own opportunity from the invitation, which waits for the sender’s review', async () => {
    const client = await on.partner('SECOND');
    const { room } = await submitted();
    const id = await invite(room);
    const task = await start(client, id);
    expect(task).toMatchObject({
      TaskStatus: 'COMPLETE',
      TaskArn: `arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement-by-accepting-invitation-task/${task.TaskId}`,
      EngagementInvitationId: id,
      OpportunityId: expect.stringMatching(/^O\d+$/),
      ResourceSnapshotJobId: expect.stringMatching(/^job-/),
    });
    const { Customer, Project } = opportunityInvitation.OpportunityInvitation;
    expect(await read(client, task.OpportunityId)).toMatchObject({
      LifeCycle: { Stage: 'Prospect', ReviewStatus: 'Submitted', TargetCloseDate: '2031-09-30' },
      PrimaryNeedsFromAws: [noSupport],
      OpportunityType: 'Net New Business',
      Customer: {
        Account: {
          CompanyName: Customer.CompanyName,
          Industry: Customer.Industry,
          WebsiteUrl: Customer.WebsiteUrl,
          Address: { CountryCode: 'US' },
        },
      },
      Project: {
        Title: Project.Title,
        CustomerBusinessProblem: Project.BusinessProblem,
        ExpectedCustomerSpend: Project.ExpectedCustomerSpend,
      },
      Marketing: { Source: 'None', CampaignName: 'Spring fair' },
    });
  });

  test('makes it a member, and shares its opportunity, with the events of AWS', async () => {
    const client = await on.partner('SECOND');
    const { Id, room } = await submitted();
    const id = await invite(room);
    const events = on.events();
    const { OpportunityId } = await start(client, id);
    expect(
      events.map(({ account, detailType }) => [account === first ? 'sender' : 'receiver', detailType]),
    ).toEqual([
      ['sender', 'Engagement Invitation Accepted'],
      ['receiver', 'Engagement Invitation Accepted'],
      ['sender', 'Engagement Member Added'],
      ['receiver', 'Engagement Member Added'],
      ['receiver', 'Opportunity Created'],
      ['receiver', 'Opportunity Updated'],
      ['sender', 'Engagement Resource Snapshot Created'],
      ['receiver', 'Engagement Resource Snapshot Created'],
    ]);
    const joined = await client.send(new GetEngagementCommand({ Catalog, Identifier: room }));
    expect(joined).toMatchObject({ MemberCount: 2, ModifiedBy: second });
    for (const member of [on.client, client]) {
      const { EngagementResourceAssociationSummaries } = await member.send(
        new ListEngagementResourceAssociationsCommand({ Catalog, EngagementIdentifier: room }),
      );
      expect(EngagementResourceAssociationSummaries?.map((one) => [one.ResourceId, one.CreatedBy])).toEqual([
        [Id, first],
        [OpportunityId, second],
      ]);
    }
  });

  test.each([
    ['Approved', 'Approved'],
    ['Rejected', 'Rejected'],
    ['Action Required', 'Submitted'],
  ])('after a decision of %s on the sender’s leaves it %s', async (decision, expected) => {
    const client = await on.partner('SECOND');
    const { Id, room } = await submitted();
    const { OpportunityId } = await start(client, await invite(room));
    const events = on.events();
    await review(Id, decision);
    expect(await statusOf(client, OpportunityId)).toBe(expected);
    const told = events.filter((one) => one.account === second && one.detailType === 'Opportunity Updated');
    expect(told).toHaveLength(expected === 'Submitted' ? 0 : 1);
  });

  test('inherits also a review that the sender simulates in the Sandbox', async () => {
    const client = await on.partner('SECOND');
    const { Id, room } = await submitted();
    const { OpportunityId } = await start(client, await invite(room));
    await on.change(Id, { 'LifeCycle.ReviewStatus': 'Approved' });
    expect(await statusOf(client, OpportunityId)).toBe('Approved');
  });

  test('is approved at once if the sender’s is', async () => {
    const client = await on.partner('SECOND');
    const { Id, room } = await submitted();
    await review(Id, 'Approved');
    expect(await statusOf(client, (await start(client, await invite(room))).OpportunityId)).toBe('Approved');
  });

  test('is pending submission if the sender shares no opportunity', async () => {
    const client = await on.partner('SECOND');
    const { OpportunityId } = await start(client, await invite(await emptyRoom()));
    expect(await statusOf(client, OpportunityId)).toBe('Pending Submission');
  });

  test('is approved at once if so configured', async () => {
    const client = await on.partner('SECOND');
    await on.control('POST', 'settings', { receiverReview: 'approved' });
    const { room } = await submitted();
    const { OpportunityId } = await start(client, await invite(room));
    expect(await statusOf(client, OpportunityId)).toBe('Approved');
  });

  test('leaves the opportunity of each partner to itself', async () => {
    const client = await on.partner('SECOND');
    const { Id, room } = await submitted();
    const { OpportunityId } = await start(client, await invite(room));
    for (const [reader, id] of [
      [client, Id],
      [on.client, OpportunityId],
    ] as const)
      expect(await refusal(read(reader, id))).toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('StartEngagementByAcceptingInvitationTask', () => {
  test('starts one task for one client token, and refuses another request under it', async () => {
    const client = await on.partner('SECOND');
    const id = await invite((await submitted()).room);
    const task = await start(client, id);
    expect(await start(client, id)).toMatchObject({ TaskId: task.TaskId, OpportunityId: task.OpportunityId });
    const another = start(client, id, { Tags: [{ Key: 'a', Value: 'b' }] });
    expect(await refusal(another)).toMatchObject({ name: 'ConflictException' });
  });

  test('tags the opportunity, unless the switch drops the tags of tasks', async () => {
    const client = await on.partner('SECOND');
    const Tags = [{ Key: 'team', Value: 'north' }];
    const tagsOf = async (id: unknown) =>
      (
        await client.send(
          new ListTagsForResourceCommand({
            ResourceArn: `arn:aws:partnercentral:us-east-1:${second}:catalog/Sandbox/opportunity/${id}`,
          }),
        )
      ).Tags;
    const { OpportunityId } = await start(client, await invite((await submitted()).room), { Tags });
    expect(await tagsOf(OpportunityId)).toEqual(Tags);
    await on.control('POST', 'reset', { seed: false });
    await on.partner('SECOND');
    await on.control('POST', 'settings', { taskTags: 'drop' });
    const untagged = await start(client, await invite((await submitted()).room), { Tags });
    expect(await tagsOf(untagged.OpportunityId)).toEqual([]);
  });

  const accept = (client: PartnerCentralSellingClient, Identifier: string) =>
    client.send(new AcceptEngagementInvitationCommand({ Catalog, Identifier }));

  test.each<[string, (client: PartnerCentralSellingClient, id: string) => Promise<unknown>]>([
    ['accepted by the task', (client, id) => start(client, id, { ClientToken: 'earlier' })],
    ['accepted plainly', accept],
    ['left to expire', () => on.control('POST', 'clock', { advanceMs: 15 * 86_400_000 })],
  ])('fails, with success, on an invitation that has been %s', async (_what, before) => {
    const client = await on.partner('SECOND');
    const id = await invite((await submitted()).room);
    await before(client, id);
    const failed = await start(client, id);
    expect(failed).toMatchObject({ TaskStatus: 'FAILED', ReasonCode: 'EngagementInvitationConflict' });
    expect(failed.OpportunityId).toBeUndefined();
    expect((await start(client, id)).TaskId).toBe(failed.TaskId);
  });

  test('creates the opportunity after a plain acceptance if so configured, and only once', async () => {
    const client = await on.partner('SECOND');
    await on.control('POST', 'settings', { taskAfterAccept: 'create' });
    const id = await invite((await submitted()).room);
    await accept(client, id);
    expect(await start(client, id)).toMatchObject({ TaskStatus: 'COMPLETE' });
    expect(await start(client, id, { ClientToken: 'b' })).toMatchObject({ TaskStatus: 'FAILED' });
  });

  test('fails on a lead, which stays pending', async () => {
    const client = await on.partner('SECOND');
    const id = await invite(await emptyRoom(), leadInvitation);
    expect(await start(client, id)).toMatchObject({
      TaskStatus: 'FAILED',
      ReasonCode: 'InvitationValidationFailed',
      Message: expect.stringContaining(id),
    });
    const { Status } = await client.send(new GetEngagementInvitationCommand({ Catalog, Identifier: id }));
    expect(Status).toBe('PENDING');
  });

  test('is for the receiver only', async () => {
    await on.partner('SECOND');
    const third = await on.partner('THIRD', { accountId: '310987654321' });
    const id = await invite((await submitted()).room);
    expect(await refusal(start(on.client, id))).toMatchObject({ name: 'AccessDeniedException' });
    expect(await refusal(start(third, id))).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('goes on by itself with asynchronous tasks', async () => {
    const client = await on.partner('SECOND');
    const id = await invite((await submitted()).room);
    await on.control('POST', 'settings', { submissionTask: 'in-progress' });
    expect(await start(client, id)).toMatchObject({ TaskStatus: 'IN_PROGRESS' });
    await on.control('POST', 'clock', { advanceMs: 3000 });
    expect(await start(client, id)).toMatchObject({ TaskStatus: 'COMPLETE' });
  });
});

describe('ListEngagementByAcceptingInvitationTasks', () => {
  const list = async (
    client: PartnerCentralSellingClient,
    query: Partial<ListEngagementByAcceptingInvitationTasksCommandInput> = {},
  ) =>
    (await client.send(new ListEngagementByAcceptingInvitationTasksCommand({ Catalog, ...query })))
      .TaskSummaries;

  test('lists the caller’s tasks, and filters them', async () => {
    const client = await on.partner('SECOND');
    const id = await invite((await submitted()).room);
    const { $metadata: _a, ...complete } = await start(client, id);
    const { $metadata: _b, ...failed } = await start(client, id, { ClientToken: 'b' });
    expect(await list(client)).toEqual([failed, complete]);
    expect(await list(client, { TaskStatus: ['COMPLETE'] })).toEqual([complete]);
    expect(await list(client, { TaskIdentifier: [String(failed.TaskId)] })).toEqual([failed]);
    expect(await list(client, { OpportunityIdentifier: [String(complete.OpportunityId)] })).toEqual([
      complete,
    ]);
    expect(await list(client, { EngagementInvitationIdentifier: [id] })).toHaveLength(2);
    expect(await list(client, { EngagementInvitationIdentifier: ['engi-0000000000404'] })).toEqual([]);
    expect(await list(on.client)).toEqual([]);
  });

  test('refuses empty filters', async () => {
    const { body } = await on.wire('ListEngagementByAcceptingInvitationTasks', {
      Catalog,
      EngagementInvitationIdentifier: [],
    });
    expect(violations(body)).toEqual([['NOT_ENOUGH_VALUES', 'engagementInvitationIdentifier']]);
  });
});

describe('an AWS referral', () => {
  const refer = async () => {
    await on.wire(
      'CreateOpportunity',
      edited(submittableCreate() as Body, {
        Origin: 'AWS Referral',
        'Customer.Contacts': [{ FirstName: 'Hana', LastName: 'Corvane', Email: 'hana@acme.example' }],
      }),
    );
    const [invitation] = (await on.control('GET', 'invitations')).body.invitations as [Body];
    return String(invitation.Id);
  };

  test('is accepted by the task, and brings the whole record, approved at Prospect', async () => {
    const id = await refer();
    const events = on.events();
    const { OpportunityId } = await start(on.client, id);
    expect(events.map(({ detailType }) => detailType)).toEqual([
      'Engagement Invitation Accepted',
      'Engagement Member Added',
      'Opportunity Created',
      'Opportunity Updated',
      'Engagement Resource Snapshot Created',
    ]);
    expect(await read(on.client, OpportunityId)).toMatchObject({
      LifeCycle: { Stage: 'Prospect', ReviewStatus: 'Approved' },
      Customer: { Account: { Address: { City: 'Seattle' } }, Contacts: [{ FirstName: 'Hana' }] },
    });
  });

  test('gets its contacts after a lag, with an event', async () => {
    await on.control('POST', 'settings', { contactsLagMs: 600_000 });
    const { OpportunityId } = await start(on.client, await refer());
    const contacts = async () => (await read(on.client, OpportunityId)).Customer?.Contacts;
    expect(await contacts()).toEqual([]);
    const events = on.events();
    await on.control('POST', 'clock', { advanceMs: 600_000 });
    expect(await contacts()).toMatchObject([{ FirstName: 'Hana' }]);
    expect(events.map(({ detailType }) => detailType)).toEqual(['Opportunity Updated']);
  });

  test('keeps the contacts that the partner has entered in the meantime', async () => {
    await on.control('POST', 'settings', { contactsLagMs: 600_000 });
    const { OpportunityId } = await start(on.client, await refer());
    const own = [{ FirstName: 'Goran', LastName: 'Islemoor', Email: 'goran@acme.example' }];
    await on.change(OpportunityId, { 'Customer.Contacts': own });
    await on.control('POST', 'clock', { advanceMs: 600_000 });
    expect((await read(on.client, OpportunityId)).Customer?.Contacts).toMatchObject(own);
  });
});
