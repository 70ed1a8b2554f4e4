import type { GraphQLResolveInfo } from 'graphql';
import { badInput, quoted } from '../domain/bad-input.ts';
import { type NodeType, typeOfId } from '../domain/ids.ts';
import type { Context } from '../graphql/context.ts';
import type { NodeModel } from './models.ts';
import { loaderFor } from './opportunity/query.ts';
import type { Resolvers } from './types.generated.ts';

type Fetch = (id: string, context: Context, info: GraphQLResolveInfo) => Promise<NodeModel | null>;

/** Fetches each type by its id. */
const fetchers: { [Type in NodeType]: Fetch } = {
  Opportunity: (id, { loaders }, info) => loaderFor(info, loaders).load(id),
  Engagement: (id, { related }) => related.engagement.load(id),
  Solution: (id, { related }) => related.solution.load(id),
  EngagementFromOpportunityTask: (id, { tasks }) => tasks.submission.load(id),
};

export const resolvers: Resolvers = {
  Query: {
    node(_root, { id }, context, info) {
      const type = typeOfId(id);
      if (type) return fetchers[type](id, context, info);
      throw badInput('id', quoted(id), 'an id of this graph, such as O1234567');
    },
  },
  Node: {
    // The form of AWS's ids identifies the type.
    __resolveType: ({ id }) => typeOfId(id) ?? null,
  },
};
