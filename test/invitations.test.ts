/** The inbox: what invitations show, and what reading them costs. */
import { describe, expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { referLead, referOpportunity } from './invitation-kit.ts';
import { type Data, gateway, gatewayOn } from './kit.ts';
import { tamperingProxy } from './tampering.ts';

const details = `invitationMessage engagementDescription existingMembers { companyName websiteUrl } rejectionReason
  payload {
    __typename
    ... on OpportunityInvitationPayload {
      receiverResponsibilities senderContacts { email firstName }
      customer { companyName industry countryCode }
      project { title businessProblem targetCompletionDate expectedCustomerSpend { amount frequency targetCompany } }
    }
    ... on LeadInvitationPayload {
      company: customer { companyName industry countryCode } interaction { contactBusinessTitle usecase }
    }
  }`;
const day = 86_400_000;

describe('the inbox', () => {
  test('a page of AWS’s list is one call, and the details of an invitation are one each', async () => {
    await using gw = await gateway({}, { seed: false });
    const opportunity = await referOpportunity(gw);
    const lead = await referLead(gw);
    const list = await gw.query(`{ engagementInvitations { nodes {
      id arn catalog status participantType payloadType engagementTitle invitationDate expirationDate daysLeft
      sender { awsAccountId companyName } receiver { awsAccountId alias companyName }
    } edges { cursor } pageInfo { hasNextPage } } }`);
    expect(list.errors).toBeUndefined();
    expect(list.calls).toEqual({ ListEngagementInvitations: 1 });
    expect(list.data.engagementInvitations).toMatchObject({
      nodes: [
        { id: lead.Id, payloadType: 'LEAD_INVITATION', engagementTitle: 'Acme Robotics' },
        {
          id: opportunity.Id,
          arn: opportunity.Arn,
          catalog: 'Sandbox',
          status: 'PENDING',
          participantType: 'RECEIVER',
          payloadType: 'OPPORTUNITY_INVITATION',
          invitationDate: opportunity.InvitationDate,
          expirationDate: opportunity.ExpirationDate,
          daysLeft: 15,
          sender: { awsAccountId: 'aws', companyName: 'Amazon Web Services' },
          receiver: { awsAccountId: '123456789012', alias: 'example-partner', companyName: null },
        },
      ],
      pageInfo: { hasNextPage: false },
    });

    const detailed = await gw.query(`{ engagementInvitations { nodes { id ${details}
      enrichmentContext { leadInsights { leadReadinessScore } } engagement { id } } } }`);
    expect(detailed.errors).toBeUndefined();
    expect(detailed.calls).toEqual({
      ListEngagementInvitations: 1,
      GetEngagementInvitation: 2,
      ListEngagements: 1,
    });
    const [first, second] = detailed.data.engagementInvitations.nodes;
    expect(first.payload).toEqual({
      __typename: 'LeadInvitationPayload',
      company: { companyName: 'Acme Robotics', industry: 'Manufacturing', countryCode: 'US' },
      interaction: { contactBusinessTitle: 'Head of Infrastructure', usecase: 'Migration' },
    });
    expect(second).toMatchObject({
      invitationMessage: 'Can you take this on?',
      existingMembers: [{ companyName: 'Amazon Web Services', websiteUrl: 'https://aws.amazon.com' }],
      rejectionReason: null,
      payload: {
        __typename: 'OpportunityInvitationPayload',
        receiverResponsibilities: ['RESELLER'],
        senderContacts: [{ email: 'seller@amazon.example', firstName: 'Robin' }],
        customer: { companyName: 'Acme Robotics', industry: 'MANUFACTURING', countryCode: 'US' },
        project: {
          title: 'Line controllers in the cloud',
          targetCompletionDate: '2031-09-30',
          expectedCustomerSpend: [{ amount: '531', frequency: 'MONTHLY', targetCompany: 'AWS' }],
        },
      },
      // Only a member sees it.
      engagement: null,
    });
  });

  test('the details of a thousand invitations, read twice, are a thousand calls once', async () => {
    await using gw = await gateway({}, { seed: false });
    for (let made = 0; made < 1_000; made += 50)
      await Promise.all(Array.from({ length: 50 }, () => referOpportunity(gw)));
    const page = `query ($after: String) { engagementInvitations(first: 100, after: $after) {
      nodes { id status payload { __typename } } pageInfo { hasNextPage endCursor } } }`;
    async function readAll() {
      const calls: Record<string, number> = {};
      const ids = new Set<string>();
      for (let after: string | null = null, more = true; more; ) {
        const { data, errors, calls: made } = await gw.query(page, { after });
        expect(errors).toBeUndefined();
        for (const { id, payload } of data.engagementInvitations.nodes) if (payload) ids.add(id);
        for (const [name, count] of Object.entries(made)) calls[name] = (calls[name] ?? 0) + count;
        ({ endCursor: after, hasNextPage: more } = data.engagementInvitations.pageInfo);
      }
      return { calls, count: ids.size };
    }
    expect(await readAll()).toEqual({
      calls: { ListEngagementInvitations: 10, GetEngagementInvitation: 1_000 },
      count: 1_000,
    });
    expect(await readAll()).toEqual({ calls: { ListEngagementInvitations: 10 }, count: 1_000 });
  });

  test('has AWS’s filters, and its cursors are of one direction and filter', async () => {
    await using gw = await gateway({}, { seed: false });
    const first = await referOpportunity(gw);
    const second = await referLead(gw);
    const third = await referOpportunity(gw);
    await gw.emulator.control('POST', `invitations/${third.Id}/reject`, { reason: 'Unable to support' });
    const query = (args: string) =>
      gw.query(`{ engagementInvitations(${args}) { nodes { id } pageInfo { endCursor } } }`);
    const ids = async (args: string) =>
      (await query(args)).data.engagementInvitations.nodes.map(({ id }: Data) => id);
    expect(await ids('filter: { statuses: [PENDING] }')).toEqual([second.Id, first.Id]);
    expect(await ids('filter: { payloadTypes: [LEAD_INVITATION] }')).toEqual([second.Id]);
    expect(await ids(`filter: { engagementIds: ["${first.EngagementId}"] }`)).toEqual([first.Id]);
    expect(await ids('filter: { senderAwsAccountIds: ["210987654321"] }')).toEqual([]);
    expect(await ids('filter: { senderAwsAccountIds: ["aws"], statuses: [] }')).toEqual([
      third.Id,
      second.Id,
      first.Id,
    ]);
    expect(await ids('direction: SENDER')).toEqual([]);
    const none = await query('filter: { engagementIds: [] }');
    expect([none.data.engagementInvitations.nodes, none.calls]).toEqual([[], {}]);

    const { data } = await query('first: 1');
    const after = `after: "${data.engagementInvitations.pageInfo.endCursor}"`;
    expect(await ids(`first: 1, ${after}`)).toEqual([second.Id]);
    for (const [args, message] of [
      [`${after}, direction: SENDER`, 'after: got a cursor of another filter, sort or account'],
      ['first: 101', 'first: got 101, expected 1 to 100'],
      ['filter: { engagementIds: ["O1"] }', 'filter.engagementIds[0]: got "O1"'],
      ['filter: { senderAwsAccountIds: ["aws", "no one"] }', 'filter.senderAwsAccountIds[1]: got "no one"'],
      [
        `filter: { senderAwsAccountIds: ${JSON.stringify(Array.from({ length: 11 }, (_, n) => String(n)))} }`,
        'filter.senderAwsAccountIds: got 11 values, expected at most 10',
      ],
    ] as const) {
      const { errors, calls } = await query(args);
      expect(errors?.[0]).toMatchObject({
        message: expect.stringContaining(message),
        extensions: { code: 'BAD_USER_INPUT' },
      });
      expect(calls).toEqual({});
    }
  });

  test('a payload that this release does not know is null, and reported beside the answer', async () => {
    const emulator = await startEmulator({ seed: false });
    await using proxy = await tamperingProxy(emulator.url);
    proxy.tamper(({ operation, answer }) =>
      operation === 'GetEngagementInvitation' ? { ...answer, Payload: { OfferInvitation: {} } } : undefined,
    );
    await using gw = await gatewayOn(proxy.url);
    await referOpportunity(gw);
    const answer = await gw.query('{ engagementInvitations { nodes { payload { __typename } } } }');
    expect(answer.data).toEqual({ engagementInvitations: { nodes: [{ payload: null }] } });
    expect(answer.errors).toBeUndefined();
    expect(answer.extensions.unknownEnumValues).toEqual([
      {
        path: ['engagementInvitations', 'nodes', 0, 'payload'],
        type: 'EngagementInvitationPayload',
        value: 'OfferInvitation',
      },
    ]);
    await emulator.stop();
  });

  test('an invitation that AWS lists by its ARN has its id', async () => {
    const emulator = await startEmulator({ seed: false });
    await using proxy = await tamperingProxy(emulator.url);
    proxy.tamper(({ answer: { EngagementInvitationSummaries: list, ...answer } }) =>
      Array.isArray(list)
        ? { ...answer, EngagementInvitationSummaries: list.map((one) => ({ ...one, Id: one.Arn })) }
        : undefined,
    );
    await using gw = await gatewayOn(proxy.url);
    const { Id, Arn } = await referOpportunity(gw);
    const { data } = await gw.query('{ engagementInvitations { nodes { id arn invitationMessage } } }');
    expect(data.engagementInvitations.nodes).toEqual([
      { id: Id, arn: Arn, invitationMessage: 'Can you take this on?' },
    ]);
    await emulator.stop();
  });
});

describe('an invitation by its id', () => {
  test('is one call, and a router finds it by the same key', async () => {
    await using gw = await gateway({}, { seed: false });
    const { Id, EngagementId } = await referOpportunity(gw);
    const one = await gw.query(
      `query ($id: ID!) { engagementInvitation(id: $id) { id status participantType payload { __typename } } }`,
      { id: Id },
    );
    expect(one.errors).toBeUndefined();
    expect(one.data.engagementInvitation).toEqual({
      id: Id,
      status: 'PENDING',
      participantType: 'RECEIVER',
      payload: { __typename: 'OpportunityInvitationPayload' },
    });
    expect(one.calls).toEqual({ GetEngagementInvitation: 1 });
    const others = await gw.query(
      `query ($refs: [_Any!]!) {
        node(id: "${Id}") { ... on EngagementInvitation { engagementTitle } }
        none: engagementInvitation(id: "engi-0000000000000") { id }
        _entities(representations: $refs) { ... on EngagementInvitation { id } } }`,
      {
        refs: [{ id: Id }, { id: 'engi' }, {}].map((ref) => ({ __typename: 'EngagementInvitation', ...ref })),
      },
    );
    expect(others.data).toEqual({
      node: { engagementTitle: 'Line controllers in the cloud' },
      none: null,
      _entities: [{ id: Id }, null, null],
    });
    expect(others.errors?.map(({ path }) => path?.[1])).toEqual([1, 2]);
    const bad = await gw.query(`{ engagementInvitation(id: "${EngagementId}") { id } }`);
    expect(bad.errors?.[0]?.message).toContain("expected an invitation's id such as engi-0123456789abc");
    expect(bad.calls).toEqual({});
  });

  test('of those that were read before, ten engagements are one call', async () => {
    await using gw = await gateway({}, { seed: false });
    const ids: string[] = [];
    for (let made = 0; made < 25; made++) ids.push((await referOpportunity(gw)).Id);
    const refs = ids.map((id) => ({ __typename: 'EngagementInvitation', id }));
    const read = () =>
      gw.query(
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on EngagementInvitation { status payload { __typename } } } }',
        { refs },
      );
    expect((await read()).calls).toEqual({ GetEngagementInvitation: 25 });
    await gw.emulator.control('POST', `invitations/${ids[3]}/accept`);
    const again = await read();
    expect(again.calls).toEqual({ ListEngagementInvitations: 3 });
    expect(again.data._entities.map(({ status }: Data) => status)).toEqual(
      ids.map((_, n) => (n === 3 ? 'ACCEPTED' : 'PENDING')),
    );
  });

  test('shows the reason of a rejection, for which it is read once more', async () => {
    await using gw = await gateway({}, { seed: false });
    const { Id } = await referOpportunity(gw);
    const query = '{ engagementInvitations { nodes { status rejectionReason payload { __typename } } } }';
    expect((await gw.query(query)).data.engagementInvitations.nodes).toEqual([
      { status: 'PENDING', rejectionReason: null, payload: { __typename: 'OpportunityInvitationPayload' } },
    ]);
    await gw.emulator.control('POST', `invitations/${Id}/reject`, { reason: 'Unable to support' });
    const rejected = [{ status: 'REJECTED', rejectionReason: 'Unable to support', payload: null }];
    const after = await gw.query(query);
    expect(after.data.engagementInvitations.nodes).toEqual(rejected);
    expect(after.calls).toEqual({ ListEngagementInvitations: 1, GetEngagementInvitation: 1 });
    const again = await gw.query(query);
    expect(again.data.engagementInvitations.nodes).toEqual(rejected);
    expect(again.calls).toEqual({ ListEngagementInvitations: 1 });
  });

  test('has no days left once it has expired, on AWS’s clock or by its date', async () => {
    await using gw = await gateway({}, { seed: false });
    await referOpportunity(gw);
    await gw.emulator.control('POST', 'clock', { advanceMs: 15 * day });
    const { data } = await gw.query('{ engagementInvitations { nodes { status daysLeft } } }');
    expect(data.engagementInvitations.nodes).toEqual([{ status: 'EXPIRED', daysLeft: 0 }]);
  });
});

describe('the invitations of engagements', () => {
  test('cost one call for every ten engagements, once in 30 seconds', async () => {
    await using gw = await gateway({}, { seed: false });
    const sent: string[] = [];
    for (let made = 0; made < 12; made++) {
      const { Id } = await referOpportunity(gw);
      await gw.emulator.control('POST', `invitations/${Id}/accept`);
      sent.push(Id);
    }
    const query = `{ engagements(first: 50) { nodes {
      received: invitations(direction: RECEIVER) { id status } sent: invitations(first: 5) { id } } } }`;
    const first = await gw.query(query);
    expect(first.errors).toBeUndefined();
    const { nodes } = first.data.engagements;
    expect(nodes.map(({ received }: Data) => received[0])).toEqual(
      sent.toReversed().map((id) => ({ id, status: 'ACCEPTED' })),
    );
    expect(nodes.flatMap(({ sent }: Data) => sent)).toEqual([]);
    expect(first.calls).toEqual({ ListEngagements: 1, ListEngagementInvitations: 4 });
    expect((await gw.query(query)).calls).toEqual({ ListEngagements: 1 });
  });
});
