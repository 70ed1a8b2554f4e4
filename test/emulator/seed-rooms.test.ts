import {
  CreateOpportunityCommand,
  GetEngagementCommand,
  GetEngagementInvitationCommand,
  GetOpportunityCommand,
  ListEngagementInvitationsCommand,
  ListEngagementMembersCommand,
  ListEngagementResourceAssociationsCommand,
  ListEngagementsCommand,
  ListOpportunitiesCommand,
  PartnerCentralSellingClient,
  StartEngagementByAcceptingInvitationTaskCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { afterEach, describe, expect, test } from 'vitest';
import { type Body, noon, testEmulator, validCreate } from './kit.ts';

const on = testEmulator({ seed: true });
const Catalog = 'Sandbox';
const dayMs = 86_400_000;

const clients: PartnerCentralSellingClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});
/** A client of a seeded partner. */
function signedBy(accessKeyId: string): PartnerCentralSellingClient {
  const client = new PartnerCentralSellingClient({
    region: 'us-east-1',
    endpoint: on.url,
    credentials: { accessKeyId, secretAccessKey: 'thing' },
  });
  clients.push(client);
  return client;
}
const invitations = async (ParticipantType: 'SENDER' | 'RECEIVER', client = on.client) =>
  (await client.send(new ListEngagementInvitationsCommand({ Catalog, ParticipantType, MaxResults: 100 })))
    .EngagementInvitationSummaries ?? [];

describe('the seeded invitations', () => {
  test('are open, answered and expired ones of AWS and of another partner', async () => {
    const received = await invitations('RECEIVER');
    const kinds = received.map((one) => [one.SenderAwsAccountId, one.PayloadType, one.Status].join(' '));
    expect(kinds.sort()).toEqual([
      '456789012345 OpportunityInvitation PENDING',
      'aws LeadInvitation ACCEPTED',
      'aws LeadInvitation ACCEPTED',
      'aws LeadInvitation EXPIRED',
      'aws LeadInvitation PENDING',
      'aws LeadInvitation PENDING',
      'aws OpportunityInvitation PENDING',
      'aws OpportunityInvitation PENDING',
      'aws OpportunityInvitation REJECTED',
    ]);
  });

  test('expire fifteen days after they were sent: two of them tomorrow', async () => {
    const pending = (await invitations('RECEIVER')).filter(({ Status }) => Status === 'PENDING');
    const left = pending.map(({ ExpirationDate }) => Math.round((Number(ExpirationDate) - noon) / dayMs));
    expect(left.sort((one, other) => one - other)).toEqual([1, 1, 9, 12, 13]);
    const events = on.events();
    await on.control('POST', 'clock', { advanceMs: dayMs });
    const received = events.filter(
      ({ detail }) => (detail.engagementInvitation as Body).participantType === 'RECEIVER',
    );
    expect(received.map(({ detailType }) => detailType)).toEqual([
      'Engagement Invitation Expired',
      'Engagement Invitation Expired',
    ]);
  });

  test('can be read and accepted', async () => {
    const referral = (await invitations('RECEIVER')).find(
      (one) => one.PayloadType === 'OpportunityInvitation' && one.Status === 'PENDING',
    );
    const Identifier = String(referral?.Id);
    const { Payload } = await on.client.send(new GetEngagementInvitationCommand({ Catalog, Identifier }));
    expect(Payload?.OpportunityInvitation?.Customer?.CompanyName).toBe('Eastmole Terminals');
    const { OpportunityId } = await on.client.send(
      new StartEngagementByAcceptingInvitationTaskCommand({ Catalog, ClientToken: 'task', Identifier }),
    );
    expect((await on.read(OpportunityId)).LifeCycle).toMatchObject({ ReviewStatus: 'Approved' });
    expect((await on.change(OpportunityId, { 'Project.CustomerUseCase': 'Database' })).status).toBe(200);
  });

  test('go from the partner to two others', async () => {
    const sent = (await invitations('SENDER')).filter((one) => one.Receiver?.Account?.AwsAccountId !== 'aws');
    expect(sent.map((one) => [one.Receiver?.Account?.Alias, one.Status])).toEqual([
      ['tidewater', 'PENDING'],
      ['harbourline', 'ACCEPTED'],
    ]);
    expect(await invitations('RECEIVER', signedBy('TIDEWATER'))).toMatchObject([
      { Status: 'PENDING', SenderCompanyName: 'Example Partner' },
    ]);
  });
});

describe('the seeded leads', () => {
  const leads = async () => {
    const { EngagementSummaryList } = await on.client.send(
      new ListEngagementsCommand({ Catalog, ContextTypes: ['Lead'] }),
    );
    return Promise.all(
      (EngagementSummaryList ?? []).map(({ Id }) =>
        on.client.send(new GetEngagementCommand({ Catalog, Identifier: Id })),
      ),
    );
  };

  test('are of AWS and of the partner, from new to disqualified', async () => {
    const seen = (await leads()).map(({ CreatedBy, Contexts }) => [
      CreatedBy,
      Contexts?.[0]?.Payload?.Lead?.QualificationStatus ?? 'new',
      Contexts?.length,
    ]);
    expect(seen.map((one) => one.join(' ')).sort()).toEqual([
      '123456789012 Disqualified 1',
      '123456789012 Qualified 1',
      '123456789012 new 1',
      'aws Qualified 2',
      'aws new 2',
    ]);
  });

  test('have contacts under .example', async () => {
    for (const { Contexts } of await leads())
      for (const { Contact } of Contexts?.[0]?.Payload?.Lead?.Interactions ?? [])
        expect(Contact?.Email).toMatch(/^[a-z.]+@[a-z-]+\.example$/);
  });
});

test('another partner helps with O5000002, with an approved opportunity of its own', async () => {
  const { EngagementResourceAssociationSummaries: shared = [] } = await on.client.send(
    new ListEngagementResourceAssociationsCommand({ Catalog, ResourceIdentifier: 'O5000002' }),
  );
  const room = shared[0]?.EngagementId;
  const { EngagementMemberList } = await on.client.send(
    new ListEngagementMembersCommand({ Catalog, Identifier: room }),
  );
  expect(EngagementMemberList?.map(({ CompanyName }) => CompanyName)).toEqual([
    'Example Partner',
    'Amazon Web Services',
    'Harbourline Consulting',
  ]);
  const client = signedBy('HARBOURLINE');
  const { OpportunitySummaries } = await client.send(new ListOpportunitiesCommand({ Catalog }));
  expect(OpportunitySummaries).toHaveLength(1);
  const Identifier = OpportunitySummaries?.[0]?.Id;
  const { LifeCycle } = await client.send(new GetOpportunityCommand({ Catalog, Identifier }));
  expect(LifeCycle).toMatchObject({ ReviewStatus: 'Approved', Stage: 'Prospect' });
});

test('the seed leaves no events, and takes no id of a new opportunity', async () => {
  expect((await on.control('GET', 'events')).body).toMatchObject({ events: [] });
  expect(await on.client.send(new CreateOpportunityCommand(validCreate()))).toMatchObject({ Id: 'O6000001' });
  const { connections } = (await on.control('GET', 'connections')).body;
  expect((connections as Body[]).length).toBe(2);
});
