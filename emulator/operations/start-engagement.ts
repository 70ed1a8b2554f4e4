import { schedule } from '../engagements/schedule.ts';
import { nextId } from '../engagements/store.ts';
import { finishTask } from '../engagements/submission.ts';
import { notFound } from '../errors.ts';
import { asString, getIn, type JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { startEngagementRequest } from '../shapes/lifecycle-requests.ts';
import { taskAnswer } from '../shapes/task.ts';
import type { PartnerState } from '../state.ts';

/**
 * Submits an opportunity as a task. The service does so in steps; its Sandbox was recorded to be done when it responds.
 * The same request under the same token starts nothing, and returns the current state of the first task.
 */
export const startEngagementFromOpportunityTask: Operation = {
  request: startEngagementRequest,
  kind: 'write',
  run(input, state) {
    const { engagements, tokens, settings } = state;
    const { ClientToken: token, ...body } = input;
    const scope = `${input.Catalog}/engagement`;
    const known = tokens.recall(scope, String(token), body);
    if (known) return taskAnswer(engagements.tasks.get(String(known.TaskId))?.answer ?? known);
    const id = String(input.Identifier);
    if (!state.store.get(String(input.Catalog), id)) throw notFound(id);

    const TaskId = newTask(input, state);
    if (settings.submissionTask === 'complete') finishTask(state, TaskId);
    else
      schedule(state, {
        at: state.clock.now() + settings.taskMs,
        what: 'task',
        account: state.accountId,
        catalog: String(input.Catalog),
        id: TaskId,
      });
    const answer = engagements.tasks.get(TaskId)?.answer ?? {};
    tokens.remember(scope, String(token), body, { TaskId });
    return taskAnswer(answer);
  },
};

function newTask(input: JsonObject, { accountId, engagements, clock }: PartnerState): string {
  const catalog = String(input.Catalog);
  const TaskId = nextId(engagements, 'task-');
  engagements.tasks.set(TaskId, {
    account: accountId,
    catalog,
    involvement: {
      InvolvementType: String(getIn(input, 'AwsSubmission', 'InvolvementType')),
      Visibility: asString(getIn(input, 'AwsSubmission', 'Visibility')) ?? 'Full',
    },
    answer: {
      TaskId,
      TaskArn: `arn:aws:partnercentral:us-east-1::catalog/${catalog}/engagement-from-opportunity-task/${TaskId}`,
      // Tasks are dated to the nanosecond, which few clients can hold.
      StartTime: new Date(clock.now()).toISOString().replace('Z', '000000Z'),
      TaskStatus: 'IN_PROGRESS',
      OpportunityId: String(input.Identifier),
    },
  });
  return TaskId;
}
