import { resolvers as node } from './node.ts';
import { resolvers as opportunity } from './opportunity.ts';
import { resolvers as mutations } from './opportunity-mutations.ts';
import { resolvers as picklists } from './picklists.ts';

/** Every resolver of the graph, a map per noun. */
export const resolverMaps = [node, opportunity, mutations, picklists];
