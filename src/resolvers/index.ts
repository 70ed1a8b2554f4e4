import { resolvers as create } from './create-opportunity.ts';
import { resolvers as editability } from './editability.ts';
import { resolvers as node } from './node.ts';
import { resolvers as opportunity } from './opportunity.ts';
import { resolvers as picklists } from './picklists.ts';
import { resolvers as quota } from './quota.ts';
import { resolvers as update } from './update-opportunity.ts';

/** Every resolver of the graph, a map per noun. */
export const resolverMaps = [editability, node, opportunity, create, update, picklists, quota];
