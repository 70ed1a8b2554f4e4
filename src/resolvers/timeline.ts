import { pageInfoOf } from './connections.ts';
import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  Engagement: {
    timeline({ id }, args, { account: { timeline, name, catalog } }) {
      const reception = timeline.reception();
      return reception ? { ...reception, ...timeline.page(id, args, `${name} ${catalog}`) } : null;
    },
  },
  EngagementEventConnection: {
    nodes: ({ edges }) => edges.map(({ summary }) => summary),
    pageInfo: pageInfoOf,
  },
  EngagementEventEdge: {
    node: ({ summary }) => summary,
  },
};
