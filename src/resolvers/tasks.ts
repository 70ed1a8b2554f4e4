import { badInput } from '../domain/bad-input.ts';
import { taskTypeOf } from '../domain/ids.ts';
import { isFinished } from '../domain/tasks.ts';
import { pageInfoOf } from './connections.ts';
import { loaderFor } from './opportunity/query.ts';
import { taskErrors } from './task-errors.ts';
import type { OpportunityFromEngagementTaskResolvers, Resolvers } from './types.generated.ts';

/** The most submissions that one field returns; AWS's list of tasks has more to a page. */
const maxSubmissions = 100;

/** The fields of every task. */
const common = {
  errors: (task, _args, _context, { schema }) => taskErrors(task, schema),
  finished: (task) => isFinished(task),
} satisfies OpportunityFromEngagementTaskResolvers;

const refers = {
  opportunity: ({ opportunityId }, _args, { loaders }, info) =>
    opportunityId ? loaderFor(info, loaders).load(opportunityId) : null,
  engagement: ({ engagementId }, _args, { related }) =>
    engagementId ? related.engagement.load(engagementId) : null,
  resourceSnapshotJob: ({ resourceSnapshotJobId: id }) => (id ? { id } : null),
} satisfies OpportunityFromEngagementTaskResolvers;

export const resolvers: Resolvers = {
  Query: {
    tasks: (_root, args, { tasks }) => tasks.page(args),
  },
  Opportunity: {
    submission: async ({ id }, _args, { tasks }) => (await tasks.submissions.load(id))[0] ?? null,
    async submissions({ id }, { first }, { tasks }) {
      if (first < 1 || first > maxSubmissions)
        throw badInput('first', String(first), `1 to ${maxSubmissions}`);
      return (await tasks.submissions.load(id)).slice(0, first);
    },
  },
  Task: {
    // The beginning of an id identifies the type.
    __resolveType: ({ id }) => taskTypeOf(id),
  },
  EngagementFromOpportunityTask: { ...common, ...refers },
  EngagementByAcceptingInvitationTask: {
    ...common,
    opportunity: refers.opportunity,
    resourceSnapshotJob: refers.resourceSnapshotJob,
  },
  OpportunityFromEngagementTask: { ...common, ...refers },
  ProspectingFromEngagementTask: {
    ...common,
    engagements: ({ id }, _args, { tasks }) => tasks.results.load(id),
  },
  EngagementProspectingResult: {
    engagement: ({ engagementIdentifier }, _args, { related }) =>
      engagementIdentifier ? related.engagement.load(engagementIdentifier) : null,
  },
  TaskConnection: {
    nodes: ({ edges }) => edges.map(({ summary }) => summary),
    pageInfo: pageInfoOf,
  },
  TaskEdge: {
    node: ({ summary }) => summary,
  },
};
