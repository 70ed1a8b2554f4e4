/** Whole stories of partners and AWS over the unmodified JavaScript SDK, from the first call to the last. */
import {
  AcceptEngagementInvitationCommand,
  AssociateOpportunityCommand,
  CreateEngagementCommand,
  CreateEngagementInvitationCommand,
  CreateOpportunityCommand,
  GetAwsOpportunitySummaryCommand,
  GetEngagementCommand,
  GetEngagementInvitationCommand,
  GetOpportunityCommand,
  GetProspectingFromEngagementTaskCommand,
  GetResourceSnapshotCommand,
  ListEngagementInvitationsCommand,
  ListEngagementMembersCommand,
  ListEngagementsCommand,
  ListResourceSnapshotsCommand,
  type PartnerCentralSellingClient,
  PutSellingSystemSettingsCommand,
  StartEngagementByAcceptingInvitationTaskCommand,
  StartEngagementFromOpportunityTaskCommand,
  StartOpportunityFromEngagementTaskCommand,
  StartProspectingFromEngagementTaskCommand,
  UpdateEngagementContextCommand,
  UpdateOpportunityCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { expect, test } from 'vitest';
import { refusal, submittableCreate, testEmulator, validCreate } from './kit.ts';
import { lead, opportunityInvitation } from './payloads.ts';

const on = testEmulator();
const Catalog = 'Sandbox';
const { Catalog: _catalog, ClientToken: _token, ...opportunity } = validCreate();

const read = (client: PartnerCentralSellingClient, Identifier: string) =>
  client.send(new GetOpportunityCommand({ Catalog, Identifier }));

/** Reads a record, changes it, and sends the whole of it back. */
async function update(
  client: PartnerCentralSellingClient,
  Identifier: string,
  change: (record: Awaited<ReturnType<typeof read>>) => object,
) {
  const { $metadata: _metadata, Id: _id, ...record } = await read(client, Identifier);
  const { LastModifiedDate } = record;
  await client.send(
    new UpdateOpportunityCommand({
      ...record,
      ...change(record as Awaited<ReturnType<typeof read>>),
      Catalog,
      Identifier,
      LastModifiedDate,
    }),
  );
}

/** What a submission needs beyond a new opportunity. */
const completion = ({ Project }: { Project?: object | undefined }) => ({
  PrimaryNeedsFromAws: ['Co-Sell - Deal Support'],
  Project: {
    ...Project,
    ...opportunity.Project,
    DeliveryModels: ['SaaS or PaaS'],
    CustomerUseCase: 'Database',
    SalesActivities: ['SOW Signed'],
  },
});

const submit = (client: PartnerCentralSellingClient, Identifier: string) =>
  client.send(
    new StartEngagementFromOpportunityTaskCommand({
      Catalog,
      ClientToken: 'submission',
      Identifier,
      AwsSubmission: { InvolvementType: 'Co-Sell', Visibility: 'Full' },
    }),
  );

test('AWS refers an opportunity; the partner reads, accepts and qualifies it, and AWS follows', async () => {
  await on.control('POST', 'invitations', { opportunity });
  const { EngagementInvitationSummaries } = await on.client.send(
    new ListEngagementInvitationsCommand({ Catalog, ParticipantType: 'RECEIVER', Status: ['PENDING'] }),
  );
  const Identifier = String(EngagementInvitationSummaries?.[0]?.Id);
  const invitation = await on.client.send(new GetEngagementInvitationCommand({ Catalog, Identifier }));
  expect(invitation.Payload?.OpportunityInvitation?.Customer?.CompanyName).toBe('Acme Robotics');

  const { OpportunityId, TaskStatus } = await on.client.send(
    new StartEngagementByAcceptingInvitationTaskCommand({ Catalog, ClientToken: 'acceptance', Identifier }),
  );
  expect(TaskStatus).toBe('COMPLETE');
  const id = String(OpportunityId);
  expect((await read(on.client, id)).LifeCycle).toMatchObject({
    ReviewStatus: 'Approved',
    Stage: 'Prospect',
  });

  await on.client.send(
    new AssociateOpportunityCommand({
      Catalog,
      OpportunityIdentifier: id,
      RelatedEntityType: 'Solutions',
      RelatedEntityIdentifier: 'S-1234567',
    }),
  );
  await update(on.client, id, (record) => ({
    ...completion(record),
    Project: { ...completion(record).Project, ...record.Project },
    LifeCycle: { ...record.LifeCycle, Stage: 'Qualified' },
  }));
  expect((await read(on.client, id)).LifeCycle?.Stage).toBe('Qualified');

  await on.control('PATCH', `summaries/${id}`, { Insights: { OpportunityQuality: { Score: 71 } } });
  const summary = await on.client.send(
    new GetAwsOpportunitySummaryCommand({ Catalog, RelatedOpportunityIdentifier: id }),
  );
  expect(summary).toMatchObject({
    Origin: 'AWS Referral',
    Insights: { OpportunityQuality: { Score: 71 } },
  });
});

test('a lead is created, enriched, qualified, converted, submitted, and approved by AWS', async () => {
  const { Id: room = '' } = await on.client.send(
    new CreateEngagementCommand({
      Catalog,
      ClientToken: 'lead',
      Title: 'Acme Robotics',
      Description: 'Met at the fair',
      Contexts: [{ Type: 'Lead', Payload: { Lead: lead() } }],
    }),
  );
  const { TaskId = '' } = await on.client.send(
    new StartProspectingFromEngagementTaskCommand({
      Catalog,
      ClientToken: 'prospecting',
      TaskName: 'Leads of the fair',
      Identifiers: [room],
    }),
  );
  await on.control('POST', 'clock', { advanceMs: 3000 });
  const prospecting = await on.client.send(
    new GetProspectingFromEngagementTaskCommand({ Catalog, TaskIdentifier: TaskId }),
  );
  expect(prospecting.Engagements).toMatchObject([{ Status: 'COMPLETED' }]);

  // The SDK's dates have milliseconds; the lock is the text of the response.
  const { body } = await on.wire('GetEngagement', { Catalog, Identifier: room });
  const exact = String(body.ModifiedAt);
  await on.client.send(
    new UpdateEngagementContextCommand({
      Catalog,
      EngagementIdentifier: room,
      ContextIdentifier: '1',
      EngagementLastModifiedAt: Object.assign(new Date(exact), { toISOString: () => exact }),
      Type: 'Lead',
      Payload: { Lead: { QualificationStatus: 'Qualified', Customer: lead().Customer } },
    }),
  );

  const converted = await on.client.send(
    new StartOpportunityFromEngagementTaskCommand({
      Catalog,
      ClientToken: 'conversion',
      Identifier: room,
      ContextIdentifier: '1',
    }),
  );
  const id = String(converted.OpportunityId);
  await on.client.send(
    new AssociateOpportunityCommand({
      Catalog,
      OpportunityIdentifier: id,
      RelatedEntityType: 'Solutions',
      RelatedEntityIdentifier: 'S-1234567',
    }),
  );
  await update(on.client, id, (record) => ({ ...completion(record), Customer: opportunity.Customer }));
  expect(await submit(on.client, id)).toMatchObject({ TaskStatus: 'COMPLETE', EngagementId: room });
  await on.control('POST', `opportunities/${id}/review`, { decision: 'Approved' });

  expect((await read(on.client, id)).LifeCycle?.ReviewStatus).toBe('Approved');
  const engagement = await on.client.send(new GetEngagementCommand({ Catalog, Identifier: room }));
  expect(engagement.Contexts?.map(({ Type }) => Type)).toEqual([
    'Lead',
    'ProspectingResult',
    'CustomerProject',
  ]);
  expect(engagement.MemberCount).toBe(2);
});

test('AWS shares a lead; the partner accepts it and sees whom to call', async () => {
  const { body } = await on.control('POST', 'invitations', { lead: lead() });
  await on.client.send(new AcceptEngagementInvitationCommand({ Catalog, Identifier: String(body.Id) }));
  const { EngagementSummaryList } = await on.client.send(
    new ListEngagementsCommand({ Catalog, ContextTypes: ['Lead'], CreatedBy: ['aws'] }),
  );
  const engagement = await on.client.send(
    new GetEngagementCommand({ Catalog, Identifier: EngagementSummaryList?.[0]?.Id }),
  );
  expect(engagement.Contexts?.[0]?.Payload?.Lead?.Interactions?.[0]?.Contact?.FirstName).toBe('Hana');
});

test('two partners and AWS share one engagement: each keeps its own and sees what the other shares', async () => {
  const other = await on.partner('SECOND');
  await on.control('POST', 'connections', { accountId: '123456789012', otherAccountId: '210987654321' });
  for (const client of [on.client, other])
    await client.send(
      new PutSellingSystemSettingsCommand({ Catalog, ResourceSnapshotJobRoleIdentifier: 'Snapshots' }),
    );

  const { Id = '' } = await on.client.send(new CreateOpportunityCommand(submittableCreate()));
  const { EngagementId: room = '' } = await submit(on.client, Id);
  const { Id: invitation } = await on.client.send(
    new CreateEngagementInvitationCommand({
      Catalog,
      ClientToken: 'invitation',
      EngagementIdentifier: room,
      Invitation: {
        Message: 'Will you resell this?',
        Receiver: { Account: { AwsAccountId: '210987654321' } },
        Payload: opportunityInvitation,
      },
    }),
  );
  const { OpportunityId: theirs = '' } = await other.send(
    new StartEngagementByAcceptingInvitationTaskCommand({
      Catalog,
      ClientToken: 'acceptance',
      Identifier: invitation,
    }),
  );
  expect((await read(other, theirs)).LifeCycle?.ReviewStatus).toBe('Submitted');
  await on.control('POST', `opportunities/${Id}/review`, { decision: 'Approved' });
  expect((await read(other, theirs)).LifeCycle?.ReviewStatus).toBe('Approved');

  await update(other, theirs, (record) => ({
    LifeCycle: { ...record.LifeCycle, NextSteps: 'Our offer is out' },
  }));
  const snapshot = await on.client.send(
    new GetResourceSnapshotCommand({
      Catalog,
      EngagementIdentifier: room,
      ResourceType: 'Opportunity',
      ResourceIdentifier: theirs,
      ResourceSnapshotTemplateIdentifier: 'OpportunitySummaryView',
    }),
  );
  expect(snapshot.Payload?.OpportunitySummary?.Lifecycle?.NextSteps).toBe('Our offer is out');
  expect(await refusal(read(on.client, theirs))).toMatchObject({ name: 'ResourceNotFoundException' });
  expect(await refusal(read(other, Id))).toMatchObject({ name: 'ResourceNotFoundException' });

  const templates = async (client: PartnerCentralSellingClient, ResourceIdentifier: string) =>
    (
      await client.send(
        new ListResourceSnapshotsCommand({
          Catalog,
          EngagementIdentifier: room,
          ResourceType: 'Opportunity',
          ResourceIdentifier,
        }),
      )
    ).ResourceSnapshotSummaries?.map((one) => one.ResourceSnapshotTemplateName);
  expect(await templates(on.client, Id)).toContain('AwsOpportunitySummaryFullView');
  expect(await templates(other, Id)).not.toContain('AwsOpportunitySummaryFullView');
  expect(await templates(other, Id)).toContain('OpportunitySummaryView');

  for (const client of [on.client, other]) {
    const { EngagementMemberList } = await client.send(
      new ListEngagementMembersCommand({ Catalog, Identifier: room }),
    );
    expect(EngagementMemberList?.map(({ CompanyName }) => CompanyName)).toEqual([
      'Example Partner',
      'Second Partner',
      'Amazon Web Services',
    ]);
  }
});
