/** Inviting another partner, and the two of them in one engagement. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { submittable } from './create-input.ts';
import { accept, reject } from './invitation-kit.ts';
import { type Data, gatewayOn, type TestGateway } from './kit.ts';

const partner = '210987654321';
const invite = `mutation ($input: InviteToEngagementInput!) { inviteToEngagement(input: $input) {
  invitation { id status participantType receiver { awsAccountId alias } }
  clientToken userErrors { code path field sent message allowedValues limit } } }`;
const write = 'CreateEngagementInvitation';

let emulator: Emulator;
let gw: TestGateway;
let other: TestGateway;
let opportunityId: string;
let engagementId: string;

/** An opportunity of the first partner that was submitted to AWS, and its engagement. */
async function submitted(): Promise<{ id: string; engagementId: string }> {
  const { data } = await gw.query(
    `mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) {
      opportunity { id engagements { id } } userErrors { message } } }`,
    {
      input: {
        ...submittable,
        partnerOpportunityIdentifier: null,
        primaryNeedsFromAws: ['CO_SELL_DEAL_SUPPORT'],
        submit: { involvementType: 'CO_SELL' },
      },
    },
  );
  const { id, engagements } = data.createOpportunity.opportunity;
  return { id, engagementId: engagements[0].id };
}

beforeEach(async () => {
  emulator = await startEmulator({ seed: false });
  gw = await gatewayOn(emulator.url);
  other = await gatewayOn(emulator.url, {}, 'SECOND');
  await gw.emulator.control('POST', 'accounts', {
    accessKeyId: 'SECOND',
    accountId: partner,
    name: 'Second Partner',
    alias: 'second',
  });
  ({ id: opportunityId, engagementId } = await submitted());
});
afterEach(async () => {
  for (const one of [gw, other]) await one[Symbol.asyncDispose]();
  await emulator.stop();
});

const asked = (more: object = {}) => ({
  opportunityId,
  awsAccountId: partner,
  message: 'Will you build this with us?',
  responsibilities: ['SERVICES_PARTNER'],
  senderContacts: [{ email: 'Kim.Fenn@partner.example', firstName: 'Kim' }],
  ...more,
});
const inviteWith = async (more: object = {}) => {
  const { data, errors, calls } = await gw.query(invite, { input: asked(more) });
  expect(errors).toBeUndefined();
  return { ...data.inviteToEngagement, calls };
};

describe('inviteToEngagement', () => {
  test('has what the opportunity has, and the partner that accepts it has an opportunity of its own', async () => {
    const { invitation, userErrors, calls } = await inviteWith();
    expect(userErrors).toEqual([]);
    expect(invitation).toMatchObject({
      status: 'PENDING',
      participantType: 'SENDER',
      receiver: { awsAccountId: partner },
    });
    expect(calls).toEqual({
      // Where the opportunity is shared is known for a minute.
      GetOpportunity: 1,
      ListEngagements: 1,
      [write]: 1,
      // The invitation in the payload.
      GetEngagementInvitation: 1,
    });

    const inbox =
      await other.query(`{ engagementInvitations { nodes { id participantType sender { companyName }
      invitationMessage existingMembers { companyName websiteUrl }
      payload { ... on OpportunityInvitationPayload { receiverResponsibilities
        senderContacts { email firstName } customer { companyName industry websiteUrl countryCode }
        project { title businessProblem targetCompletionDate expectedCustomerSpend { amount } } } } } } }`);
    const { account } = submittable.customer;
    expect(inbox.data.engagementInvitations.nodes).toEqual([
      {
        id: invitation.id,
        participantType: 'RECEIVER',
        sender: { companyName: 'Example Partner' },
        invitationMessage: 'Will you build this with us?',
        existingMembers: [{ companyName: 'Example Partner', websiteUrl: 'https://partner.example' }],
        payload: {
          receiverResponsibilities: ['SERVICES_PARTNER'],
          senderContacts: [{ email: 'Kim.Fenn@partner.example', firstName: 'Kim' }],
          customer: {
            companyName: account.companyName,
            industry: account.industry,
            websiteUrl: account.websiteUrl,
            countryCode: 'US',
          },
          project: {
            title: submittable.project.title,
            businessProblem: submittable.project.customerBusinessProblem,
            targetCompletionDate: submittable.lifeCycle.targetCloseDate,
            expectedCustomerSpend: [{ amount: '2500.5' }],
          },
        },
      },
    ]);
    const accepted = await other.query(accept, { input: { id: invitation.id } });
    expect(accepted.data.acceptEngagementInvitation).toMatchObject({
      accepted: true,
      opportunity: { customer: { account: { companyName: account.companyName } } },
      engagement: { id: engagementId, memberCount: 2 },
    });
    expect(accepted.data.acceptEngagementInvitation.opportunity.id).not.toBe(opportunityId);
  });

  test('finds the opportunity of an engagement, and the engagement of an opportunity', async () => {
    const found = await inviteWith({ opportunityId: null, engagementId });
    expect(found.userErrors).toEqual([]);
    const second = await submitted();
    const wrong = await inviteWith({ engagementId: second.engagementId });
    expect(wrong.userErrors).toMatchObject([
      { code: 'INVALID_VALUE', path: ['input', 'engagementId'], allowedValues: [engagementId] },
    ]);
    const none = await inviteWith({ opportunityId: null });
    expect(none.userErrors).toMatchObject([
      { code: 'REQUIRED_FIELD_MISSING', path: ['input', 'opportunityId'] },
    ]);
    expect(none.calls).toEqual({});
    const unknown = await inviteWith({ opportunityId: null, engagementId: 'eng-00000000000000' });
    expect(unknown.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'engagementId'] }]);
  });

  test('everything that is certainly wrong with the input is said at once, before a call is made', async () => {
    const { userErrors, calls } = await inviteWith({
      awsAccountId: 'not an account',
      message: 'x'.repeat(256),
      alias: 'y'.repeat(81),
      senderContacts: [{ email: 'nobody' }, { email: 'A@B.example', phone: '123' }],
    });
    expect(userErrors.map(({ code, path }: Data) => [code, path.slice(1).join('.')])).toEqual([
      ['INVALID_STRING_FORMAT', 'awsAccountId'],
      ['INVALID_STRING_FORMAT', 'alias'],
      ['INVALID_STRING_FORMAT', 'message'],
      ['INVALID_STRING_FORMAT', 'senderContacts.0.email'],
      ['INVALID_STRING_FORMAT', 'senderContacts.1.phone'],
    ]);
    expect(calls).toEqual({});
  });

  test('what the opportunity lacks is said at once, before anything is written', async () => {
    await gw.emulator.patchRecord(opportunityId, {
      Customer: { Account: { WebsiteUrl: null } },
      LifeCycle: { TargetCloseDate: null },
    });
    const { userErrors, calls } = await inviteWith();
    expect(userErrors).toMatchObject([
      { code: 'REQUIRED_FIELD_MISSING', field: 'customer.account.websiteUrl', sent: false },
      { code: 'REQUIRED_FIELD_MISSING', field: 'lifeCycle.targetCloseDate', sent: false },
    ]);
    expect(calls).not.toHaveProperty(write);
  });

  test('an opportunity that is shared nowhere has to be submitted first', async () => {
    const { data } = await gw.query(
      'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { id } }',
      { input: { ...submittable, partnerOpportunityIdentifier: null } },
    );
    const { userErrors } = await inviteWith({ opportunityId: data.createOpportunity.id });
    expect(userErrors).toMatchObject([{ code: 'INVALID_RESOURCE_STATE', path: ['input', 'opportunityId'] }]);
  });

  test('a partner that is invited already gets its invitation; after a rejection it can be invited again', async () => {
    const { invitation } = await inviteWith();
    const again = await inviteWith();
    expect(again.userErrors).toMatchObject([
      { code: 'DUPLICATE_KEY_VALUE', path: ['input', 'awsAccountId'] },
    ]);
    expect(again.invitation.id).toBe(invitation.id);
    await other.query(reject, { input: { id: invitation.id, reason: 'OTHER', confirm: true } });
    const third = await inviteWith();
    expect(third.userErrors).toEqual([]);
    expect(third.invitation.id).not.toBe(invitation.id);
  });

  test('a partner without a connection, the own company, and a full engagement are reported as such', async () => {
    await gw.emulator.control('POST', 'settings', { partnerConnections: 'require' });
    const at = ['input', 'awsAccountId'];
    expect((await inviteWith()).userErrors).toMatchObject([{ code: 'NOT_CONNECTED', path: at }]);
    await gw.emulator.control('POST', 'settings', { partnerConnections: 'ignore' });
    const own = await inviteWith({ awsAccountId: '123456789012' });
    expect(own.userErrors).toMatchObject([{ code: 'INVALID_VALUE', path: at }]);
    // The first partner is a member, and AWS is invited.
    for (let n = 0; n < 8; n++)
      expect((await inviteWith({ awsAccountId: `10000000000${n}` })).userErrors).toEqual([]);
    expect((await inviteWith()).userErrors).toMatchObject([
      { code: 'ROOM_FULL', path: ['input', 'engagementId'] },
    ]);
  });

  test('a lost response is repeated with the same token; the token of another input is a conflict', async () => {
    await gw.emulator.injectFault({ kind: 'drop-after', operation: write });
    const { invitation, userErrors } = await inviteWith({ clientToken: 'token-1' });
    expect(userErrors).toEqual([]);
    const same = await inviteWith({ clientToken: 'token-1' });
    expect(same.invitation.id).toBe(invitation.id);
    const clash = await inviteWith({ clientToken: 'token-1', awsAccountId: '100000000000' });
    expect(clash.userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_CONFLICT', path: ['input', 'clientToken'] },
    ]);
  });

  test('only the receiver can answer it, and the sender gets an error', async () => {
    const { invitation } = await inviteWith();
    for (const [mutation, input] of [
      [accept, { id: invitation.id }],
      [reject, { id: invitation.id, reason: 'OTHER', confirm: true }],
    ] as const) {
      const { data } = await gw.query(mutation, { input });
      const [payload] = Object.values(data as Record<string, Data>);
      expect(payload.userErrors).toMatchObject([{ code: 'ACTION_NOT_PERMITTED', path: ['input', 'id'] }]);
    }
  });
});
