/** AWS as the third party, played on the control surface. */
import {
  AcceptEngagementInvitationCommand,
  CreateEngagementCommand,
  CreateEngagementInvitationCommand,
  CreateOpportunityCommand,
  GetAwsOpportunitySummaryCommand,
  GetEngagementCommand,
  GetEngagementInvitationCommand,
  GetOpportunityCommand,
  GetResourceSnapshotCommand,
  ListEngagementInvitationsCommand,
  StartEngagementByAcceptingInvitationTaskCommand,
  StartEngagementFromOpportunityTaskCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, refusal, submittableCreate, testEmulator, validCreate } from './kit.ts';
import { lead, opportunityInvitation } from './payloads.ts';

const on = testEmulator();
const Catalog = 'Sandbox';
const partner = '123456789012';

const { Catalog: _catalog, ClientToken: _token, ...opportunity } = validCreate();
const refer = async (body: Body, query = '') => (await on.control('POST', `invitations${query}`, body)).body;
const getInvitation = (Identifier: unknown, client = on.client) =>
  client.send(new GetEngagementInvitationCommand({ Catalog, Identifier: String(Identifier) }));

async function submitted() {
  const { Id } = await on.client.send(new CreateOpportunityCommand(submittableCreate()));
  const { EngagementId, EngagementInvitationId } = await on.client.send(
    new StartEngagementFromOpportunityTaskCommand({
      Catalog,
      ClientToken: 'submission',
      Identifier: Id,
      AwsSubmission: { InvolvementType: 'Co-Sell' },
    }),
  );
  return { Id: String(Id), EngagementId, invitation: String(EngagementInvitationId) };
}

describe('AWS refers an opportunity', () => {
  test('to the partner of the query, which accepts it and then owns it', async () => {
    const client = await on.partner('SECOND');
    const events = on.events();
    const invitation = await refer({ opportunity, message: 'For you' }, '?account=210987654321');
    expect(await getInvitation(invitation.Id, client)).toMatchObject({
      Status: 'PENDING',
      SenderAwsAccountId: 'aws',
      SenderCompanyName: 'Amazon Web Services',
      InvitationMessage: 'For you',
      EngagementTitle: 'Line controllers in the cloud',
      Payload: {
        OpportunityInvitation: { Customer: { CompanyName: 'Acme Robotics' }, SenderContacts: [{}] },
      },
      ExistingMembers: [{ CompanyName: 'Amazon Web Services' }],
    });
    expect(events.map(({ account, detailType }) => [account, detailType])).toEqual([
      ['210987654321', 'Engagement Invitation Created'],
    ]);
    const { OpportunityId } = await client.send(
      new StartEngagementByAcceptingInvitationTaskCommand({
        Catalog,
        ClientToken: 'task',
        Identifier: String(invitation.Id),
      }),
    );
    expect(OpportunityId).toBe(invitation.OpportunityId);
    expect(
      await client.send(new GetOpportunityCommand({ Catalog, Identifier: String(OpportunityId) })),
    ).toMatchObject({ LifeCycle: { ReviewStatus: 'Approved' } });
  });

  test('in the catalog of the query, where a partner cannot simulate it', async () => {
    const invitation = await refer({ opportunity }, '?catalog=AWS');
    const { EngagementInvitationSummaries } = await on.client.send(
      new ListEngagementInvitationsCommand({ Catalog: 'AWS', ParticipantType: 'RECEIVER' }),
    );
    expect(EngagementInvitationSummaries?.map(({ Id }) => Id)).toEqual([invitation.Id]);
  });

  test('and withholds the address and the contacts until it is accepted', async () => {
    const { Id } = await refer({ opportunity });
    expect(JSON.stringify(await getInvitation(Id))).not.toMatch(/Seattle|98109/);
  });
});

describe('AWS shares a lead', () => {
  test('whose contact only the acceptance shows', async () => {
    const { Id, EngagementId } = await refer({ lead: lead() });
    const pending = await getInvitation(Id);
    expect(pending).toMatchObject({
      PayloadType: 'LeadInvitation',
      EngagementTitle: 'Acme Robotics',
      Payload: {
        LeadInvitation: {
          Customer: { CompanyName: 'Acme Robotics', CountryCode: 'US', MarketSegment: 'Medium' },
          Interaction: { ContactBusinessTitle: 'Head of Infrastructure', SourceName: 'Trade fair' },
        },
      },
    });
    expect(JSON.stringify(pending)).not.toContain('Hana');
    const get = () => on.client.send(new GetEngagementCommand({ Catalog, Identifier: String(EngagementId) }));
    expect(await refusal(get())).toMatchObject({ name: 'ResourceNotFoundException' });
    await on.client.send(new AcceptEngagementInvitationCommand({ Catalog, Identifier: String(Id) }));
    expect((await get()).Contexts).toMatchObject([
      { Type: 'Lead', Payload: { Lead: { Interactions: [{ Contact: { FirstName: 'Hana' } }] } } },
    ]);
  });

  test('and enriches it, before the acceptance or after it', async () => {
    const { Id, EngagementId } = await refer({ lead: lead() });
    const enrich = (body: Body) => on.control('PATCH', `leads/${EngagementId}`, body);
    await enrich({
      lead: { Insights: { LeadReadinessScore: 'High' }, Customer: { AwsMaturity: 'Multi-Account' } },
      prospectingResult: { Customer: { Segment: 'Enterprise' } },
    });
    expect((await getInvitation(Id)).EnrichmentContext).toEqual({
      ProspectingResultAws: { Customer: { Segment: 'Enterprise' } },
      LeadInsights: { LeadReadinessScore: 'High' },
    });
    await on.client.send(new AcceptEngagementInvitationCommand({ Catalog, Identifier: String(Id) }));
    const events = on.events();
    await enrich({ prospectingResult: { Customer: { Segment: 'Large' } } });
    const engagement = await on.client.send(
      new GetEngagementCommand({ Catalog, Identifier: String(EngagementId) }),
    );
    expect(engagement).toMatchObject({
      ModifiedBy: 'aws',
      Contexts: [
        { Payload: { Lead: { Customer: { CompanyName: 'Acme Robotics', AwsMaturity: 'Multi-Account' } } } },
        { Payload: { ProspectingResult: { Aws: { Customer: { Segment: 'Large' } } } } },
      ],
    });
    expect(events.map(({ account, detailType }) => [account, detailType])).toEqual([
      [partner, 'Engagement Updated'],
    ]);
  });
});

describe('AWS answers an invitation to it', () => {
  test.each([
    ['accept', 'ACCEPTED', 'Approved', 2],
    ['reject', 'REJECTED', 'Rejected', 1],
  ])('to %s, which decides the review of a submitted opportunity', async (answer, Status, review, count) => {
    const { Id, EngagementId, invitation } = await submitted();
    expect((await on.control('POST', `invitations/${invitation}/${answer}`)).body.Status).toBe(Status);
    expect((await on.read(Id)).LifeCycle).toMatchObject({ ReviewStatus: review });
    const { MemberCount } = await on.client.send(
      new GetEngagementCommand({ Catalog, Identifier: EngagementId }),
    );
    expect(MemberCount).toBe(count);
  });

  test('without an opportunity of the sender: joins the engagement, or reports why not', async () => {
    const { Id: room } = await on.client.send(new CreateEngagementCommand({ Catalog, ClientToken: 'room' }));
    const invite = async (ClientToken: string) =>
      (
        await on.client.send(
          new CreateEngagementInvitationCommand({
            Catalog,
            ClientToken,
            EngagementIdentifier: room,
            Invitation: {
              Message: 'Help us',
              Receiver: { Account: { AwsAccountId: 'aws' } },
              Payload: opportunityInvitation,
            },
          }),
        )
      ).Id;
    const rejected = await invite('a');
    await on.control('POST', `invitations/${rejected}/reject`, { reason: 'Out of scope' });
    expect(await getInvitation(rejected)).toMatchObject({
      Status: 'REJECTED',
      RejectionReason: 'Out of scope',
    });
    await on.control('POST', `invitations/${await invite('b')}/accept`);
    expect(await on.client.send(new GetEngagementCommand({ Catalog, Identifier: room }))).toMatchObject({
      MemberCount: 2,
    });
  });

  test('once', async () => {
    const { invitation } = await submitted();
    await on.control('POST', `invitations/${invitation}/accept`);
    const again = await on.control('POST', `invitations/${invitation}/accept`);
    expect([again.status, again.body.error]).toEqual([404, `Pending invitation ${invitation} not found`]);
  });
});

describe('AWS changes its view of an opportunity', () => {
  const summaryOf = (RelatedOpportunityIdentifier: string) =>
    on.client.send(new GetAwsOpportunitySummaryCommand({ Catalog, RelatedOpportunityIdentifier }));
  const view = {
    InvolvementType: 'For Visibility Only',
    InvolvementTypeChangeReason: 'Expansion Opportunity',
    LifeCycle: { Stage: 'Engaged', TargetCloseDate: '2031-11-30', NextSteps: 'Meet in June' },
    OpportunityTeam: [{ FirstName: 'Quinn', LastName: 'Umberland', BusinessTitle: 'PSM' }],
    Insights: {
      EngagementScore: 'High',
      OpportunityQuality: { Score: 82, Trend: 'Improving' },
      Recommendations: [
        { Type: 'SolutionRecommendation', Details: 'Backup', Attributes: { solution: 'S-0001' } },
      ],
      AwsProductsSpendInsightsBySource: {
        AWS: {
          CurrencyCode: 'USD',
          Frequency: 'Monthly',
          TotalAmount: '900',
          TotalAmountByCategory: { 'MAP Eligible': '500' },
          AwsProducts: [],
        },
      },
    },
    CosellMotion: 'Partner-led',
    SoftwareRevenue: { Value: { Amount: '1200', CurrencyCode: 'USD' }, Discount: '15.00' },
  };

  test('in every member, notifies the partner, and leaves the record alone', async () => {
    const { Id } = await submitted();
    const before = await on.read(Id);
    const events = on.events();
    await on.control('PATCH', `summaries/${Id}`, view);
    expect(await summaryOf(Id)).toMatchObject(view);
    expect(await on.read(Id)).toEqual(before);
    expect(events.map(({ detailType }) => detailType)).toEqual([
      'Opportunity Updated',
      'Engagement Resource Snapshot Created',
    ]);
  });

  test('as a snapshot for the owner, unless the switch disables it', async () => {
    const { Id, EngagementId } = await submitted();
    const edit = () => on.control('PATCH', `summaries/${Id}`, { CosellMotion: 'Partner-led' });
    await edit();
    await on.control('POST', 'settings', { awsSnapshots: 'none' });
    await edit();
    const { Payload, Revision } = await on.client.send(
      new GetResourceSnapshotCommand({
        Catalog,
        EngagementIdentifier: EngagementId,
        ResourceType: 'Opportunity',
        ResourceIdentifier: Id,
        ResourceSnapshotTemplateIdentifier: 'AwsOpportunitySummaryFullView',
      }),
    );
    expect(Payload).toMatchObject({ AwsOpportunitySummaryFullView: { CosellMotion: 'Partner-led' } });
    expect(Revision).toBe(1);
  });

  test('member by member: a null clears one, and the others follow the record', async () => {
    const { Id } = await submitted();
    await on.control('PATCH', `summaries/${Id}`, { CosellMotion: 'Partner-led', Insights: null });
    await on.control('PATCH', `summaries/${Id}`, { CosellMotion: null });
    const contacts = [{ FirstName: 'Hana', LastName: 'Corvane', Email: 'hana@acme.example' }];
    await on.control('PATCH', `opportunities/${Id}`, { Customer: { Contacts: contacts } });
    const summary = await summaryOf(Id);
    expect([summary.CosellMotion, summary.Insights]).toEqual([undefined, undefined]);
    expect(summary.Customer?.Contacts).toMatchObject(contacts);
    expect((await on.control('GET', `summaries/${Id}`)).body.Insights).toBeUndefined();
  });
});

describe('the control surface refuses', () => {
  test.each<[string, string, Body, number, string]>([
    ['POST', 'invitations', {}, 400, 'AWS refers either an opportunity or a lead'],
    ['POST', 'invitations', { opportunity, lead: lead() }, 400, 'AWS refers either an opportunity or a lead'],
    ['POST', 'invitations', { offer: {} }, 400, 'Unknown member offer'],
    ['POST', 'invitations', { lead: 7 }, 400, 'lead is 7; expected an object'],
    ['POST', 'invitations', { lead: { ...lead(), Interactions: [] } }, 400, "Value at 'interactions'"],
    ['POST', 'invitations', { opportunity: { Customer: 7 } }, 400, "Expected a structure at 'customer'"],
    ['POST', 'invitations', { opportunity: {} }, 400, 'customer.account.companyName is required'],
    ['POST', 'invitations/engi-0000000000404/accept', {}, 404, 'not found'],
    ['POST', 'invitations/engi-0000000000404/accept', { reason: 'x' }, 400, 'Unknown member reason'],
    ['PATCH', 'summaries/O404', {}, 404, 'Opportunity O404 not found in catalog Sandbox'],
    ['PATCH', 'leads/eng-00000000000404', {}, 404, 'Engagement eng-00000000000404 with a lead not found'],
    ['PATCH', 'leads/eng-00000000000404', { stage: 'x' }, 400, 'Unknown member stage'],
  ])('%s %s %j', async (method, path, body, status, message) => {
    const answer = await on.control(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toContain(message);
  });

  test.each<[Body, string]>([
    [{ Stage: 'Engaged' }, 'Unknown member Stage'],
    [{ RelatedOpportunityId: 'O1' }, 'Unknown member RelatedOpportunityId'],
    [
      { Insights: { OpportunityQuality: { Score: 1, Grade: 'A' } } },
      'Unknown member Insights.OpportunityQuality.Grade',
    ],
    [{ OpportunityTeam: [{ Name: 'x' }] }, 'Unknown member OpportunityTeam.0.Name'],
  ])('a change of AWS’s view by %j', async (body, message) => {
    const { Id } = await submitted();
    const answer = await on.control('PATCH', `summaries/${Id}`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(message);
  });

  test.each<[Body, string]>([
    [{ lead: { QualificationStatus: '' } }, "Value at 'qualificationStatus'"],
    [{ prospectingResult: { Customer: [] } }, "Expected a structure at 'customer'"],
  ])('the enrichment %j', async (body, message) => {
    const { EngagementId } = await refer({ lead: lead() });
    const answer = await on.control('PATCH', `leads/${EngagementId}`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(message);
  });
});
