import { dig } from '../json.ts';
import type { Operation } from '../operation.ts';
import { anyOf, sortedPage } from '../records/filter.ts';
import { cursorOf } from '../records/page.ts';
import { listTasksRequest } from '../shapes/lifecycle-requests.ts';
import { taskAnswer } from '../shapes/task.ts';

/** Answers how submissions are doing, the latest first unless said. */
export const listEngagementFromOpportunityTasks: Operation = {
  request: listTasksRequest,
  kind: 'read',
  run(input, { engagements }) {
    const wanted = [...engagements.tasks.values()]
      .filter(
        ({ catalog, answer }) =>
          catalog === input.Catalog &&
          anyOf(input.TaskStatus, answer.TaskStatus) &&
          (anyOf(input.TaskIdentifier, answer.TaskId) || anyOf(input.TaskIdentifier, answer.TaskArn)) &&
          anyOf(input.OpportunityIdentifier, answer.OpportunityId) &&
          anyOf(input.EngagementIdentifier, answer.EngagementId),
      )
      .map(({ answer }) => answer);
    const { page, nextToken } = sortedPage(
      wanted,
      (item) => ({ key: String(item.StartTime), id: String(item.TaskId) }),
      dig(input, 'Sort', 'SortOrder') !== 'ASCENDING',
      cursorOf('ListEngagementFromOpportunityTasks', input),
    );
    return { TaskSummaries: page.map(taskAnswer), NextToken: nextToken };
  },
};
