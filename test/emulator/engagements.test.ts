import {
  CreateOpportunityCommand,
  GetEngagementCommand,
  ListEngagementInvitationsCommand,
  ListEngagementMembersCommand,
  ListEngagementResourceAssociationsCommand,
  ListEngagementsCommand,
  type ListEngagementsCommandInput,
  type PartnerCentralSellingClient,
  StartEngagementFromOpportunityTaskCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, edited, refusal, submittableCreate, testEmulator, violations } from './kit.ts';

const on = testEmulator();
const Catalog = 'Sandbox';
const partner = '123456789012';
const nanoseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/;

/** Creates and submits an opportunity; returns the ids of all that this makes. */
async function submit(token: string, client: PartnerCentralSellingClient = on.client) {
  const { Id } = await client.send(new CreateOpportunityCommand(submittableCreate(token)));
  const task = await client.send(
    new StartEngagementFromOpportunityTaskCommand({
      Catalog,
      ClientToken: token,
      Identifier: Id,
      AwsSubmission: { InvolvementType: 'Co-Sell' },
    }),
  );
  if (task.TaskStatus !== 'COMPLETE') throw new Error(`expected a complete task, got ${task.Message}`);
  return { Id, EngagementId: String(task.EngagementId), invitation: task.EngagementInvitationId };
}
const get = (Identifier: unknown) => on.wire('GetEngagement', { Catalog, Identifier });
const list = async (query: Partial<ListEngagementsCommandInput>) =>
  (await on.client.send(new ListEngagementsCommand({ Catalog, ...query }))).EngagementSummaryList;

/** An AWS referral, accepted: an engagement that AWS has created. */
async function acceptReferral(token: string) {
  await on.wire('CreateOpportunity', { ...submittableCreate(token), Origin: 'AWS Referral' });
  const { EngagementInvitationSummaries } = await on.client.send(
    new ListEngagementInvitationsCommand({ Catalog, ParticipantType: 'RECEIVER', Status: ['PENDING'] }),
  );
  const [invitation] = EngagementInvitationSummaries ?? [];
  await on.control('POST', `invitations/${invitation?.Id}/accept`);
  return String(invitation?.EngagementId);
}

describe('a submission', () => {
  test('creates an engagement about the customer’s project, with the partner as its member', async () => {
    const { EngagementId } = await submit('a');
    const { body } = await get(EngagementId);
    expect(body).toEqual({
      Id: EngagementId,
      Arn: `arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement/${EngagementId}`,
      Title: 'Line controllers in the cloud',
      Description: 'The controllers of two lines are out of support and cannot be patched.',
      CreatedAt: expect.stringMatching(nanoseconds),
      CreatedBy: partner,
      MemberCount: 1,
      ModifiedAt: expect.stringMatching(nanoseconds),
      ModifiedBy: partner,
      Contexts: [
        {
          Id: '1',
          Type: 'CustomerProject',
          Payload: {
            CustomerProject: {
              Customer: {
                CompanyName: 'Acme Robotics',
                CountryCode: 'US',
                Industry: 'Manufacturing',
                WebsiteUrl: 'www.acme-robotics.example',
              },
              Project: {
                Title: 'Line controllers in the cloud',
                BusinessProblem: 'The controllers of two lines are out of support and cannot be patched.',
                TargetCompletionDate: '2031-09-30',
              },
            },
          },
        },
      ],
    });
  });

  test('invites AWS, which accepts when it approves the opportunity, and thereby becomes a member', async () => {
    const { Id, EngagementId, invitation } = await submit('a');
    const sent = async () =>
      (await on.client.send(new ListEngagementInvitationsCommand({ Catalog, ParticipantType: 'SENDER' })))
        .EngagementInvitationSummaries;
    expect(await sent()).toMatchObject([
      {
        Id: invitation,
        Status: 'PENDING',
        EngagementId,
        SenderAwsAccountId: partner,
        SenderCompanyName: 'Example Partner',
        Receiver: { Account: { AwsAccountId: 'aws' } },
      },
    ]);
    const before = (await get(EngagementId)).body;
    await on.control('POST', `opportunities/${Id}/review`, { decision: 'Approved' });
    expect(await sent()).toMatchObject([{ Status: 'ACCEPTED' }]);
    const after = (await get(EngagementId)).body;
    expect(after).toMatchObject({ MemberCount: 2, ModifiedBy: 'aws', CreatedAt: before.CreatedAt });
    expect(String(after.ModifiedAt) > String(before.ModifiedAt)).toBe(true);
  });

  test('AWS rejects its invitation with the opportunity, also in a review that the partner simulates', async () => {
    const { Id } = await submit('a');
    await on.change(Id, { 'LifeCycle.ReviewStatus': 'Rejected' });
    const { EngagementInvitationSummaries } = await on.client.send(
      new ListEngagementInvitationsCommand({ Catalog, ParticipantType: 'SENDER' }),
    );
    expect(EngagementInvitationSummaries).toMatchObject([{ Status: 'REJECTED' }]);
  });

  test('a second submission of an opportunity reuses its engagement and the open invitation', async () => {
    const { Id, EngagementId, invitation } = await submit('a');
    await on.control('POST', `opportunities/${Id}/review`, { decision: 'Action Required' });
    const again = await on.client.send(
      new StartEngagementFromOpportunityTaskCommand({
        Catalog,
        ClientToken: 'again',
        Identifier: Id,
        AwsSubmission: { InvolvementType: 'Co-Sell' },
      }),
    );
    expect(again).toMatchObject({ EngagementId, EngagementInvitationId: invitation });
    expect(await list({})).toHaveLength(1);
  });

  test('cuts the engagement’s title to forty characters', async () => {
    const Title = `${'Rakete 🚀 '.repeat(6)}`;
    const { Id } = (
      await on.wire('CreateOpportunity', edited(submittableCreate(), { 'Project.Title': Title }))
    ).body;
    await on.wire('StartEngagementFromOpportunityTask', {
      Catalog,
      ClientToken: 't',
      Identifier: Id,
      AwsSubmission: { InvolvementType: 'Co-Sell' },
    });
    const [engagement] = (await list({})) ?? [];
    expect([...String(engagement?.Title)]).toEqual([...Title].slice(0, 40));
  });
});

describe('GetEngagement', () => {
  test('finds an engagement by id and by ARN', async () => {
    const { EngagementId } = await submit('a');
    const byId = await on.client.send(new GetEngagementCommand({ Catalog, Identifier: EngagementId }));
    const byArn = await on.client.send(new GetEngagementCommand({ Catalog, Identifier: byId.Arn }));
    expect(byArn.Id).toBe(EngagementId);
  });

  test('finds no engagement that is unknown, of the other catalog, or of others', async () => {
    const { EngagementId } = await submit('a');
    const client = await on.partner('SECOND');
    const { EngagementId: theirs } = await submit('b', client);
    const refusals = await Promise.all([
      get('eng-00000000000404'),
      on.wire('GetEngagement', { Catalog: 'AWS', Identifier: EngagementId }),
      get(theirs),
    ]);
    for (const { body } of refusals) expect(body.__type).toContain('ResourceNotFoundException');
  });

  test.each([
    ['eng-1', [['INVALID_STRING_FORMAT', 'identifier']]],
    [undefined, [['REQUIRED_FIELD_MISSING', 'identifier']]],
  ])('refuses the identifier %s', async (identifier, expected) => {
    expect(violations((await get(identifier)).body)).toEqual(expected);
  });
});

describe('ListEngagements', () => {
  test('lists the engagements that the caller is a member of, latest first, with the types of their contexts', async () => {
    const first = await submit('a');
    await on.control('POST', 'clock', { advanceMs: 1000 });
    const second = await submit('b');
    await submit('c', await on.partner('SECOND'));
    expect(await list({})).toMatchObject([
      { Id: second.EngagementId, MemberCount: 1, ContextTypes: ['CustomerProject'] },
      { Id: first.EngagementId },
    ]);
    const ascending = await list({ Sort: { SortBy: 'CreatedDate', SortOrder: 'ASCENDING' } });
    expect(ascending?.map(({ Id }) => Id)).toEqual([first.EngagementId, second.EngagementId]);
  });

  test.each<[string, Partial<ListEngagementsCommandInput>, string[]]>([
    ['created by AWS', { CreatedBy: ['aws'] }, ['aws']],
    ['not created by AWS', { ExcludeCreatedBy: ['aws'] }, [partner]],
    ['about a customer’s project', { ContextTypes: ['CustomerProject', 'Lead'] }, ['aws', partner]],
    ['about leads', { ContextTypes: ['Lead'] }, []],
    ['about anything but customers’ projects', { ExcludeContextTypes: ['CustomerProject'] }, []],
    ['by empty filters of contexts', { ContextTypes: [], ExcludeContextTypes: [] }, ['aws', partner]],
    ['by an unknown id', { EngagementIdentifier: ['eng-00000000000404'] }, []],
  ])('filters the engagements %s', async (_what, query, creators) => {
    await submit('a');
    await acceptReferral('b');
    const found = (await list(query))?.map(({ CreatedBy }) => String(CreatedBy)) ?? [];
    expect(found.sort()).toEqual([...creators].sort());
  });

  test('filters by id and by ARN', async () => {
    const { EngagementId } = await submit('a');
    await submit('b');
    const [byId] = (await list({ EngagementIdentifier: [EngagementId] })) ?? [];
    expect(await list({ EngagementIdentifier: [String(byId?.Arn)] })).toEqual([byId]);
  });

  test('lists every engagement exactly once over all pages', async () => {
    for (const token of ['a', 'b', 'c', 'd', 'e']) await submit(token);
    const seen: unknown[] = [];
    let NextToken: string | undefined;
    do {
      const answer = await on.client.send(new ListEngagementsCommand({ Catalog, MaxResults: 2, NextToken }));
      seen.push(...(answer.EngagementSummaryList ?? []).map(({ Id }) => Id));
      NextToken = answer.NextToken;
    } while (NextToken);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  test.each<[Body, string, string]>([
    [{ EngagementIdentifier: [] }, 'NOT_ENOUGH_VALUES', 'engagementIdentifier'],
    [{ CreatedBy: Array(11).fill('aws') }, 'TOO_MANY_VALUES', 'createdBy'],
    [{ ContextTypes: ['Document'] }, 'INVALID_ENUM_VALUE', 'contextTypes'],
    [{ MaxResults: 101 }, 'VALUE_OUT_OF_RANGE', 'maxResults'],
    [{ NextToken: 'nonsense' }, 'INVALID_VALUE', 'nextToken'],
  ])('refuses the query %j', async (query, code, field) => {
    const { body } = await on.wire('ListEngagements', { Catalog, ...query });
    expect(violations(body)).toEqual([[code, field]]);
  });
});

describe('ListEngagementMembers', () => {
  test('lists the members in the order in which they joined, a page at a time', async () => {
    const Identifier = await acceptReferral('a');
    const page = async (NextToken?: string) =>
      on.client.send(new ListEngagementMembersCommand({ Catalog, Identifier, MaxResults: 1, NextToken }));
    const first = await page();
    expect(first.EngagementMemberList).toEqual([
      { AccountId: 'aws', CompanyName: 'Amazon Web Services', WebsiteUrl: 'https://aws.amazon.com' },
    ]);
    const second = await page(first.NextToken);
    expect(second.EngagementMemberList).toEqual([
      { AccountId: partner, CompanyName: 'Example Partner', WebsiteUrl: 'https://partner.example' },
    ]);
    expect(second.NextToken).toBeUndefined();
  });

  test('notifies members only', async () => {
    const { EngagementId } = await submit('a');
    const client = await on.partner('SECOND');
    expect(
      await refusal(client.send(new ListEngagementMembersCommand({ Catalog, Identifier: EngagementId }))),
    ).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('refuses more than ten members a page', async () => {
    const { EngagementId } = await submit('a');
    const { body } = await on.wire('ListEngagementMembers', {
      Catalog,
      Identifier: EngagementId,
      MaxResults: 11,
    });
    expect(violations(body)).toEqual([['VALUE_OUT_OF_RANGE', 'maxResults']]);
  });
});

describe('ListEngagementResourceAssociations', () => {
  const associations = async (query: object = {}) =>
    (await on.client.send(new ListEngagementResourceAssociationsCommand({ Catalog, ...query })))
      .EngagementResourceAssociationSummaries;

  test('maps the caller’s submitted opportunities to their engagements, and no one else’s', async () => {
    const { Id, EngagementId } = await submit('a');
    await on.client.send(new CreateOpportunityCommand(submittableCreate('unsubmitted')));
    await submit('b', await on.partner('SECOND'));
    expect(await associations()).toEqual([
      { Catalog, EngagementId, ResourceType: 'Opportunity', ResourceId: Id, CreatedBy: partner },
    ]);
  });

  test('filters by engagement, by resource and by creator', async () => {
    const first = await submit('a');
    const second = await submit('b');
    const found = async (query: object) => (await associations(query))?.map(({ ResourceId }) => ResourceId);
    expect(await found({ EngagementIdentifier: first.EngagementId })).toEqual([first.Id]);
    expect(await found({ ResourceIdentifier: second.Id })).toEqual([second.Id]);
    expect(await found({ ResourceType: 'Opportunity' })).toHaveLength(2);
    expect(await found({ CreatedBy: 'aws' })).toEqual([]);
  });

  test('lists every association exactly once over all pages', async () => {
    const submitted = [await submit('a'), await submit('b'), await submit('c')];
    const seen: unknown[] = [];
    let NextToken: unknown;
    do {
      const { body } = await on.wire('ListEngagementResourceAssociations', {
        Catalog,
        MaxResults: 1,
        NextToken,
      });
      seen.push(
        ...(body.EngagementResourceAssociationSummaries as Body[]).map(({ ResourceId }) => ResourceId),
      );
      NextToken = body.NextToken;
    } while (NextToken);
    expect(seen.sort()).toEqual(submitted.map(({ Id }) => Id).sort());
  });

  test('takes ids only, no ARNs', async () => {
    const { body } = await on.wire('ListEngagementResourceAssociations', {
      Catalog,
      EngagementIdentifier: 'arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement/eng-00000000000001',
    });
    expect(violations(body)).toEqual([['INVALID_STRING_FORMAT', 'engagementIdentifier']]);
  });
});
