/** Tasks of AWS: how they are read, what they cost, and how one poller serves all who wait. */
import {
  PartnerCentralSellingClient,
  StartEngagementFromOpportunityTaskCommand,
} from '@aws-sdk/client-partnercentral-selling';
import { describe, expect, test } from 'vitest';
import { refusalsOf } from '../src/domain/tasks.ts';
import { submittable } from './create-input.ts';
import { type Data, gateway, type TestGateway } from './kit.ts';

/** Creates an opportunity; returns its id. */
async function create(gw: TestGateway, input: object = submittable): Promise<string> {
  const query = 'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { id } }';
  const { data } = await gw.query(query, { input: { ...input, partnerOpportunityIdentifier: null } });
  return data.createOpportunity.id;
}

/** Starts a submission as another program of the same partner does; returns AWS's answer. */
async function start(gw: TestGateway, Identifier: string, ClientToken: string) {
  const client = new PartnerCentralSellingClient({
    region: 'us-east-1',
    endpoint: gw.emulator.url,
    credentials: { accessKeyId: 'TEST', secretAccessKey: 'test' },
  });
  try {
    return await client.send(
      new StartEngagementFromOpportunityTaskCommand({
        Catalog: 'Sandbox',
        ClientToken,
        Identifier,
        AwsSubmission: { InvolvementType: 'Co-Sell', Visibility: 'Full' },
      }),
    );
  } finally {
    client.destroy();
  }
}

const fields = 'id arn startTime status reasonCode message finished errors { path code message field sent }';

describe('the submissions of an opportunity', () => {
  test('an opportunity that was never submitted has none', async () => {
    await using gw = await gateway();
    const { data } = await gw.query(
      '{ opportunity(id: "O5000002") { submission { id } submissions { id } } }',
    );
    expect(data.opportunity).toEqual({ submission: null, submissions: [] });
  });

  test('the latest submission is the one that was started last, by any program', async () => {
    await using gw = await gateway();
    const id = await create(gw, {
      ...submittable,
      project: { ...submittable.project, deliveryModels: null },
    });
    const failed = await start(gw, id, 'one');
    await gw.emulator.patchRecord(id, { Project: { DeliveryModels: ['SaaS or PaaS'] } });
    const complete = await start(gw, id, 'two');
    const { data, calls } = await gw.query(
      `{ opportunity(id: "${id}") { submission { ${fields} opportunity { id } } submissions { id status } } }`,
    );
    const name = (TaskId = '') => `engagement-from-opportunity-task/${TaskId}`;
    expect(data.opportunity.submission).toEqual({
      id: name(complete.TaskId),
      arn: complete.TaskArn,
      startTime: expect.stringContaining(complete.StartTime?.toISOString().slice(0, 19) ?? '?'),
      status: 'COMPLETE',
      reasonCode: null,
      message: null,
      finished: true,
      errors: [],
      opportunity: { id },
    });
    expect(data.opportunity.submissions).toEqual([
      { id: name(complete.TaskId), status: 'COMPLETE' },
      { id: name(failed.TaskId), status: 'FAILED' },
    ]);
    expect(calls).toEqual({ GetOpportunity: 1, ListEngagementFromOpportunityTasks: 1 });
    const latest = await gw.query(`{ opportunity(id: "${id}") { submissions(first: 1) { status } } }`);
    expect(latest.data.opportunity.submissions).toEqual([{ status: 'COMPLETE' }]);
    const none = await gw.query(`{ opportunity(id: "${id}") { submissions(first: 0) { status } } }`);
    expect(none.errors?.[0]?.message).toBe('first: got 0, expected 1 to 100');
  });

  test('the submissions of a page cost one call for ten opportunities, and the page needs no whole records', async () => {
    await using gw = await gateway();
    const { data, calls } = await gw.query(
      '{ opportunities(first: 95) { nodes { id submission { status } } } }',
    );
    expect(data.opportunities.nodes).toHaveLength(95);
    expect(calls).toEqual({ ListOpportunities: 1, ListEngagementFromOpportunityTasks: 10 });
  });

  test('a failed submission has every part of its message as an error, where the input takes the correction', async () => {
    await using gw = await gateway();
    const { deliveryModels: _, otherSolutionDescription: __, ...project } = submittable.project;
    const id = await create(gw, { ...submittable, project });
    await start(gw, id, 'one');
    const { data } = await gw.query(`{ opportunity(id: "${id}") { submission { ${fields} } } }`);
    expect(data.opportunity.submission).toMatchObject({
      status: 'FAILED',
      reasonCode: 'OPPORTUNITY_VALIDATION_FAILED',
      finished: true,
      errors: [
        {
          path: ['input', 'patch', 'project', 'deliveryModels'],
          code: 'REQUIRED_FIELD_MISSING',
          message: 'Delivery models is required.',
          field: 'project.deliveryModels',
          sent: false,
        },
        {
          path: ['input', 'associate', 'solutions'],
          code: 'REFUSED_BY_AWS',
          field: 'relatedEntityIdentifiers.solutions',
          sent: false,
        },
      ],
    });
  });
});

describe('the tasks of the account', () => {
  const page = (gw: TestGateway, args: string) =>
    gw.query(`{ tasks(${args}) { nodes { id status ... on EngagementFromOpportunityTask { opportunity { id } } }
      edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`);

  test('are a connection, latest first, at one call a page', async () => {
    await using gw = await gateway();
    const started: string[] = [];
    for (let n = 0; n < 5; n++) started.unshift(await create(gw));
    for (const [n, id] of started.toReversed().entries()) await start(gw, id, `token-${n}`);
    const first = await page(gw, 'first: 3, kinds: [SUBMISSION]');
    expect(first.data.tasks.nodes.map(({ opportunity }: Data) => opportunity.id)).toEqual(
      started.slice(0, 3),
    );
    expect(first.data.tasks.edges.map(({ node }: Data) => node.id)).toEqual(
      first.data.tasks.nodes.map(({ id }: Data) => id),
    );
    expect(first.calls.ListEngagementFromOpportunityTasks).toBe(1);
    const { endCursor } = first.data.tasks.pageInfo;
    const second = await page(gw, `first: 3, after: "${endCursor}", kinds: [SUBMISSION]`);
    expect(second.data.tasks.nodes.map(({ opportunity }: Data) => opportunity.id)).toEqual(started.slice(3));
    expect(second.data.tasks.pageInfo.hasNextPage).toBe(false);
  });

  test('are filtered by their states', async () => {
    await using gw = await gateway();
    const lacking = { ...submittable, project: { ...submittable.project, deliveryModels: null } };
    await start(gw, await create(gw), 'one');
    await start(gw, await create(gw, lacking), 'two');
    const failed = await page(gw, 'statuses: [FAILED]');
    expect(failed.data.tasks.nodes).toMatchObject([{ status: 'FAILED' }]);
    const none = await page(gw, 'first: 0');
    expect(none.errors?.[0]?.message).toBe('first: got 0, expected 1 to 100');
  });
});

describe('a task by its id', () => {
  test('is a node, of which AWS returns ten to a call, and a finished one is never read again', async () => {
    await using gw = await gateway();
    const ids: string[] = [];
    for (let n = 0; n < 12; n++) {
      const { TaskId } = await start(gw, await create(gw), `token-${n}`);
      ids.push(`engagement-from-opportunity-task/${TaskId}`);
    }
    const query = `{ ${ids.map((id, n) => `t${n}: node(id: "${id}") { id __typename ... on Task { status } }`).join(' ')} }`;
    const cold = await gw.query(query);
    expect(Object.values(cold.data)).toEqual(
      ids.map((id) => ({ id, __typename: 'EngagementFromOpportunityTask', status: 'COMPLETE' })),
    );
    expect(cold.calls).toEqual({ ListEngagementFromOpportunityTasks: 2 });
    const warm = await gw.query(query);
    expect([warm.data, warm.calls]).toEqual([cold.data, {}]);
  });

  test('is null if AWS has no such task', async () => {
    await using gw = await gateway();
    const { data } = await gw.query(
      '{ node(id: "engagement-from-opportunity-task/task-0123456789abc") { id } }',
    );
    expect(data.node).toBeNull();
  });
});

test.each([
  ['nothing', '', []],
  [
    'one part',
    'REQUIRED_FIELD_MISSING project.salesActivities:Sales activities are required',
    [['REQUIRED_FIELD_MISSING', 'project.salesActivities', 'Sales activities are required']],
  ],
  [
    'parts, of which one message has a semicolon and another no field',
    'INVALID_VALUE a.b:One; two:three;BUSINESS_VALIDATION_EXCEPTION c:Four ; ACTION_NOT_PERMITTED:Five',
    [
      ['INVALID_VALUE', 'a.b', 'One; two:three'],
      ['BUSINESS_VALIDATION_EXCEPTION', 'c', 'Four'],
      ['ACTION_NOT_PERMITTED', undefined, 'Five'],
    ],
  ],
  [
    'a message of another form',
    'Something else; failed.',
    [['REFUSED', undefined, 'Something else; failed.']],
  ],
])('a message is taken apart: %s', (_, message, expected) => {
  expect(refusalsOf(message).map(({ code, fieldName, message }) => [code, fieldName, message])).toEqual(
    expected,
  );
});
