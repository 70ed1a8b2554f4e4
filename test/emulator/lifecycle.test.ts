import {
  AssignOpportunityCommand,
  ListEngagementInvitationsCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, edited, refusal, testEmulator, validCreate } from './kit.ts';

const on = testEmulator({ seed: true });
const Catalog = 'Sandbox';
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
const submit = (Identifier: string, ClientToken: string) =>
  on.wire('StartEngagementFromOpportunityTask', {
    Catalog,
    Identifier,
    ClientToken,
    AwsSubmission: { InvolvementType: 'Co-Sell' },
  });
const statusOf = async (id: string) => ((await on.read(id)).LifeCycle as Body).ReviewStatus;

describe('review decisions', () => {
  test.each([
    ['Approved', {}, { ReviewComments: null }],
    [
      'Action Required',
      { comments: 'Say more.', reason: 'Clarify Solution' },
      { ReviewComments: 'Say more.', ReviewStatusReason: 'Clarify Solution' },
    ],
    ['Rejected', {}, { ReviewComments: expect.any(String) }],
    ['In review', {}, {}],
  ])('sets the review status to %s from the control surface', async (decision, more, expected) => {
    const before = await on.read('O5000004');
    expect((await on.control('POST', 'opportunities/O5000004/review', { decision, ...more })).status).toBe(
      200,
    );
    const after = await on.read('O5000004');
    expect(after).toMatchObject({ LifeCycle: { ReviewStatus: decision, ...expected } });
    expect(after.LastModifiedDate).not.toBe(before.LastModifiedDate);
  });

  test.each([
    ['O5000001', { decision: 'Approved' }, 400, 'Submitted or In review'],
    ['O5000004', { decision: 'Maybe' }, 400, 'Action Required'],
    ['O404', { decision: 'Approved' }, 404, 'O404'],
  ])('refuses to review %s with %j', async (id, body, status, hint) => {
    const answer = await on.control('POST', `opportunities/${id}/review`, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toContain(hint);
  });

  test('reviews a submission by itself after reviewAfterMs', async () => {
    await on.control('POST', 'settings', { reviewAfterMs: 60_000, reviewDecision: 'Action Required' });
    const id = await create();
    await submit(id, 'first');
    await on.control('POST', 'clock', { advanceMs: 59_999 });
    expect(await statusOf(id)).toBe('Submitted');
    await on.control('POST', 'clock', { advanceMs: 1 });
    expect(await statusOf(id)).toBe('Action Required');
    await submit(id, 'second');
    await on.control('POST', 'settings', { reviewDecision: 'Approved' });
    await on.control('POST', 'clock', { advanceMs: 60_000 });
    expect(await statusOf(id)).toBe('Approved');
  });
});
describe('AssignOpportunity', () => {
  const assign = (assignee: object) =>
    on.client.send(
      new AssignOpportunityCommand({
        Catalog,
        Identifier: 'O5000002',
        Assignee: {
          Email: 'kim.lee@partner.example',
          FirstName: 'K',
          LastName: 'L',
          BusinessTitle: 'OpportunityOwner',
          ...assignee,
        },
      }),
    );

  test('assigns an owner under the user’s own name, without a phone number, first in the team', async () => {
    await assign({ Phone: '+12025550100' });
    const [owner, ...rest] = (await on.read('O5000002')).OpportunityTeam as Body[];
    expect(owner).toEqual({
      Email: 'kim.lee@partner.example',
      FirstName: 'Kim',
      LastName: 'Lee',
      BusinessTitle: 'OpportunityOwner',
      Phone: null,
    });
    expect(rest.every(({ BusinessTitle }) => BusinessTitle !== 'OpportunityOwner')).toBe(true);
  });

  test('assigns an account manager under the given name', async () => {
    await assign({
      Email: 'sam@elsewhere.example',
      FirstName: 'Sam',
      BusinessTitle: 'PartnerAccountManager',
    });
    const team = (await on.read('O5000002')).OpportunityTeam as Body[];
    expect(team.at(-1)).toMatchObject({ FirstName: 'Sam', BusinessTitle: 'PartnerAccountManager' });
  });

  test('refuses to assign another title, or an owner who is not a user', async () => {
    expect(await refusal(assign({ BusinessTitle: 'Chief' }))).toMatchObject({
      ErrorList: [{ FieldName: 'assignee.businessTitle' }],
    });
    expect(await refusal(assign({ Email: 'kim@elsewhere.example' }))).toMatchObject({
      ErrorList: [{ FieldName: 'assignee.email' }],
    });
  });
});

describe('AWS referrals in the Sandbox', () => {
  const invitations = async () =>
    (await on.client.send(new ListEngagementInvitationsCommand({ Catalog, ParticipantType: 'RECEIVER' })))
      .EngagementInvitationSummaries ?? [];

  test('hides a referral until its invitation is accepted, then returns it approved at Prospect', async () => {
    const id = await create({ Origin: 'AWS Referral' });
    expect((await on.read(id)).__type).toContain('ResourceNotFoundException');
    const [invitation] = await invitations();
    expect(invitation).toMatchObject({
      Status: 'PENDING',
      SenderAwsAccountId: 'aws',
      PayloadType: 'OpportunityInvitation',
    });
    const accepted = await on.control('POST', `invitations/${invitation?.Id}/accept`);
    expect(accepted.body).toMatchObject({ OpportunityId: id, Status: 'ACCEPTED' });
    expect(await on.read(id)).toMatchObject({ LifeCycle: { Stage: 'Prospect', ReviewStatus: 'Approved' } });
    const summary = await on.wire('GetAwsOpportunitySummary', { Catalog, RelatedOpportunityIdentifier: id });
    expect(summary.body.Origin).toBe('AWS Referral');
    expect((await on.control('POST', `invitations/${invitation?.Id}/accept`)).status).toBe(404);
  });

  test('lists an invitation as rejected, or as expired after fifteen days', async () => {
    await create({ Origin: 'AWS Referral' });
    await create({ Origin: 'AWS Referral', 'Project.Title': 'Another' });
    const [first] = await invitations();
    await on.control('POST', `invitations/${first?.Id}/reject`);
    await on.control('POST', 'clock', { advanceMs: 15 * 86_400_000 });
    const latest = (await invitations()).slice(0, 2);
    expect(latest.map(({ Status }) => Status).sort()).toEqual(['EXPIRED', 'REJECTED']);
  });
});
describe('GetAwsOpportunitySummary', () => {
  const summary = async (id: string) =>
    (await on.wire('GetAwsOpportunitySummary', { Catalog, RelatedOpportunityIdentifier: id })).body;

  test('summarises stage and date of launched or lost deals only', async () => {
    expect(await summary('O5000002')).toMatchObject({
      InvolvementType: 'Co-Sell',
      LifeCycle: { Stage: null },
      OpportunityTeam: [{ BusinessTitle: 'AWSSalesRep' }],
    });
    expect(await summary('O5000005')).toMatchObject({
      LifeCycle: { Stage: 'Launched', TargetCloseDate: expect.any(String) },
    });
  });

  test('finds nothing before a submission, unless summaryBeforeSubmission: nulls', async () => {
    for (const id of ['O5000001', 'O404'])
      expect((await summary(id)).__type).toContain('ResourceNotFoundException');
    await on.control('POST', 'settings', { summaryBeforeSubmission: 'nulls' });
    expect(await summary('O5000001')).toMatchObject({
      Origin: 'Partner Referral',
      InvolvementType: null,
      LifeCycle: null,
      Insights: null,
    });
  });
});
