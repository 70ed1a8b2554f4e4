import { badInput, quoted } from '../domain/bad-input.ts';
import { expectedOpportunityId, idForms, kindOfTask, typeOfId } from '../domain/ids.ts';
import type { Task } from '../domain/tasks.ts';
import { Fault } from '../fault.ts';
import type { Context } from '../graphql/context.ts';
import type { BulkJob } from '../jobs/bulk/model.ts';
import { followJob } from './bulk/progress.ts';
import { followEngagements, followInvitations, followTasks } from './followed.ts';
import type { OpportunityChangeModel } from './models.ts';
import { followOpportunities } from './opportunity-changed.ts';
import type { Resolvers } from './types.generated.ts';

/** The most ids that a subscription is filtered by. */
const maxIds = 100;

const isTaskId = (id: string): boolean => Object.hasOwn(kindOfTask, typeOfId(id) ?? '');

/** The distinct ids of an argument. @throws Fault BAD_USER_INPUT */
function distinct(ids: readonly string[], isValid: (id: string) => boolean, expected: string): Set<string> {
  const set = new Set(ids);
  if (set.size < 1 || set.size > maxIds) throw badInput('ids', `${set.size} ids`, `1 to ${maxIds}`);
  for (const [index, id] of ids.entries())
    if (!isValid(id)) throw badInput(`ids[${index}]`, quoted(id), expected);
  return set;
}

/** What an event is about. @throws Fault NOT_FOUND if this account does not see it any more */
function known<T>(what: string, found: T | null): T {
  if (found === null) throw new Fault('NOT_FOUND', `This account does not see the ${what} any more.`);
  return found;
}

export const resolvers: Resolvers = {
  Subscription: {
    opportunityChanged: {
      subscribe(_root, { ids, ...args }, context) {
        const isOpportunity = (id: string) => idForms.Opportunity.test(id);
        return followOpportunities(
          ids ? distinct(ids, isOpportunity, expectedOpportunityId) : undefined,
          args,
          context,
        );
      },
      resolve: (change: OpportunityChangeModel) => change,
    },
    engagementInvitationChanged: {
      subscribe: (_root, { direction }, context) => followInvitations(direction, context),
      resolve: async (id: string, _args: object, { invitations }: Context) =>
        known('invitation', await invitations.invitation.load(id)),
    },
    engagementChanged: {
      subscribe(_root, { ids }, context) {
        const isEngagement = (id: string) => idForms.Engagement.test(id);
        const expected = "an engagement's id such as eng-0123456789abcd";
        return followEngagements(ids ? distinct(ids, isEngagement, expected) : undefined, context);
      },
      resolve: async (id: string, _args: object, { related }: Context) =>
        known('engagement', await related.engagement.load(id)),
    },
    taskFinished: {
      subscribe: (_root, { ids }, context) =>
        followTasks(
          distinct(ids, isTaskId, "a task's id such as engagement-from-opportunity-task/task-0123456789abc"),
          context,
        ),
      // Its opportunity may have left the caller's view since the subscription began.
      resolve: async (task: Task, _args: object, { tasks, view }: Context) =>
        view ? known('task', await tasks.task.load(task.id)) : task,
    },
    bulkJobProgress: {
      subscribe: (_root, { id }, context) => followJob(id, context),
      resolve: (job: BulkJob) => job,
    },
  },
};
