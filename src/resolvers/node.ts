import type { GraphQLResolveInfo } from 'graphql';
import { badInput, quoted } from '../domain/bad-input.ts';
import { type NodeType, typeOfId } from '../domain/ids.ts';
import type { Context } from '../graphql/context.ts';
import { fetchLead } from './leads/query.ts';
import type { NodeModel } from './models.ts';
import { loaderFor } from './opportunity/query.ts';
import type { Resolvers } from './types.generated.ts';

type Fetch = (id: string, context: Context, info: GraphQLResolveInfo) => Promise<NodeModel | null>;

const task: Fetch = (id, { tasks }) => tasks.task.load(id);

/** Fetches each type of the graph by its id. */
const fetchers = {
  Opportunity: (id, { loaders }, info) => loaderFor(info, loaders).load(id),
  Engagement: (id, { related }) => related.engagement.load(id),
  EngagementInvitation: (id, { invitations }) => invitations.invitation.load(id),
  ResourceSnapshot: (id, { related }) => related.snapshots.byId(id),
  Lead: fetchLead,
  ResourceSnapshotJob: (id, { related }) => related.jobs.job.load(id),
  Solution: (id, { related }) => related.solution.load(id),
  BulkJob: async (id, { account }) => (await account.bulk.read(id)) ?? null,
  EngagementFromOpportunityTask: task,
  EngagementByAcceptingInvitationTask: task,
  OpportunityFromEngagementTask: task,
  ProspectingFromEngagementTask: task,
} satisfies { [Type in NodeType]?: Fetch };

/** The type that an id belongs to, by its form; undefined for ids of no type of the graph. */
function typeOf(id: string): keyof typeof fetchers | undefined {
  const type = typeOfId(id);
  return type && type in fetchers ? (type as keyof typeof fetchers) : undefined;
}

/** The most ids of one request for objects. */
const maxIds = 100;

/** @throws Fault BAD_USER_INPUT for an id of no type of the graph */
function fetchNode(id: string, field: string, context: Context, info: GraphQLResolveInfo) {
  const type = typeOf(id);
  if (type) return fetchers[type](id, context, info);
  throw badInput(field, quoted(id), 'an id of this graph, such as O1234567');
}

export const resolvers: Resolvers = {
  Query: {
    node: (_root, { id }, context, info) => fetchNode(id, 'id', context, info),
    nodes(_root, { ids }, context, info) {
      if (ids.length > maxIds) throw badInput('ids', `${ids.length} ids`, `at most ${maxIds}`);
      // One that fails costs its own place only. The generated type has no promises of null.
      const found = ids.map(async (id, place) => fetchNode(id, `ids[${place}]`, context, info));
      return found as Promise<NodeModel>[];
    },
  },
  Node: {
    __resolveType: ({ id }) => typeOf(id) ?? null,
  },
};
