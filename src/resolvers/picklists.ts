import { picklists } from '../domain/picklists.ts';
import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  Query: { picklists: () => picklists },
};
