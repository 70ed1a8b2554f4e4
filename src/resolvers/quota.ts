import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  Query: {
    quota(_root, _args, { quota }) {
      const { read, write } = quota.snapshot();
      const timed = (part: typeof read) => ({
        ...part,
        resetsAt: part.resetsAt === null ? null : new Date(part.resetsAt).toISOString(),
      });
      return { read: timed(read), write: timed(write) };
    },
  },
};
