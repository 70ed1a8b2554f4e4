import { idOf } from '../arns.ts';
import type { TaskKind } from '../engagements/model.ts';
import type { JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { matchesAny, pageOf } from '../records/filter.ts';
import { listByAcceptingTasksRequest } from '../shapes/invitation-requests.ts';
import { listFromEngagementTasksRequest } from '../shapes/lead-requests.ts';
import { listTasksRequest } from '../shapes/lifecycle-requests.ts';
import type { StructureShape } from '../shapes/shape.ts';
import { taskAnswer } from '../shapes/task.ts';

/** A list of the calling account's tasks of one kind, latest first. `filters` are its filters by members of a task. */
const taskList = (
  operation: string,
  kind: Exclude<TaskKind, 'prospecting-from-engagement'>,
  request: StructureShape,
  filters: Readonly<Record<string, string>>,
): Operation => ({
  request,
  kind: 'read',
  run(input, { accountId, engagements }) {
    const matches = (answer: JsonObject) =>
      Object.entries(filters).every(([name, member]) => matchesAny(ids(input[name]), answer[member]));
    const matching = [...engagements.tasks.values()].filter(
      (task) =>
        task.kind === kind &&
        task.account === accountId &&
        task.catalog === input.Catalog &&
        matches(task.answer),
    );
    const { page, nextToken } = pageOf(matching, input, {
      operation,
      position: ({ answer }) => ({ key: answer.StartTime, id: answer.TaskId }),
      descending: true,
    });
    return { TaskSummaries: page.map(({ answer }) => taskAnswer(kind, answer)), NextToken: nextToken };
  },
});

/** The identifiers of a filter, ARNs as ids. */
const ids = (filter: JsonObject[string] | undefined) => (Array.isArray(filter) ? filter.map(idOf) : filter);

/** Lists the tasks of submissions. */
export const listEngagementFromOpportunityTasks = taskList(
  'ListEngagementFromOpportunityTasks',
  'engagement-from-opportunity',
  listTasksRequest,
  {
    TaskStatus: 'TaskStatus',
    TaskIdentifier: 'TaskId',
    OpportunityIdentifier: 'OpportunityId',
    EngagementIdentifier: 'EngagementId',
  },
);

/** Lists the tasks that accept invitations. */
export const listEngagementByAcceptingInvitationTasks = taskList(
  'ListEngagementByAcceptingInvitationTasks',
  'engagement-by-accepting-invitation',
  listByAcceptingTasksRequest,
  {
    TaskStatus: 'TaskStatus',
    TaskIdentifier: 'TaskId',
    OpportunityIdentifier: 'OpportunityId',
    EngagementInvitationIdentifier: 'EngagementInvitationId',
  },
);

/** Lists the tasks that convert leads. */
export const listOpportunityFromEngagementTasks = taskList(
  'ListOpportunityFromEngagementTasks',
  'opportunity-from-engagement',
  listFromEngagementTasksRequest,
  {
    TaskStatus: 'TaskStatus',
    TaskIdentifier: 'TaskId',
    OpportunityIdentifier: 'OpportunityId',
    EngagementIdentifier: 'EngagementId',
    ContextIdentifier: 'ContextId',
  },
);
