/** The four kinds of tasks: what each has, what reading it costs, and how all are listed as one. */
import {
  CreateEngagementCommand,
  CreateOpportunityCommand,
  PartnerCentralSellingClient,
  StartEngagementByAcceptingInvitationTaskCommand,
  StartEngagementFromOpportunityTaskCommand,
  StartOpportunityFromEngagementTaskCommand,
  StartProspectingFromEngagementTaskCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { submittableCreate, validCreate } from './emulator/kit.ts';
import { lead } from './emulator/payloads.ts';
import { type Data, gateway, type TestGateway } from './kit.ts';

const Catalog = 'Sandbox';

/** Another program of the same partner, which starts tasks. */
function starter(gw: TestGateway) {
  const client = new PartnerCentralSellingClient({
    region: 'us-east-1',
    endpoint: gw.emulator.url,
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'test' },
  });
  let tokens = 0;
  const token = () => `token-${tokens++}`;
  return {
    async submission() {
      const { Id } = await client.send(new CreateOpportunityCommand(submittableCreate(token())));
      const AwsSubmission = { InvolvementType: 'Co-Sell' as const };
      const task = { Catalog, ClientToken: token(), Identifier: Id, AwsSubmission };
      const started = await client.send(new StartEngagementFromOpportunityTaskCommand(task));
      return { ...started, id: `engagement-from-opportunity-task/${started.TaskId}` };
    },
    async acceptance(Identifier?: string) {
      const { Catalog: _, ClientToken: __, ...opportunity } = validCreate();
      const invitation = Identifier ?? (await gw.emulator.control('POST', 'invitations', { opportunity })).Id;
      const task = { Catalog, ClientToken: token(), Identifier: invitation };
      const started = await client.send(new StartEngagementByAcceptingInvitationTaskCommand(task));
      return { ...started, invitation, id: `engagement-by-accepting-invitation-task/${started.TaskId}` };
    },
    async room() {
      const Contexts = [{ Type: 'Lead' as const, Payload: { Lead: lead() } }];
      const room = { Catalog, ClientToken: token(), Title: 'Acme Robotics', Contexts };
      return (await client.send(new CreateEngagementCommand(room))).Id as string;
    },
    async conversion(Identifier: string) {
      const task = { Catalog, ClientToken: token(), Identifier, ContextIdentifier: '1' };
      const started = await client.send(new StartOpportunityFromEngagementTaskCommand(task));
      return { ...started, id: `opportunity-from-engagement-task/${started.TaskId}` };
    },
    async prospecting(Identifiers: string[], TaskName = 'Spring') {
      const task = { Catalog, ClientToken: token(), Identifiers, TaskName };
      const started = await client.send(new StartProspectingFromEngagementTaskCommand(task));
      return { ...started, id: `prospecting-from-engagement-task/${started.TaskId}` };
    },
    [Symbol.dispose]: () => client.destroy(),
  };
}

const common = 'id __typename status reasonCode message finished errors { path code message field }';
const done = { status: 'COMPLETE', reasonCode: null, message: null, finished: true, errors: [] };

describe('a task of each kind', () => {
  test('an acceptance has the opportunity that it has created', async () => {
    await using gw = await gateway();
    using start = starter(gw);
    const { id, OpportunityId } = await start.acceptance();
    const query = `{ node(id: "${id}") { ... on Task { ${common} }
      ... on EngagementByAcceptingInvitationTask { opportunity { id } } } }`;
    const { data, calls, errors } = await gw.query(query);
    expect(errors).toBeUndefined();
    expect(data.node).toEqual({
      id,
      __typename: 'EngagementByAcceptingInvitationTask',
      ...done,
      opportunity: { id: OpportunityId },
    });
    expect(calls).toEqual({ ListEngagementByAcceptingInvitationTasks: 1, GetOpportunity: 1 });
  });

  test('a conversion has the opportunity, the engagement and the context', async () => {
    await using gw = await gateway();
    using start = starter(gw);
    const room = await start.room();
    const { id, OpportunityId, ContextId } = await start.conversion(room);
    const { data, calls } = await gw.query(`{ node(id: "${id}") { ... on OpportunityFromEngagementTask {
      ${common} opportunity { id } engagement { id } contextId } } }`);
    expect(data.node).toMatchObject({
      ...done,
      opportunity: { id: OpportunityId },
      engagement: { id: room },
      contextId: ContextId,
    });
    expect(calls).toEqual({ ListOpportunityFromEngagementTasks: 1, GetOpportunity: 1, ListEngagements: 1 });
  });

  test('a prospecting task counts its engagements, and has what became of each', async () => {
    await using gw = await gateway();
    await gw.emulator.control('POST', 'settings', { prospectingTask: 'complete' });
    using start = starter(gw);
    const room = await start.room();
    const { id } = await start.prospecting([room, 'eng-00000000000000']);
    const query = `{ node(id: "${id}") { ... on ProspectingFromEngagementTask {
      ${common} name startTime endTime total completed failed
      engagements { engagementIdentifier engagement { id } engagementContextId status reasonCode message } } } }`;
    const { data, calls } = await gw.query(query);
    expect(data.node).toMatchObject({
      ...done,
      name: 'Spring',
      startTime: expect.any(String),
      endTime: expect.any(String),
      total: 2,
      completed: 1,
      failed: 1,
      engagements: [
        {
          engagementIdentifier: room,
          engagement: { id: room },
          engagementContextId: expect.stringMatching(/^ctx-/),
          status: 'COMPLETED',
          reasonCode: null,
        },
        { engagementIdentifier: 'eng-00000000000000', engagement: null, status: 'FAILED' },
      ],
    });
    expect(calls).toEqual({
      ListProspectingFromEngagementTasks: 1,
      GetProspectingFromEngagementTask: 1,
      ListEngagements: 1,
    });
    const again = await gw.query(query.replace(' engagement { id }', ''));
    expect([again.data.node.engagements.length, again.calls]).toEqual([2, {}]);
  });

  test('a prospecting task is in progress until it has an end, and its results are read again until then', async () => {
    await using gw = await gateway();
    using start = starter(gw);
    const { id } = await start.prospecting([await start.room()]);
    const query = `{ node(id: "${id}") { ... on ProspectingFromEngagementTask {
      status finished endTime total completed failed engagements { status } } } }`;
    const open = await gw.query(query);
    expect(open.data.node).toEqual({
      status: 'IN_PROGRESS',
      finished: false,
      endTime: null,
      total: 1,
      completed: 0,
      failed: 0,
      engagements: [{ status: 'IN_PROGRESS' }],
    });
    await gw.emulator.control('POST', 'clock', { advanceMs: 10_000 });
    const over = await gw.query(query);
    expect(over.data.node).toMatchObject({ status: 'COMPLETE', finished: true, completed: 1 });
    expect(over.data.node.engagements).toEqual([{ status: 'COMPLETED' }]);
  });

  test('a prospecting task has failed if it has for every engagement, each of which has the reason', async () => {
    await using gw = await gateway();
    await gw.emulator.control('POST', 'settings', { prospectingTask: 'complete' });
    using start = starter(gw);
    const room = await start.room();
    // Two tasks fill the room, so that a third finds no place for its result.
    await gw.emulator.control('POST', 'settings', { repeatedProspecting: 'add' });
    for (let n = 0; n < 4; n++) await start.prospecting([room]);
    const { id } = await start.prospecting([room]);
    const { data } = await gw.query(
      `{ node(id: "${id}") { ... on ProspectingFromEngagementTask { ${common} failed engagements { reasonCode } } } }`,
    );
    expect(data.node).toMatchObject({
      status: 'FAILED',
      finished: true,
      failed: 1,
      errors: [
        {
          path: ['input'],
          code: 'REFUSED_BY_AWS',
          message: 'AWS did not enrich any of the leads. Each engagement of the task has its own reason.',
        },
      ],
      engagements: [{ reasonCode: 'ServiceQuotaExceeded' }],
    });
  });

  test('a failed acceptance and a failed conversion say why in their errors', async () => {
    await using gw = await gateway();
    using start = starter(gw);
    const { invitation } = await start.acceptance();
    const room = await start.room();
    await start.conversion(room);
    const failed = [await start.acceptance(invitation), await start.conversion(room)];
    const { data } = await gw.query(
      `{ ${failed.map(({ id }, n) => `t${n}: node(id: "${id}") { ... on Task { ${common} } }`).join(' ')} }`,
    );
    for (const [n, { Message }] of failed.entries())
      expect(data[`t${n}`]).toMatchObject({
        status: 'FAILED',
        finished: true,
        message: Message,
        errors: [{ path: ['input'], code: 'REFUSED_BY_AWS', message: Message, field: null }],
      });
    expect(data.t1.reasonCode).toBe('ENGAGEMENT_CONFLICT');
  });
});

describe('the tasks of all kinds', () => {
  const page = (gw: TestGateway, args: string) =>
    gw.query(`{ tasks(${args}) { nodes { id __typename status } pageInfo { hasNextPage endCursor } } }`);

  /** A few tasks of every kind, started in turns; the latest is the first. */
  async function some(gw: TestGateway): Promise<string[]> {
    await gw.emulator.control('POST', 'settings', { prospectingTask: 'complete' });
    using start = starter(gw);
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      const room = await start.room();
      ids.unshift((await start.submission()).id);
      ids.unshift((await start.acceptance()).id);
      ids.unshift((await start.conversion(room)).id);
      ids.unshift((await start.prospecting([room])).id);
    }
    return ids;
  }

  test('are one list, latest first, at one call for each kind and page', async () => {
    await using gw = await gateway({}, { now: ticking() });
    const ids = await some(gw);
    const found: string[] = [];
    for (let after = '', hasNextPage = true; hasNextPage; ) {
      const { data, calls } = await page(gw, `first: 5${after && `, after: "${after}"`}`);
      found.push(...data.tasks.nodes.map(({ id }: Data) => id));
      ({ endCursor: after, hasNextPage } = data.tasks.pageInfo);
      for (const made of Object.values(calls)) expect(made).toBe(1);
    }
    expect(found).toEqual(ids);
  });

  test('are filtered by kind and status, at no call for the other kinds', async () => {
    await using gw = await gateway({}, { now: ticking() });
    const ids = await some(gw);
    const chosen = await page(gw, 'kinds: [PROSPECTING, CONVERSION, PROSPECTING], statuses: [COMPLETE]');
    expect(chosen.data.tasks.nodes.map(({ id }: Data) => id)).toEqual(
      ids.filter((id) => /^(prospecting|opportunity)-/.test(id)),
    );
    expect(chosen.calls).toEqual({
      ListOpportunityFromEngagementTasks: 1,
      ListProspectingFromEngagementTasks: 1,
    });
    const failed = await page(gw, 'statuses: [FAILED]');
    expect(failed.data.tasks.nodes).toEqual([]);
    const { endCursor } = (await page(gw, 'first: 1, kinds: [SUBMISSION]')).data.tasks.pageInfo;
    const other = await page(gw, `first: 1, kinds: [ACCEPTANCE], after: "${endCursor}"`);
    expect(other.errors?.[0]?.message).toContain('a cursor of another filter, sort or account');
  });
});

/** A time that moves by a second whenever it is read, so that tasks start one after the other. */
function ticking(): () => number {
  let now = Date.parse('2031-05-14T12:00:00Z');
  return () => (now += 1_000);
}
