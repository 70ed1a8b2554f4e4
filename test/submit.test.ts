/** Submissions through GraphQL against the emulator: steps, costs, errors, and what is done by a second attempt. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { submittable } from './create-input.ts';
import { type Answer, type Data, gateway, type TestGateway } from './kit.ts';

let gw: TestGateway;
beforeEach(async () => {
  gw = await gateway();
});
afterEach(() => gw[Symbol.asyncDispose]());

const fields = `submitted clientToken
  task { id status reasonCode finished }
  steps { name outcome calls association { action type id outcome } }
  warnings { path message }
  userErrors { path code message field sent }`;
const mutation = (selection = fields) =>
  `mutation ($input: SubmitOpportunityInput!) { submitOpportunity(input: $input) { ${selection} } }`;

/** Creates an opportunity; returns its id. */
async function create(input: object = submittable): Promise<string> {
  const query =
    'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { id userErrors { message } } }';
  const { data } = await gw.query(query, { input: { ...input, partnerOpportunityIdentifier: null } });
  expect(data.createOpportunity.userErrors).toEqual([]);
  return data.createOpportunity.id;
}

const submit = async (id: string, more: object = {}, selection = fields, on = gw): Promise<Answer> =>
  on.query(mutation(selection), { input: { id, involvementType: 'CO_SELL', ...more } });
const payload = ({ data, errors }: Answer): Data => {
  expect(errors).toBeUndefined();
  return data.submitOpportunity;
};
const outcomes = ({ steps }: Data) => steps.map(({ name, outcome }: Data) => `${name} ${outcome}`);
const tasks = async (id: string): Promise<Data[]> =>
  (await gw.query(`{ opportunity(id: "${id}") { submissions { id status } } }`)).data.opportunity.submissions;
const statusOf = async (id: string) => (await gw.emulator.record(id)).LifeCycle.ReviewStatus;

describe('a submission', () => {
  test('with two solutions to attach costs three reads and three writes', async () => {
    const id = await create();
    const answer = await submit(
      id,
      { associate: { solutions: ['S-1234567', 'S-0051201'] } },
      `${fields} opportunity { lifeCycle { reviewStatus } relatedEntityIdentifiers { solutions } }`,
    );
    const { task, steps, clientToken, userErrors, submitted, opportunity } = payload(answer);
    expect({ submitted, userErrors, opportunity }).toEqual({
      submitted: true,
      userErrors: [],
      opportunity: {
        lifeCycle: { reviewStatus: 'SUBMITTED' },
        relatedEntityIdentifiers: { solutions: ['S-1234567', 'S-0051201'] },
      },
    });
    const association = (solution: string) => ({
      name: 'ASSOCIATE',
      outcome: 'DONE',
      calls: 1,
      association: { action: 'ASSOCIATE', type: 'SOLUTIONS', id: solution, outcome: 'DONE' },
    });
    const step = (name: string, outcome: string, calls: number) => ({
      name,
      outcome,
      calls,
      association: null,
    });
    expect(steps).toEqual([
      step('CHECK', 'DONE', 2),
      step('PATCH', 'SKIPPED', 0),
      association('S-1234567'),
      association('S-0051201'),
      step('START', 'DONE', 1),
      step('WAIT', 'DONE', 0),
    ]);
    expect(task).toMatchObject({ status: 'COMPLETE', finished: true });
    expect(clientToken).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(answer.calls).toEqual({
      GetOpportunity: 2,
      ListEngagementFromOpportunityTasks: 1,
      AssociateOpportunity: 2,
      StartEngagementFromOpportunityTask: 1,
    });
  });

  test('applies the last corrections first, by one write and no further read', async () => {
    const { salesActivities: _, ...project } = submittable.project;
    const id = await create({ ...submittable, project });
    const answer = await submit(id, { patch: { project: { salesActivities: ['SOW_SIGNED'] } } });
    expect(outcomes(payload(answer))).toEqual(['CHECK DONE', 'PATCH DONE', 'START DONE', 'WAIT DONE']);
    expect(answer.calls).toEqual({
      GetOpportunity: 1,
      ListEngagementFromOpportunityTasks: 1,
      UpdateOpportunity: 1,
      StartEngagementFromOpportunityTask: 1,
    });
    expect(await statusOf(id)).toBe('Submitted');
  });
});

test('a submission shows the engagement in which AWS has the opportunity', async () => {
  const id = await create();
  const answer = await submit(id, {}, 'engagement { id } task { id } opportunity { engagements { id } }');
  const { engagement, opportunity } = payload(answer);
  expect(engagement.id).toMatch(/^eng-/);
  expect(opportunity.engagements).toEqual([engagement]);
  const { data } = await gw.query(`{ opportunity(id: "${id}") { submission { engagement { id } } } }`);
  expect(data.opportunity.submission.engagement).toEqual(engagement);
});

describe('what AWS would refuse', () => {
  test('is reported all at once and before anything is written, at the cost of one read', async () => {
    const { salesActivities: _, ...project } = submittable.project;
    const id = await create({ ...submittable, project });
    const answer = await submit(id, {
      visibility: 'LIMITED',
      patch: { project: { deliveryModels: [], customerBusinessProblem: 'Short.' } },
      associate: { solutions: ['S-x'] },
    });
    const { submitted, steps, userErrors } = payload(answer);
    expect([submitted, outcomes({ steps })]).toEqual([
      false,
      ['CHECK FAILED', 'PATCH PENDING', 'START PENDING', 'WAIT PENDING'],
    ]);
    expect(userErrors.map(({ path, code, sent }: Data) => [path.slice(1).join('.'), code, sent])).toEqual([
      ['patch.project.customerBusinessProblem', 'INVALID_STRING_FORMAT', true],
      ['associate.solutions.0', 'INVALID_STRING_FORMAT', true],
      ['patch.project.deliveryModels', 'REQUIRED_FIELD_MISSING', true],
      ['patch.project.salesActivities', 'REQUIRED_FIELD_MISSING', false],
      ['visibility', 'ACTION_NOT_PERMITTED', true],
    ]);
    expect(answer.calls).toEqual({ GetOpportunity: 1 });
  });

  test('is a failed task, of which each part is an error at the caller’s path, and a retry is a new task', async () => {
    const id = await create();
    const related = { Project: { RelatedOpportunityIdentifier: 'O404' }, OpportunityType: 'Expansion' };
    await gw.emulator.patchRecord(id, related, { touch: true });
    const failed = payload(await submit(id));
    expect(outcomes(failed)).toEqual(['CHECK DONE', 'PATCH SKIPPED', 'START DONE', 'WAIT FAILED']);
    expect(failed).toMatchObject({
      submitted: false,
      task: { status: 'FAILED', reasonCode: 'OPPORTUNITY_VALIDATION_FAILED', finished: true },
      userErrors: [
        {
          path: ['input', 'patch', 'project', 'relatedOpportunityIdentifier'],
          code: 'INVALID_VALUE',
          message: 'Opportunity O404 does not exist or is not accessible',
          field: 'project.relatedOpportunityIdentifier',
          sent: false,
        },
      ],
    });
    expect(await statusOf(id)).toBe('Pending Submission');

    const patch = { project: { relatedOpportunityIdentifier: 'O5000002' } };
    const fixed = payload(await submit(id, { patch }));
    expect(fixed).toMatchObject({ submitted: true, userErrors: [] });
    expect(fixed.clientToken).not.toBe(failed.clientToken);
    expect(await tasks(id)).toMatchObject([{ status: 'COMPLETE' }, { status: 'FAILED' }]);
  });

  test('an unknown solution keeps the opportunity from being submitted', async () => {
    const id = await create();
    const answer = payload(await submit(id, { associate: { solutions: ['S-1234567', 'S-404'] } }));
    expect(outcomes(answer)).toEqual([
      'CHECK DONE',
      'PATCH SKIPPED',
      'ASSOCIATE DONE',
      'ASSOCIATE FAILED',
      'START PENDING',
      'WAIT PENDING',
    ]);
    expect(answer.userErrors).toMatchObject([
      { path: ['input', 'associate', 'solutions', '1'], code: 'NOT_FOUND' },
    ]);
    expect(await tasks(id)).toEqual([]);
  });

  test.each<[string, object, Data]>([
    [
      'an unknown opportunity',
      { id: 'O404' },
      { path: ['input', 'id'], code: 'NOT_FOUND', message: 'Opportunity O404 not found.' },
    ],
    [
      'a token that is too long',
      { clientToken: 'x'.repeat(256) },
      { path: ['input', 'clientToken'], code: 'INVALID_STRING_FORMAT' },
    ],
    ['an empty list of tags', { tags: [] }, { path: ['input', 'tags'], code: 'NOT_ENOUGH_VALUES' }],
  ])('%s is a user error', async (_, more, error) => {
    const answer = await submit(await create(), more);
    expect(payload(answer).userErrors).toMatchObject([error]);
    expect(answer.calls.StartEngagementFromOpportunityTask).toBeUndefined();
  });

  test('a negative time to wait is an error', async () => {
    const { errors, data } = await submit('O5000002', { waitMs: -1 });
    expect([data.submitOpportunity, errors?.[0]?.message]).toEqual([
      null,
      'input.waitMs: got -1, expected 0 or more',
    ]);
  });
});

describe('a second attempt', () => {
  test('finds that AWS has the opportunity, writes nothing, and reports what it left out', async () => {
    const id = await create();
    await submit(id);
    const again = await submit(id, { patch: { lifeCycle: { nextSteps: 'Call' } } });
    expect(payload(again)).toMatchObject({
      submitted: true,
      clientToken: null,
      task: null,
      warnings: [{ path: ['input'], message: expect.stringContaining('had already been submitted') }],
      userErrors: [],
    });
    expect(outcomes(payload(again))).toEqual([
      'CHECK DONE',
      'PATCH SKIPPED',
      'START SKIPPED',
      'WAIT SKIPPED',
    ]);
    expect(again.calls).toEqual({ GetOpportunity: 1 });
    expect(payload(await submit(id)).warnings).toEqual([]);
  });

  test('at the same time in another tab submits once, and associates once', async () => {
    const id = await create();
    const associate = { solutions: ['S-1234567', 'S-0051201'] };
    const answers = await Promise.all([1, 2, 3].map(() => submit(id, { associate })));
    for (const answer of answers) expect(payload(answer)).toMatchObject({ submitted: true, userErrors: [] });
    const log = await gw.emulator.log();
    const writes = log
      .map(({ operation }: Data) => operation)
      .filter((name: string) => !/^(Get|List)/.test(name));
    expect(writes).toEqual([
      'AssociateOpportunity',
      'AssociateOpportunity',
      'StartEngagementFromOpportunityTask',
    ]);
  });

  test('after a lost response continues with the same token', async () => {
    const id = await create();
    await gw.emulator.injectFault({
      kind: 'drop-after',
      operation: 'StartEngagementFromOpportunityTask',
      times: 5,
    });
    const lost = payload(await submit(id));
    expect(lost).toMatchObject({
      submitted: false,
      userErrors: [{ path: ['input'], code: 'OUTCOME_UNKNOWN' }],
    });
    expect(outcomes(lost)).toEqual(['CHECK DONE', 'PATCH SKIPPED', 'START PENDING', 'WAIT PENDING']);
    expect(payload(await submit(id))).toMatchObject({ submitted: true, userErrors: [] });
    expect(await tasks(id)).toHaveLength(1);
  });

  test('after AWS has asked for changes is a new task', async () => {
    const id = await create();
    const first = payload(await submit(id));
    const review = { decision: 'Action Required', comments: 'More detail, please.' };
    await gw.emulator.control('POST', `opportunities/${id}/review`, review);
    const second = payload(
      await submit(id, { patch: { project: { customerBusinessProblem: 'Turbines wear out unseen.' } } }),
    );
    expect(second).toMatchObject({ submitted: true, userErrors: [] });
    expect(second.clientToken).not.toBe(first.clientToken);
    expect(await tasks(id)).toMatchObject([{ status: 'COMPLETE' }, { status: 'COMPLETE' }]);
  });

  test('with a token of the caller’s own gets AWS’s first answer again, and with other content a conflict', async () => {
    const id = await create();
    const related = { Project: { RelatedOpportunityIdentifier: 'O404' }, OpportunityType: 'Expansion' };
    await gw.emulator.patchRecord(id, related, { touch: true });
    const first = payload(await submit(id, { clientToken: 'mine' }));
    const again = payload(await submit(id, { clientToken: 'mine' }));
    expect([again.clientToken, again.task.id]).toEqual(['mine', first.task.id]);
    const other = payload(await submit(await create(), { clientToken: 'mine' }));
    expect(other.userErrors).toMatchObject([
      { path: ['input', 'clientToken'], code: 'IDEMPOTENCY_CONFLICT' },
    ]);
  });

  test.each(['Approved', 'In review'])('of an opportunity that is %s is a success', async (decision) => {
    const id = await create();
    await submit(id);
    await gw.emulator.control('POST', `opportunities/${id}/review`, { decision });
    expect(payload(await submit(id))).toMatchObject({ submitted: true, userErrors: [] });
  });

  test('of an opportunity that AWS has rejected is an error', async () => {
    const id = await create();
    await submit(id);
    await gw.emulator.control('POST', `opportunities/${id}/review`, { decision: 'Rejected' });
    expect(payload(await submit(id))).toMatchObject({
      submitted: false,
      userErrors: [{ path: ['input', 'id'], code: 'ACTION_NOT_PERMITTED' }],
    });
  });
});

describe('expectedLastModifiedDate', () => {
  const dateOf = async (id: string) => (await gw.emulator.record(id)).LastModifiedDate;

  test('keeps a version that the caller has not seen from being submitted', async () => {
    const id = await create();
    const expectedLastModifiedDate = await dateOf(id);
    await gw.emulator.patchRecord(id, { Project: { Title: 'Another deal' } }, { touch: true });
    const answer = payload(await submit(id, { expectedLastModifiedDate }));
    expect(answer).toMatchObject({
      submitted: false,
      userErrors: [{ path: ['input', 'expectedLastModifiedDate'], code: 'CONFLICT' }],
    });
    expect(await tasks(id)).toEqual([]);
    const seen = await dateOf(id);
    expect(payload(await submit(id, { expectedLastModifiedDate: seen })).submitted).toBe(true);
  });

  test('does not take what an earlier attempt has done for a change by someone else', async () => {
    const id = await create();
    const { data } = await gw.query(`{ opportunity(id: "${id}") { lastModifiedDate project { title } } }`);
    const more = {
      expectedLastModifiedDate: data.opportunity.lastModifiedDate,
      patch: { lifeCycle: { nextSteps: 'Call' }, project: { title: 'Wear forecasts' } },
      associate: { solutions: ['S-1234567'] },
    };
    await gw.emulator.injectFault({
      kind: 'drop-before',
      operation: 'StartEngagementFromOpportunityTask',
      times: 5,
    });
    expect(payload(await submit(id, more)).userErrors).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
    const again = payload(await submit(id, more));
    expect(again).toMatchObject({ submitted: true, userErrors: [] });
    expect(outcomes(again)).toEqual(['CHECK DONE', 'PATCH SKIPPED', 'START DONE', 'WAIT DONE']);
  });
});

test('a dry run counts the calls of a submission, and sends none', async () => {
  const id = await create();
  const input = {
    id,
    involvementType: 'CO_SELL',
    patch: { lifeCycle: { nextSteps: 'Call' } },
    associate: { solutions: ['S-1234567', 'S-0051201'] },
  };
  const answer = await gw.query(
    mutation('submitted opportunity { project { title } }'),
    { input },
    {
      'x-upstream-dry-run': '1',
    },
  );
  expect(answer.extensions.upstream.dryRun.calls).toEqual({
    GetOpportunity: 2,
    ListEngagementFromOpportunityTasks: 1,
    UpdateOpportunity: 1,
    AssociateOpportunity: 2,
    StartEngagementFromOpportunityTask: 1,
  });
  expect(answer.calls).toEqual({});
});

test('a submission is logged with its opportunity, the outcome of each step, and no values', async () => {
  const id = await create();
  await submit(id, { associate: { solutions: ['S-1234567', 'S-404'] } });
  await submit(id, { associate: { solutions: ['S-1234567'] } });
  const lines = gw.logged
    .map((line) => JSON.parse(line))
    .filter(({ mutation }) => mutation === 'submitOpportunity');
  expect(lines).toMatchObject([
    {
      subject: id,
      outcome: 'NOT_FOUND',
      steps: [
        'CHECK DONE',
        'PATCH SKIPPED',
        'ASSOCIATE Solutions DONE',
        'ASSOCIATE Solutions FAILED',
        'START PENDING',
        'WAIT PENDING',
      ],
    },
    { subject: id, outcome: 'written', steps: ['CHECK DONE', 'PATCH SKIPPED', 'START DONE', 'WAIT DONE'] },
  ]);
});
