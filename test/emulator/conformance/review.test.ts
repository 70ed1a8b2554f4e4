import { randomUUID } from 'node:crypto';
import {
  AssociateOpportunityCommand,
  GetAwsOpportunitySummaryCommand,
  ListEngagementFromOpportunityTasksCommand,
  ListSolutionsCommand,
  StartEngagementFromOpportunityTaskCommand,
  SubmitOpportunityCommand,
  type UpdateOpportunityRequest,
  type ValidationException,
} from '@aws-sdk/client-partnercentral-selling';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Catalog, connect, eventually, paced, steps, type Target } from './target.ts';

let target: Target;
let step: ReturnType<typeof steps>;
beforeAll(async () => {
  target = await connect();
  step = steps(target);
});
afterAll(() => target.stop());

const codes = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: unknown) => (error as ValidationException).ErrorList?.map(({ Code }) => Code) ?? [String(error)],
  );
const associate = (id: string) =>
  paced(() =>
    target.client.send(
      new AssociateOpportunityCommand({
        Catalog,
        OpportunityIdentifier: id,
        RelatedEntityType: 'Solutions',
        RelatedEntityIdentifier: 'S-1234567',
      }),
    ),
  );
const start = (Identifier: string) =>
  paced(() =>
    target.client.send(
      new StartEngagementFromOpportunityTaskCommand({
        Catalog,
        Identifier,
        ClientToken: randomUUID(),
        AwsSubmission: { InvolvementType: 'Co-Sell', Visibility: 'Full' },
      }),
    ),
  );
const inReview = async (): Promise<string> => {
  const id = await step.create();
  await associate(id);
  await start(id);
  await eventually(
    () => step.get(id),
    (record) => record.LifeCycle?.ReviewStatus === 'Submitted',
  );
  return id;
};
const lifeCycle = (more: UpdateOpportunityRequest['LifeCycle']) => (body: UpdateOpportunityRequest) => ({
  ...body,
  LifeCycle: { ...body.LifeCycle, ...more },
});
const minutes = { timeout: 240_000 };

describe('submissions and reviews', minutes, () => {
  test('fact: the Sandbox has a solution that any partner may use', async () => {
    const query = new ListSolutionsCommand({ Catalog, Identifier: ['S-1234567'] });
    const { SolutionSummaries } = await target.client.send(query);
    expect(SolutionSummaries?.map(({ Id }) => Id)).toEqual(['S-1234567']);
  });

  test('fact: an association moves the date of the record', async () => {
    const id = await step.create();
    const before = await step.get(id);
    await associate(id);
    const after = await eventually(
      () => step.get(id),
      (record) => record.RelatedEntityIdentifiers?.Solutions?.length === 1,
    );
    expect(after.RelatedEntityIdentifiers?.Solutions).toEqual(['S-1234567']);
    expect(Number(after.LastModifiedDate)).toBeGreaterThan(Number(before.LastModifiedDate));
  });

  test('fact: an incomplete submission is a failed task with status 200 and the reasons in its message', async () => {
    const id = await step.create();
    const { TaskId, TaskStatus } = await start(id);
    expect(['FAILED', 'IN_PROGRESS']).toContain(TaskStatus);
    const query = new ListEngagementFromOpportunityTasksCommand({ Catalog, OpportunityIdentifier: [id] });
    const { TaskSummaries } = await eventually(
      () => target.client.send(query),
      (answer) => answer.TaskSummaries?.[0]?.TaskStatus === 'FAILED',
    );
    expect(TaskSummaries?.[0]).toMatchObject({ TaskId, TaskStatus: 'FAILED', OpportunityId: id });
    expect(TaskSummaries?.[0]?.Message).toContain('relatedEntityIdentifiers.solutions');
  });

  test('fact: a submitted record cannot be changed or submitted again, and its summary has AWS’s involvement', async () => {
    const id = await inReview();
    const record = await step.get(id);
    expect(await codes(step.update(record, lifeCycle({ NextSteps: 'Call' })))).toContain(
      'ACTION_NOT_PERMITTED',
    );
    const again = new SubmitOpportunityCommand({ Catalog, Identifier: id, InvolvementType: 'Co-Sell' });
    expect(await codes(paced(() => target.client.send(again)))).toContain('ACTION_NOT_PERMITTED');
    const summary = new GetAwsOpportunitySummaryCommand({ Catalog, RelatedOpportunityIdentifier: id });
    expect(await target.client.send(summary)).toMatchObject({
      InvolvementType: 'Co-Sell',
      Visibility: 'Full',
    });
  });

  test('fact: in the Sandbox an update may approve; then the title is locked and the stage can change', async () => {
    const id = await inReview();
    await step.update(await step.get(id), lifeCycle({ ReviewStatus: 'Approved' }));
    const approved = await eventually(
      () => step.get(id),
      (record) => record.LifeCycle?.ReviewStatus === 'Approved',
    );
    const retitled = step.update(approved, (body) => ({
      ...body,
      Project: { ...body.Project, Title: 'Another' },
    }));
    expect(await codes(retitled)).toContain('ACTION_NOT_PERMITTED');
    await step.update(approved, lifeCycle({ Stage: 'Technical Validation' }));
    const moved = await eventually(
      () => step.get(id),
      (record) => record.LifeCycle?.Stage === 'Technical Validation',
    );
    expect(moved.LifeCycle?.Stage).toBe('Technical Validation');
    expect(await codes(step.update(moved, lifeCycle({ Stage: 'Closed Lost' })))).toContain(
      'REQUIRED_FIELD_MISSING',
    );
  });

  test('fact: in the Sandbox an update may set Action Required; then the title is locked, the problem not', async () => {
    const id = await inReview();
    const ask = lifeCycle({ ReviewStatus: 'Action Required', ReviewComments: 'Say more about the problem.' });
    await step.update(await step.get(id), ask);
    const asked = await eventually(
      () => step.get(id),
      (record) => record.LifeCycle?.ReviewStatus === 'Action Required',
    );
    expect(asked.LifeCycle?.ReviewComments).toBe('Say more about the problem.');
    const edit = (more: UpdateOpportunityRequest['Project']) => (body: UpdateOpportunityRequest) => ({
      ...body,
      Project: { ...body.Project, ...more },
    });
    expect(await codes(step.update(asked, edit({ Title: 'Another' })))).toContain('ACTION_NOT_PERMITTED');
    await step.update(
      asked,
      edit({ CustomerBusinessProblem: 'The problem, at greater length than it was before.' }),
    );
  });
});
