import { getIn } from '../json.ts';
import type { Operation } from '../operation.ts';
import { matchesAny, sortedPage } from '../records/filter.ts';
import { cursorOf } from '../records/page.ts';
import { listTasksRequest } from '../shapes/lifecycle-requests.ts';
import { taskAnswer } from '../shapes/task.ts';

/** Lists the tasks of submissions. Default: latest first. */
export const listEngagementFromOpportunityTasks: Operation = {
  request: listTasksRequest,
  kind: 'read',
  run(input, { accountId, engagements }) {
    const matching = [...engagements.tasks.values()]
      .filter(
        ({ account, catalog, answer }) =>
          account === accountId &&
          catalog === input.Catalog &&
          matchesAny(input.TaskStatus, answer.TaskStatus) &&
          (matchesAny(input.TaskIdentifier, answer.TaskId) ||
            matchesAny(input.TaskIdentifier, answer.TaskArn)) &&
          matchesAny(input.OpportunityIdentifier, answer.OpportunityId) &&
          matchesAny(input.EngagementIdentifier, answer.EngagementId),
      )
      .map(({ answer }) => answer);
    const { page, nextToken } = sortedPage(
      matching,
      (item) => ({ key: String(item.StartTime), id: String(item.TaskId) }),
      getIn(input, 'Sort', 'SortOrder') !== 'ASCENDING',
      cursorOf('ListEngagementFromOpportunityTasks', input),
    );
    return { TaskSummaries: page.map(taskAnswer), NextToken: nextToken };
  },
};
