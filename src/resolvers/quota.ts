import { calendar } from '../clock.ts';
import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  Query: {
    quota(_root, _args, { quota, account: { clock } }) {
      const { read, write } = quota.snapshot();
      const timed = (part: typeof read) => ({
        ...part,
        resetsAt: part.resetsAt === null ? null : calendar.instant(part.resetsAt - clock.now()),
      });
      return { read: timed(read), write: timed(write) };
    },
  },
};
