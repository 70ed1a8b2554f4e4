import { calendar } from '../clock.ts';
import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  Query: {
    quota(_root, _args, { quota, account: { clock } }) {
      const { read, write } = quota.snapshot();
      const fields = ({ remaining24h, nextCallAt, ...rest }: typeof read) => ({
        ...rest,
        remainingToday: remaining24h,
        resetsAt: nextCallAt === null ? null : calendar.instant(nextCallAt - clock.now()),
      });
      return { read: fields(read), write: fields(write) };
    },
  },
};
