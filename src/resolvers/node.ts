import { isOpportunityId } from '../domain/ids.ts';
import { Fault } from '../fault.ts';
import { loaderFor } from './opportunity/query.ts';
import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  Query: {
    node(_root, { id }, { loaders }, info) {
      if (isOpportunityId(id)) return loaderFor(info, loaders).load(id);
      throw new Fault(
        'BAD_USER_INPUT',
        `id: got ${JSON.stringify(id)}, wanted an id of this graph, such as O1234567`,
      );
    },
  },
  Node: {
    // AWS's ids say their type by their first letters; so far every node is an opportunity.
    __resolveType: () => 'Opportunity',
  },
};
