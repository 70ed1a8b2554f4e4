import {
  AcceptEngagementInvitationCommand,
  CreateEngagementCommand,
  CreateEngagementInvitationCommand,
  type CreateEngagementInvitationCommandInput,
  GetEngagementInvitationCommand,
  ListEngagementInvitationsCommand,
  type ListEngagementInvitationsCommandInput,
  ListEngagementMembersCommand,
  type PartnerCentralSellingClient,
  RejectEngagementInvitationCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { type Body, refusal, testEmulator, violations } from './kit.ts';
import { lead, leadInvitation, opportunityInvitation } from './payloads.ts';

const on = testEmulator();
const Catalog = 'Sandbox';
const sender = '123456789012';
const receiver = '210987654321';
const fifteenDays = 15 * 86_400_000;
const nanoseconds = (day: string) => expect.stringMatching(new RegExp(`^${day}T12:00:00\\.\\d{9}Z$`));

const createRoom = async (ClientToken = 'room', more: object = {}) =>
  String(
    (
      await on.client.send(
        new CreateEngagementCommand({
          Catalog,
          ClientToken,
          Title: 'Acme Robotics',
          Description: 'Two lines',
          ...more,
        }),
      )
    ).Id,
  );

type Invited = {
  to?: string;
  token?: string;
  payload?: typeof opportunityInvitation | typeof leadInvitation;
};
const command = (EngagementIdentifier: string, { to, token, payload }: Invited = {}) =>
  new CreateEngagementInvitationCommand({
    Catalog,
    ClientToken: token ?? 'invitation',
    EngagementIdentifier,
    Invitation: {
      Message: 'Join us',
      Receiver: { Account: { AwsAccountId: to ?? receiver } },
      Payload: payload ?? opportunityInvitation,
    } as CreateEngagementInvitationCommandInput['Invitation'],
  });
const invite = async (room: string, invited: Invited = {}) =>
  String((await on.client.send(command(room, invited))).Id);
const get = (Identifier: string, client: PartnerCentralSellingClient = on.client) =>
  client.send(new GetEngagementInvitationCommand({ Catalog, Identifier }));
const accept = (Identifier: string, client: PartnerCentralSellingClient) =>
  client.send(new AcceptEngagementInvitationCommand({ Catalog, Identifier }));
const reject = (Identifier: string, client: PartnerCentralSellingClient, RejectionReason?: string) =>
  client.send(new RejectEngagementInvitationCommand({ Catalog, Identifier, RejectionReason }));
const members = async (Identifier: string) =>
  (await on.client.send(new ListEngagementMembersCommand({ Catalog, Identifier }))).EngagementMemberList?.map(
    ({ AccountId }) => AccountId,
  );
const withoutMetadata = ({ $metadata: _metadata, ...answer }: { $metadata: unknown }) => answer;

describe('CreateEngagementInvitation', () => {
  test('invites a company, which both sides then see, with the events of AWS', async () => {
    const client = await on.partner('SECOND');
    const room = await createRoom();
    const events = on.events();
    const { Id, Arn } = await on.client.send(command(room));
    const { body } = await on.wire('GetEngagementInvitation', { Catalog, Identifier: Arn });
    expect(body).toEqual({
      Id,
      Arn: `arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement-invitation/${Id}`,
      Catalog,
      PayloadType: 'OpportunityInvitation',
      EngagementId: room,
      EngagementTitle: 'Acme Robotics',
      EngagementDescription: 'Two lines',
      Status: 'PENDING',
      InvitationDate: nanoseconds('2031-05-14'),
      ExpirationDate: nanoseconds('2031-05-29'),
      SenderAwsAccountId: sender,
      SenderCompanyName: 'Example Partner',
      Receiver: { Account: { AwsAccountId: receiver, Alias: 'second' } },
      RejectionReason: null,
      InvitationMessage: 'Join us',
      Payload: opportunityInvitation,
      ExistingMembers: [{ CompanyName: 'Example Partner', WebsiteUrl: 'https://partner.example' }],
      EnrichmentContext: null,
    });
    expect(withoutMetadata(await get(String(Id), client))).toEqual(withoutMetadata(await get(String(Id))));
    expect(
      events.map(({ account, detailType, detail }) => [
        account,
        detailType,
        (detail.engagementInvitation as Body).participantType,
      ]),
    ).toEqual([
      [sender, 'Engagement Invitation Created', 'SENDER'],
      [receiver, 'Engagement Invitation Created', 'RECEIVER'],
    ]);
  });

  test('takes the alias of the request', async () => {
    const room = await createRoom();
    const { input } = command(room);
    const Receiver = { Account: { AwsAccountId: receiver, Alias: 'friends' } };
    const { body } = await on.wire('CreateEngagementInvitation', {
      ...input,
      Invitation: { ...input.Invitation, Receiver },
    });
    expect((await get(String(body.Id))).Receiver).toEqual(Receiver);
  });

  test('invites once for one client token, and refuses another request under it', async () => {
    const room = await createRoom();
    expect(await invite(room)).toBe(await invite(room));
    const another = command(room, { to: '310987654321' });
    expect(await refusal(on.client.send(another))).toMatchObject({ name: 'ConflictException' });
  });

  test.each<[string, (room: string) => Promise<void>, Invited, object]>([
    [
      'the sender itself',
      async () => {},
      { to: sender },
      { ErrorList: [{ Code: 'INVALID_VALUE', FieldName: 'invitation.receiver.account.awsAccountId' }] },
    ],
    [
      'a company that is invited',
      async (room) => {
        await invite(room, { token: 'first' });
      },
      {},
      { name: 'ConflictException' },
    ],
    [
      'a member',
      async (room) => {
        const client = await on.partner('SECOND');
        await accept(await invite(room, { token: 'first' }), client);
      },
      {},
      { name: 'ConflictException' },
    ],
    [
      'an eleventh member',
      async (room) => {
        for (let index = 1; index < 10; index += 1)
          await invite(room, { to: `31098765432${index}`, token: `${index}` });
      },
      {},
      { name: 'ServiceQuotaExceededException' },
    ],
    [
      'an account that is not connected, if connections are required',
      async () => {
        await on.control('POST', 'settings', { partnerConnections: 'require' });
      },
      {},
      { ErrorList: [{ Code: 'INVALID_VALUE', FieldName: 'invitation.receiver.account.awsAccountId' }] },
    ],
  ])('refuses %s', async (_what, prepare, invited, expected) => {
    const room = await createRoom();
    await prepare(room);
    expect(await refusal(on.client.send(command(room, invited)))).toMatchObject(expected);
  });

  test('invites a connected partner, and AWS, if connections are required', async () => {
    await on.partner('SECOND');
    await on.control('POST', 'settings', { partnerConnections: 'require' });
    await on.control('POST', 'connections', { accountId: sender, otherAccountId: receiver });
    const room = await createRoom();
    await invite(room, { token: 'a' });
    expect(await get(await invite(room, { to: 'aws', token: 'b' }))).toMatchObject({
      Receiver: { Account: { AwsAccountId: 'aws', Alias: 'AWS' } },
    });
  });

  test('invites a company again that has rejected', async () => {
    const client = await on.partner('SECOND');
    const room = await createRoom();
    await reject(await invite(room, { token: 'first' }), client);
    expect((await get(await invite(room, { token: 'second' }))).Status).toBe('PENDING');
  });

  test('lets members invite only, and distinguishes an unknown engagement from one of others', async () => {
    const client = await on.partner('SECOND');
    const room = await createRoom();
    const other = command(room, { to: '310987654321' });
    expect(await refusal(client.send(other))).toMatchObject({ name: 'AccessDeniedException' });
    expect(await refusal(on.client.send(command('eng-00000000000404')))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test.each<[Body, string, string]>([
    [{ Message: '' }, 'INVALID_STRING_FORMAT', 'invitation.message'],
    [
      { Receiver: { Account: { AwsAccountId: '12 34' } } },
      'INVALID_STRING_FORMAT',
      'invitation.receiver.account.awsAccountId',
    ],
    [{ Payload: undefined }, 'REQUIRED_FIELD_MISSING', 'invitation.payload'],
    [
      {
        Payload: {
          OpportunityInvitation: {
            ...opportunityInvitation.OpportunityInvitation,
            ReceiverResponsibilities: ['Adviser'],
          },
        },
      },
      'INVALID_ENUM_VALUE',
      'invitation.payload.opportunityInvitation.receiverResponsibilities',
    ],
  ])('refuses an invitation with %j', async (more, code, field) => {
    const { input } = command(await createRoom());
    const { body } = await on.wire('CreateEngagementInvitation', {
      ...input,
      Invitation: { ...input.Invitation, ...more },
    });
    expect(violations(body)).toEqual([[code, field]]);
  });
});

describe('GetEngagementInvitation', () => {
  test('finds nothing of an invitation between others, of another catalog, or unknown', async () => {
    const third = await on.partner('THIRD', { accountId: '310987654321' });
    const id = await invite(await createRoom());
    expect(await refusal(get(id, third))).toMatchObject({ name: 'ResourceNotFoundException' });
    for (const query of [
      { Catalog: 'AWS', Identifier: id },
      { Catalog, Identifier: 'engi-0000000000404' },
    ])
      expect((await on.wire('GetEngagementInvitation', query)).body.__type).toContain(
        'ResourceNotFoundException',
      );
  });

  test('of a lead has AWS’s data about the company, and nothing about the contact', async () => {
    const aws = { Customer: { Segment: 'Enterprise' }, Insights: { SolutionScore: 'High' } };
    const room = await createRoom('lead', {
      Contexts: [
        { Type: 'Lead', Payload: { Lead: { ...lead(), Insights: { LeadReadinessScore: 'High' } } } },
        { Type: 'ProspectingResult', Payload: { ProspectingResult: { Aws: { ...aws, TaskName: 'May' } } } },
      ],
    });
    const client = await on.partner('SECOND');
    const answer = await get(await invite(room, { payload: leadInvitation }), client);
    expect(answer).toMatchObject({
      PayloadType: 'LeadInvitation',
      Payload: leadInvitation,
      EnrichmentContext: { ProspectingResultAws: aws, LeadInsights: { LeadReadinessScore: 'High' } },
    });
    expect(JSON.stringify(answer)).not.toContain('Hana');
  });
});

describe('AcceptEngagementInvitation', () => {
  test('makes the receiver a member, and no opportunity', async () => {
    const client = await on.partner('SECOND');
    const room = await createRoom();
    const id = await invite(room, { payload: leadInvitation });
    const events = on.events();
    await accept(id, client);
    expect(await members(room)).toEqual([sender, receiver]);
    expect((await get(id, client)).Status).toBe('ACCEPTED');
    expect(events.map(({ account, detailType }) => [account, detailType])).toEqual([
      [sender, 'Engagement Invitation Accepted'],
      [receiver, 'Engagement Invitation Accepted'],
      [sender, 'Engagement Member Added'],
      [receiver, 'Engagement Member Added'],
    ]);
  });

  test('takes an ARN', async () => {
    const client = await on.partner('SECOND');
    const id = await invite(await createRoom());
    await accept(String((await get(id)).Arn), client);
    expect((await get(id)).Status).toBe('ACCEPTED');
  });
});

describe('RejectEngagementInvitation', () => {
  test('keeps the reason for both sides, and hides an opportunity from the one who rejected it', async () => {
    const client = await on.partner('SECOND');
    const id = await invite(await createRoom());
    const events = on.events();
    await reject(id, client, 'No capacity');
    expect(await get(id)).toMatchObject({
      Status: 'REJECTED',
      RejectionReason: 'No capacity',
      Payload: opportunityInvitation,
    });
    const seen = await get(id, client);
    expect(seen).toMatchObject({ Status: 'REJECTED', RejectionReason: 'No capacity' });
    expect([seen.Payload, seen.InvitationMessage, seen.EngagementDescription]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(events.map(({ account, detailType }) => [account, detailType])).toEqual([
      [sender, 'Engagement Invitation Rejected'],
      [receiver, 'Engagement Invitation Rejected'],
    ]);
  });

  test('leaves a rejected lead readable', async () => {
    const client = await on.partner('SECOND');
    const id = await invite(await createRoom(), { payload: leadInvitation });
    await reject(id, client, 'No coverage');
    expect((await get(id, client)).Payload).toEqual(leadInvitation);
  });

  test('needs no reason, unless the switch requires one', async () => {
    const client = await on.partner('SECOND');
    const room = await createRoom();
    await on.control('POST', 'settings', { rejectionReason: 'required' });
    const id = await invite(room);
    expect(await refusal(reject(id, client))).toMatchObject({
      ErrorList: [{ Code: 'REQUIRED_FIELD_MISSING', FieldName: 'rejectionReason' }],
    });
    await on.control('POST', 'settings', { rejectionReason: 'optional' });
    await reject(id, client);
    expect((await get(id)).RejectionReason).toBeUndefined();
  });

  test.each(['x'.repeat(81), '', 'two\nlines'])('refuses the reason %j', async (RejectionReason) => {
    const { body } = await on.wire('RejectEngagementInvitation', {
      Catalog,
      Identifier: 'engi-0000000000001',
      RejectionReason,
    });
    expect(violations(body)).toEqual([['INVALID_STRING_FORMAT', 'rejectionReason']]);
  });
});

describe.each([
  ['AcceptEngagementInvitation', accept],
  ['RejectEngagementInvitation', reject],
])('%s', (_name, answer) => {
  const ends: [string, (id: string, client: PartnerCentralSellingClient) => Promise<unknown>][] = [
    ['accepted', accept],
    ['rejected', reject],
    ['expired', () => on.control('POST', 'clock', { advanceMs: fifteenDays })],
  ];

  test.each(ends)('refuses an invitation that has been %s', async (_status, end) => {
    const client = await on.partner('SECOND');
    const id = await invite(await createRoom());
    await end(id, client);
    expect(await refusal(answer(id, client))).toMatchObject({ name: 'ConflictException' });
    await on.control('POST', 'settings', { answeredInvitation: 'invalid-state' });
    expect(await refusal(answer(id, client))).toMatchObject({
      ErrorList: [{ Code: 'INVALID_RESOURCE_STATE', FieldName: 'identifier' }],
    });
  });

  test('is for the receiver only', async () => {
    await on.partner('SECOND');
    const third = await on.partner('THIRD', { accountId: '310987654321' });
    const id = await invite(await createRoom());
    expect(await refusal(answer(id, on.client))).toMatchObject({ name: 'AccessDeniedException' });
    expect(await refusal(answer(id, third))).toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await get(id)).Status).toBe('PENDING');
  });
});

describe('unanswered invitations', () => {
  test('expire after fifteen days, to the millisecond, with an event for both sides', async () => {
    await on.partner('SECOND');
    const id = await invite(await createRoom());
    const events = on.events();
    await on.control('POST', 'clock', { advanceMs: fifteenDays - 1 });
    expect((await get(id)).Status).toBe('PENDING');
    await on.control('POST', 'clock', { advanceMs: 1 });
    expect((await get(id)).Status).toBe('EXPIRED');
    expect(events.map(({ account, detailType }) => [account, detailType])).toEqual([
      [sender, 'Engagement Invitation Expired'],
      [receiver, 'Engagement Invitation Expired'],
    ]);
  });

  test('of partners never expire if so configured', async () => {
    await on.control('POST', 'settings', { invitationExpiry: 'from-aws' });
    const id = await invite(await createRoom());
    await on.control('POST', 'clock', { advanceMs: fifteenDays });
    expect(await get(id)).toMatchObject({ Status: 'PENDING' });
    expect((await get(id)).ExpirationDate).toBeUndefined();
  });
});

test('the events of an invitation name its sides as the guide does, if so configured', async () => {
  await on.control('POST', 'settings', { participantType: 'mixed' });
  const room = await createRoom();
  const events = on.events();
  await invite(room);
  expect(events.map(({ detail }) => (detail.engagementInvitation as Body).participantType)).toEqual([
    'Sender',
    'Receiver',
  ]);
});

describe('ListEngagementInvitations', () => {
  const list = async (
    query: Partial<ListEngagementInvitationsCommandInput> = {},
    client: PartnerCentralSellingClient = on.client,
  ) => client.send(new ListEngagementInvitationsCommand({ Catalog, ParticipantType: 'SENDER', ...query }));
  const ids = async (...args: Parameters<typeof list>) =>
    (await list(...args)).EngagementInvitationSummaries?.map(({ Id }) => Id);

  test('lists one direction at a time, latest first, with the side of the caller', async () => {
    const client = await on.partner('SECOND');
    const room = await createRoom();
    const first = await invite(room, { token: 'a' });
    await on.control('POST', 'clock', { advanceMs: 1000 });
    const second = await invite(room, { token: 'b', to: '310987654321' });
    expect(await ids()).toEqual([second, first]);
    expect(await ids({ Sort: { SortBy: 'InvitationDate', SortOrder: 'ASCENDING' } })).toEqual([
      first,
      second,
    ]);
    expect(await ids({ ParticipantType: 'RECEIVER' })).toEqual([]);
    const { EngagementInvitationSummaries } = await list({ ParticipantType: 'RECEIVER' }, client);
    expect(EngagementInvitationSummaries).toMatchObject([
      { Id: first, ParticipantType: 'RECEIVER', SenderCompanyName: 'Example Partner', Status: 'PENDING' },
    ]);
  });

  test('filters by type, status, engagement and sender', async () => {
    const client = await on.partner('SECOND');
    const [room, other] = [await createRoom('a'), await createRoom('b')];
    const pending = await invite(room, { token: 'a' });
    const rejected = await invite(other, { token: 'b', payload: leadInvitation });
    await reject(rejected, client);
    expect(await ids({ PayloadType: ['LeadInvitation'] })).toEqual([rejected]);
    expect(await ids({ Status: ['PENDING', 'ACCEPTED'] })).toEqual([pending]);
    expect(await ids({ EngagementIdentifier: [other] })).toEqual([rejected]);
    const received: Partial<ListEngagementInvitationsCommandInput> = {
      ParticipantType: 'RECEIVER',
      SenderAwsAccountId: [sender],
    };
    expect(await ids({ ...received, Status: ['PENDING'] }, client)).toEqual([pending]);
    expect(await ids({ ParticipantType: 'RECEIVER', SenderAwsAccountId: ['aws'] }, client)).toEqual([]);
  });

  test('lists every invitation exactly once over all pages', async () => {
    const room = await createRoom();
    const sent: string[] = [];
    for (const index of [1, 2, 3, 4, 5])
      sent.push(await invite(room, { to: `31098765432${index}`, token: `${index}` }));
    const seen: unknown[] = [];
    let NextToken: string | undefined;
    do {
      const answer = await list({ MaxResults: 2, NextToken });
      seen.push(...(answer.EngagementInvitationSummaries ?? []).map(({ Id }) => Id));
      NextToken = answer.NextToken;
    } while (NextToken);
    expect(seen.sort()).toEqual(sent.sort());
  });
});
