import { calendar } from '../clock.ts';
import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  Query: {
    quota(_root, _args, { quota, account: { clock } }) {
      const { read, write } = quota.snapshot();
      const dated = (part: typeof read) => ({
        ...part,
        nextCallAt: part.nextCallAt === null ? null : calendar.instant(part.nextCallAt - clock.now()),
      });
      return { read: dated(read), write: dated(write) };
    },
  },
};
