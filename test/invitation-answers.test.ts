/** Accepting and rejecting invitations: the right verb, what it costs, and what is said about every state. */
import { describe, expect, test } from 'vitest';
import { accept, referLead, referOpportunity, reject } from './invitation-kit.ts';
import { type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';

const unseeded = { seed: false };
const status = (gw: TestGateway, id: string) =>
  gw.emulator
    .control('GET', 'invitations')
    .then(({ invitations }) => invitations.find(({ Id }: Data) => Id === id)?.Status);
const started = async (gw: TestGateway) => {
  const { invitations } = await gw.emulator.control('GET', 'invitations');
  return invitations.length;
};

describe('acceptEngagementInvitation', () => {
  test('AWS refers a deal, and the partner accepts it: two reads, the task, and the opportunity', async () => {
    await using gw = await gateway({}, unseeded);
    const { Id, OpportunityId, EngagementId } = await referOpportunity(gw);
    const { data, errors, calls } = await gw.query(accept, { input: { id: Id } });
    expect(errors).toBeUndefined();
    expect(data.acceptEngagementInvitation).toEqual({
      accepted: true,
      invitation: { id: Id, status: 'ACCEPTED' },
      task: { status: 'COMPLETE' },
      opportunity: {
        id: OpportunityId,
        lifeCycle: { stage: 'PROSPECT', reviewStatus: 'APPROVED' },
        customer: { account: { companyName: 'Acme Robotics' } },
      },
      engagement: { id: EngagementId, memberCount: 2 },
      clientToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
      userErrors: [],
    });
    expect(calls).toEqual({
      GetEngagementInvitation: 1,
      ListEngagementByAcceptingInvitationTasks: 1,
      StartEngagementByAcceptingInvitationTask: 1,
      GetOpportunity: 1,
      ListEngagements: 1,
    });

    // Again: the opportunity is handed back, and nothing is written.
    const again = await gw.query(accept, { input: { id: Id } });
    expect(again.data.acceptEngagementInvitation).toEqual({
      ...data.acceptEngagementInvitation,
      clientToken: null,
    });
    expect(again.calls).not.toHaveProperty('StartEngagementByAcceptingInvitationTask');
  });

  test('a lead is accepted by joining its engagement, and has no opportunity yet', async () => {
    await using gw = await gateway({}, unseeded);
    const { Id, EngagementId } = await referLead(gw);
    const { data, calls } = await gw.query(accept, { input: { id: Id } });
    const accepted = {
      accepted: true,
      invitation: { id: Id, status: 'ACCEPTED' },
      task: null,
      opportunity: null,
      engagement: { id: EngagementId, memberCount: 2 },
      clientToken: null,
      userErrors: [],
    };
    expect(data.acceptEngagementInvitation).toEqual(accepted);
    expect(calls).toEqual({ GetEngagementInvitation: 1, AcceptEngagementInvitation: 1, ListEngagements: 1 });
    const again = await gw.query(accept, { input: { id: Id } });
    expect(again.data.acceptEngagementInvitation).toEqual(accepted);
    expect(again.calls).toEqual({ GetEngagementInvitation: 1, ListEngagements: 1 });
  });

  test('a task in progress is reported as such, and the same input waits for it and hands back the opportunity', async () => {
    await using gw = await gateway({}, unseeded);
    await gw.emulator.control('POST', 'settings', { submissionTask: 'in-progress', taskMs: 60_000 });
    const { Id, OpportunityId } = await referOpportunity(gw);
    const input = { id: Id, waitMs: 0 };
    const first = (await gw.query(accept, { input })).data.acceptEngagementInvitation;
    expect(first).toMatchObject({
      accepted: false,
      task: { status: 'IN_PROGRESS' },
      opportunity: null,
      engagement: null,
      userErrors: [],
    });
    const joined = await gw.query(accept, { input });
    expect(joined.data.acceptEngagementInvitation).toMatchObject({ accepted: false, userErrors: [] });
    expect(joined.calls).toEqual({
      GetEngagementInvitation: 1,
      ListEngagementByAcceptingInvitationTasks: 1,
    });
    await gw.emulator.control('POST', 'clock', { advanceMs: 60_000 });
    const last = (await gw.query(accept, { input })).data.acceptEngagementInvitation;
    expect(last).toMatchObject({ accepted: true, opportunity: { id: OpportunityId }, userErrors: [] });
    const { data } = await gw.query(
      `{ engagementInvitation(id: "${Id}") { acceptance {
        status finished engagementInvitation { status } opportunity { id } } } }`,
    );
    expect(data.engagementInvitation.acceptance).toEqual({
      status: 'COMPLETE',
      finished: true,
      engagementInvitation: { status: 'ACCEPTED' },
      opportunity: { id: OpportunityId },
    });
  });

  test('after a failed task the same input starts another one', async () => {
    await using gw = await gateway({}, unseeded);
    const { Id, OpportunityId } = await referOpportunity(gw);
    await gw.emulator.injectFault({ kind: 'task-failed' });
    const failed = (await gw.query(accept, { input: { id: Id } })).data.acceptEngagementInvitation;
    expect(failed).toMatchObject({
      accepted: false,
      invitation: { status: 'PENDING' },
      task: { status: 'FAILED' },
      opportunity: null,
      userErrors: [{ code: 'REFUSED_BY_AWS', path: ['input'] }],
    });
    const { data } = await gw.query(accept, { input: { id: Id } });
    expect(data.acceptEngagementInvitation).toMatchObject({
      accepted: true,
      opportunity: { id: OpportunityId },
      userErrors: [],
    });
    expect(data.acceptEngagementInvitation.clientToken).not.toBe(failed.clientToken);
  });

  test('of two callers with tokens of their own, both get the one opportunity', async () => {
    await using gw = await gateway({}, unseeded);
    await using other = await gatewayOn(gw.emulator.url);
    const { Id, OpportunityId } = await referOpportunity(gw);
    // Both have seen a pending invitation without a task.
    await gw.emulator.hold('StartEngagementByAcceptingInvitationTask');
    const answers = [gw, other].map((one, n) =>
      one.query(accept, { input: { id: Id, clientToken: `own-${n}` } }),
    );
    await gw.emulator.untilHeld(2);
    await gw.emulator.release();
    for (const { data, errors } of await Promise.all(answers)) {
      expect(errors).toBeUndefined();
      expect(data.acceptEngagementInvitation).toMatchObject({
        accepted: true,
        opportunity: { id: OpportunityId },
        userErrors: [],
      });
    }
    const list = await gw.query('{ opportunities { nodes { id } } }');
    expect(list.data.opportunities.nodes).toEqual([{ id: OpportunityId }]);
  });

  test('an own answer is in the inbox, in the engagement and in the list of opportunities at once', async () => {
    await using gw = await gateway({ CACHE_FRESH_MS: '60000' }, unseeded);
    const { Id, OpportunityId, EngagementId } = await referOpportunity(gw);
    const all = `{ engagementInvitations { nodes { id status } } opportunities { nodes { id engagements { id } } }
      engagement(id: "${EngagementId}") { memberCount invitations(direction: RECEIVER) { status } } }`;
    expect((await gw.query(all)).data).toEqual({
      engagementInvitations: { nodes: [{ id: Id, status: 'PENDING' }] },
      opportunities: { nodes: [] },
      engagement: null,
    });
    await gw.query(accept, { input: { id: Id } });
    expect((await gw.query(all)).data).toEqual({
      engagementInvitations: { nodes: [{ id: Id, status: 'ACCEPTED' }] },
      opportunities: { nodes: [{ id: OpportunityId, engagements: [{ id: EngagementId }] }] },
      engagement: { memberCount: 2, invitations: [{ status: 'ACCEPTED' }] },
    });
  });

  test('a dry run returns what it would cost, and accepts nothing', async () => {
    await using gw = await gateway({}, unseeded);
    const { Id } = await referOpportunity(gw);
    const { extensions, calls } = await gw.query(
      accept,
      { input: { id: Id } },
      { 'x-upstream-dry-run': '1' },
    );
    expect(calls).toEqual({});
    expect(extensions.upstream.dryRun.calls).toEqual({
      GetEngagementInvitation: 1,
      ListEngagementByAcceptingInvitationTasks: 1,
      StartEngagementByAcceptingInvitationTask: 1,
      GetOpportunity: 1,
      ListEngagements: 1,
    });
    expect(await status(gw, Id)).toBe('PENDING');
  });
});

describe('rejectEngagementInvitation', () => {
  test('rejects for good, with AWS’s reasons or an own one', async () => {
    await using gw = await gateway({}, unseeded);
    const first = await referOpportunity(gw);
    const input = { id: first.Id, reason: 'UNABLE_TO_SUPPORT', confirm: true };
    const { data, calls } = await gw.query(reject, { input });
    expect(data.rejectEngagementInvitation).toEqual({
      invitation: { id: first.Id, status: 'REJECTED', rejectionReason: 'Unable to support' },
      userErrors: [],
    });
    expect(calls).toEqual({ GetEngagementInvitation: 2, RejectEngagementInvitation: 1 });
    const again = await gw.query(reject, { input });
    expect(again.data.rejectEngagementInvitation).toMatchObject({ userErrors: [] });
    expect(again.calls).not.toHaveProperty('RejectEngagementInvitation');

    const second = await referLead(gw);
    const own = { id: second.Id, reason: 'OTHER', otherReason: 'Kein Vertrieb in São Paulo', confirm: true };
    expect((await gw.query(reject, { input: own })).data.rejectEngagementInvitation).toMatchObject({
      invitation: { rejectionReason: 'Kein Vertrieb in São Paulo' },
    });
  });

  test('everything that is certainly wrong is said at once, before a call is made', async () => {
    await using gw = await gateway({}, unseeded);
    const { Id } = await referOpportunity(gw);
    const input = {
      id: Id,
      reason: 'UNABLE_TO_SUPPORT',
      otherReason: `two\nlines`,
      confirm: false,
    };
    const { data, calls } = await gw.query(reject, { input });
    expect(
      data.rejectEngagementInvitation.userErrors.map(({ code, path }: Data) => [code, path.join('.')]),
    ).toEqual([
      ['INVALID_STRING_FORMAT', 'input.otherReason'],
      ['INVALID_VALUE', 'input.otherReason'],
      ['CONFIRMATION_REQUIRED', 'input.confirm'],
    ]);
    expect(calls).toEqual({});
  });
});

describe('an answer to an invitation that', () => {
  const rejection = (id: string) => ({ id, reason: 'OTHER', confirm: true });
  const make = {
    expired: async (gw: TestGateway) => {
      const { Id } = await referOpportunity(gw);
      await gw.emulator.control('POST', 'clock', { advanceMs: 15 * 86_400_000 });
      return Id;
    },
    rejected: async (gw: TestGateway) => {
      const { Id } = await referOpportunity(gw);
      await gw.emulator.control('POST', `invitations/${Id}/reject`);
      return Id;
    },
    'accepted without a task': async (gw: TestGateway) => {
      const { Id } = await referOpportunity(gw);
      await gw.emulator.control('POST', `invitations/${Id}/accept`);
      return Id;
    },
    'expired, a lead': async (gw: TestGateway) => {
      const { Id } = await referLead(gw);
      await gw.emulator.control('POST', 'clock', { advanceMs: 15 * 86_400_000 });
      return Id;
    },
    unknown: async () => 'engi-0000000000000',
  };
  test.each([
    ['expired', 'accept', 'INVITATION_EXPIRED'],
    ['expired', 'reject', 'INVITATION_EXPIRED'],
    ['expired, a lead', 'accept', 'INVITATION_EXPIRED'],
    ['rejected', 'accept', 'INVALID_RESOURCE_STATE'],
    ['accepted without a task', 'accept', 'ALREADY_ACCEPTED'],
    ['accepted without a task', 'reject', 'ALREADY_ACCEPTED'],
    ['unknown', 'accept', 'NOT_FOUND'],
    ['unknown', 'reject', 'NOT_FOUND'],
  ] as const)('is %s: %s is %s', async (state, verb, code) => {
    await using gw = await gateway({}, unseeded);
    const id = await make[state](gw);
    const before = await started(gw);
    const input = verb === 'accept' ? { id } : rejection(id);
    for (const _ of ['first', 'again']) {
      const { data, errors } = await gw.query(verb === 'accept' ? accept : reject, { input });
      expect(errors).toBeUndefined();
      const payload = data[`${verb}EngagementInvitation`];
      expect(payload.userErrors).toMatchObject([{ code, path: ['input', 'id'] }]);
      expect(payload.accepted ?? false).toBe(false);
    }
    expect(await started(gw)).toBe(before);
  });

  test('was accepted without a task: one more task is tried, and none after it has failed for that', async () => {
    await using gw = await gateway({}, unseeded);
    const id = await make['accepted without a task'](gw);
    const start = 'StartEngagementByAcceptingInvitationTask';
    expect((await gw.query(accept, { input: { id } })).calls[start]).toBe(1);
    expect((await gw.query(accept, { input: { id } })).calls[start]).toBeUndefined();
  });

  test.each(['conflict', 'invalid-state'])(
    'changes while it is answered is reported by %s',
    async (answered) => {
      await using gw = await gateway({}, unseeded);
      await gw.emulator.control('POST', 'settings', { answeredInvitation: answered });
      const { Id } = await referOpportunity(gw);
      await gw.emulator.hold('RejectEngagementInvitation', 1);
      const rejected = gw.query(reject, { input: rejection(Id) });
      await gw.emulator.untilHeld();
      await gw.emulator.control('POST', `invitations/${Id}/accept`);
      await gw.emulator.release();
      expect((await rejected).data.rejectEngagementInvitation.userErrors).toMatchObject([
        { code: 'ALREADY_ACCEPTED' },
      ]);
    },
  );

  test('lost its response is made once, or said to be unknown', async () => {
    await using gw = await gateway({ REQUEST_TIMEOUT_MS: '3000' }, unseeded);
    const lead = await referLead(gw);
    await gw.emulator.injectFault({ kind: 'drop-after', operation: 'AcceptEngagementInvitation' });
    const accepted = await gw.query(accept, { input: { id: lead.Id } });
    expect(accepted.data.acceptEngagementInvitation).toMatchObject({ accepted: true, userErrors: [] });
    expect(accepted.calls).toMatchObject({ AcceptEngagementInvitation: 1 });

    const { Id } = await referOpportunity(gw);
    await gw.emulator.injectFault({ kind: 'drop-before', operation: 'RejectEngagementInvitation', times: 9 });
    const { data } = await gw.query(reject, { input: rejection(Id) });
    expect(data.rejectEngagementInvitation.userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
    expect(await status(gw, Id)).toBe('PENDING');
  });
});

test('the audit log names the invitation, and whether it was answered', async () => {
  await using gw = await gateway({}, unseeded);
  const { Id } = await referOpportunity(gw);
  await gw.query(accept, { input: { id: Id } });
  await gw.query(accept, { input: { id: Id } });
  await gw.query(reject, { input: { id: Id, reason: 'OTHER', confirm: true } });
  const lines = gw.logged.map((line) => JSON.parse(line)).filter(({ audit }) => audit);
  expect(lines.map(({ mutation, subject, outcome }) => [mutation, subject, outcome])).toEqual([
    ['acceptEngagementInvitation', Id, 'written'],
    ['acceptEngagementInvitation', Id, 'unchanged'],
    ['rejectEngagementInvitation', Id, 'ALREADY_ACCEPTED'],
  ]);
});
