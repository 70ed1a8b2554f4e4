import { pageInfoOf } from './connections.ts';
import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  Opportunity: {
    history: ({ id }, args, { related }) => related.history(id, args),
  },

  OpportunityHistoryEntry: {
    by: ({ snapshot }) => snapshot.createdBy ?? null,
    view: ({ snapshot }) => snapshot.resourceSnapshotTemplateName,
  },

  OpportunityHistoryConnection: {
    nodes: ({ edges }) => edges.map(({ summary }) => summary),
    pageInfo: pageInfoOf,
  },

  OpportunityHistoryEdge: {
    node: ({ summary }) => summary,
  },
};
