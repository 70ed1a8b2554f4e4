/** `createOpportunity` with `submit`: one mutation from nothing to a submitted opportunity. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { submittable } from './create-input.ts';
import { type Answer, type Data, gateway, type TestGateway } from './kit.ts';
import { tokens } from './tokens.ts';

let gw: TestGateway;
beforeEach(async () => {
  gw = await gateway();
});
afterEach(() => gw[Symbol.asyncDispose]());

const mutation = `mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) {
  id opportunity { lifeCycle { reviewStatus } } associationSteps { type id outcome }
  submission { submitted task { status } steps { name outcome } userErrors { code } }
  userErrors { path code message allowedValues } } }`;
const create = (more: object, headers: Record<string, string> = {}): Promise<Answer> =>
  gw.query(mutation, { input: { ...submittable, submit: { involvementType: 'CO_SELL' }, ...more } }, headers);
const payload = ({ data, errors }: Answer): Data => {
  expect(errors).toBeUndefined();
  return data.createOpportunity;
};
const start = 'StartEngagementFromOpportunityTask';

describe('a create that submits', () => {
  test('creates, associates and submits, and returns the opportunity as it is then', async () => {
    const answer = await create({ associate: { solutions: ['S-1234567'] } });
    expect(payload(answer)).toMatchObject({
      opportunity: { lifeCycle: { reviewStatus: 'SUBMITTED' } },
      associationSteps: [{ type: 'SOLUTIONS', id: 'S-1234567', outcome: 'DONE' }],
      submission: { submitted: true, task: { status: 'COMPLETE' }, userErrors: [] },
      userErrors: [],
    });
    expect(answer.calls).toEqual({
      CreateOpportunity: 1,
      GetOpportunity: 2,
      ListEngagementFromOpportunityTasks: 1,
      AssociateOpportunity: 1,
      [start]: 1,
    });
  });

  test('creates nothing if AWS would refuse the submission', async () => {
    const { salesActivities: _, otherSolutionDescription: __, ...project } = submittable.project;
    const answer = await create({ project, submit: { involvementType: 'CO_SELL', visibility: 'LIMITED' } });
    const { id, submission, userErrors } = payload(answer);
    expect([id, submission, answer.calls]).toEqual([null, null, {}]);
    expect(userErrors).toMatchObject([
      {
        path: ['input', 'project', 'salesActivities'],
        allowedValues: expect.arrayContaining(['SOW_SIGNED']),
      },
      { path: ['input', 'associate', 'solutions'], code: 'REQUIRED_FIELD_MISSING' },
      { path: ['input', 'submit', 'visibility'], code: 'ACTION_NOT_PERMITTED' },
    ]);
  });

  test('keeps the opportunity if AWS refuses the submission, with the error at the caller’s path', async () => {
    const project = { ...submittable.project, relatedOpportunityIdentifier: 'O5000002' };
    const input = { project, opportunityType: 'EXPANSION', clientToken: 'one' };
    await gw.emulator.injectFault({ kind: 'access-denied', operation: start });
    const denied = payload(await create(input));
    expect(denied).toMatchObject({ id: expect.stringMatching(/^O\d+$/), submission: { submitted: false } });
    await gw.emulator.patchRecord(
      denied.id,
      { Project: { RelatedOpportunityIdentifier: 'O404' } },
      { touch: true },
    );
    const failed = payload(await create(input));
    expect(failed).toMatchObject({
      id: denied.id,
      submission: { submitted: false, task: { status: 'FAILED' } },
      userErrors: [{ path: ['input', 'project', 'relatedOpportunityIdentifier'], code: 'INVALID_VALUE' }],
    });
  });

  test('continues when the same input is sent again, and creates and submits nothing twice', async () => {
    await gw.emulator.injectFault({ kind: 'drop-after', operation: start, times: 5 });
    const headers = { 'idempotency-key': 'deal-1' };
    const lost = payload(await create({}, headers));
    expect(lost).toMatchObject({
      submission: { submitted: false },
      userErrors: [{ code: 'OUTCOME_UNKNOWN' }],
    });
    const again = payload(await create({}, headers));
    expect(again).toMatchObject({ id: lost.id, submission: { submitted: true }, userErrors: [] });
    const third = await create({}, headers);
    expect([payload(third).id, third.calls[start]]).toEqual([lost.id, undefined]);
    const { data } = await gw.query(`{ opportunity(id: "${lost.id}") { submissions { status } } }`);
    expect(data.opportunity.submissions).toEqual([{ status: 'COMPLETE' }]);
  });

  test('is logged with the steps of the submission', async () => {
    const { id } = payload(await create({}));
    const lines = gw.logged.map((line) => JSON.parse(line)).filter((line) => line.mutation);
    expect(lines).toMatchObject([
      { subject: id, outcome: 'written', steps: ['CHECK DONE', 'PATCH SKIPPED', 'START DONE', 'WAIT DONE'] },
    ]);
  });

  test('requires the scope of submissions', async () => {
    const issuer = await tokens();
    await using other = await gateway(issuer.env);
    const { status, errors, calls } = await other.query(
      mutation,
      { input: { ...submittable, submit: { involvementType: 'CO_SELL' } } },
      await issuer.bearer('opportunities:read opportunities:write'),
    );
    expect([status, errors?.[0]?.message, calls]).toEqual([
      403,
      '"submit" of createOpportunity requires the scope "opportunities:submit", which the token does not have.',
      {},
    ]);
  });

  test('a negative time to wait is an error', async () => {
    const { errors } = await create({ submit: { involvementType: 'CO_SELL', waitMs: -1 } });
    expect(errors?.[0]?.message).toBe('input.submit.waitMs: got -1, expected 0 or more');
  });
});
