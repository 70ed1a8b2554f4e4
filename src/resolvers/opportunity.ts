import type { Context } from '../context.ts';
import { assertOpportunityId } from '../domain/ids.ts';
import { fetchPage } from '../domain/pages.ts';
import type { OpportunityRecord } from '../upstream/records.ts';
import { summaryFields } from '../upstream/shapes.ts';
import type { OpportunityEdgeModel } from './models.ts';
import { covers, selectedFields } from './selection.ts';
import type { Resolvers } from './types.generated.ts';

/** A node is either the summary or the whole record, never a mixture: the two can be of different versions. */
function nodeOf({ summary, needsRecord }: OpportunityEdgeModel, { loaders }: Context) {
  // The record can have vanished since it was listed; the schema allows the null, the generated types do not see it.
  return needsRecord ? (loaders.opportunity.load(summary.id) as Promise<OpportunityRecord>) : summary;
}

export const resolvers: Resolvers = {
  Query: {
    opportunity(_root, { id }, { loaders }) {
      assertOpportunityId(id);
      return loaders.opportunity.load(id);
    },

    async opportunities(_root, args, { send }, info) {
      for (const [index, id] of (args.filter?.ids ?? []).entries())
        assertOpportunityId(id, `filter.ids[${index}]`);
      const { nodes = {}, edges: { node = {} } = {} } = selectedFields(info);
      const needsRecord = !(covers(summaryFields, nodes) && covers(summaryFields, node));
      const page = await fetchPage((input) => send('ListOpportunities', input), args);
      return { ...page, edges: page.edges.map((edge) => ({ ...edge, needsRecord })) };
    },
  },

  OpportunityConnection: {
    nodes: ({ edges }, _args, context) => edges.map((edge) => nodeOf(edge, context)),
    pageInfo: ({ edges, hasNextPage }) => ({
      hasNextPage,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    }),
  },

  OpportunityEdge: {
    node: (edge, _args, context) => nodeOf(edge, context),
  },

  Opportunity: {
    async __resolveReference({ id }, { loaders }) {
      assertOpportunityId(id);
      const record = await loaders.opportunity.load(id);
      // A copy, because @apollo/subgraph writes a `__typename` into what it is given.
      return record && { ...record };
    },
  },
};
