import { badInput } from '../domain/bad-input.ts';
import { typeOfId } from '../domain/ids.ts';
import { isFinished } from '../domain/tasks.ts';
import { pageInfoOf } from './connections.ts';
import { loaderFor } from './opportunity/query.ts';
import { inSubmit, submissionErrors } from './submission-paths.ts';
import type { Resolvers } from './types.generated.ts';

/** The most submissions that one field returns; AWS's list of tasks has more to a page. */
const maxSubmissions = 100;

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
    // The form of an id identifies the type.
    __resolveType: ({ id }) => typeOfId(id) as 'EngagementFromOpportunityTask',
  },
  EngagementFromOpportunityTask: {
    errors: (task, _args, _context, { schema }) => submissionErrors(task, schema, inSubmit()),
    finished: (task) => isFinished(task),
    opportunity: ({ opportunityId }, _args, { loaders }, info) =>
      opportunityId ? loaderFor(info, loaders).load(opportunityId) : null,
    engagement: ({ engagementId }, _args, { related }) =>
      engagementId ? related.engagement.load(engagementId) : null,
  },
  TaskConnection: {
    nodes: ({ edges }) => edges.map(({ summary }) => summary),
    pageInfo: pageInfoOf,
  },
  TaskEdge: {
    node: ({ summary }) => summary,
  },
};
