import { calendar } from '../clock.ts';
import { callClasses } from '../upstream/quota/windows.ts';
import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  Query: {
    quota(_root, _args, { quota, account: { clock } }) {
      const snapshot = quota.snapshot();
      const classOf = (name: (typeof callClasses)[number]) => {
        const { nextCallAt, ...part } = snapshot[name];
        const at = nextCallAt === null ? null : calendar.instant(nextCallAt - clock.now());
        return { name, ...part, nextCallAt: at };
      };
      return { classes: callClasses.map(classOf), read: classOf('read'), write: classOf('write') };
    },
  },
};
