import type { Resolvers } from './types.generated.ts';

export const resolvers: Resolvers = {
  Query: {
    session: (_root, _args, { account, request }) => ({
      account: account.name,
      accounts: [...request.accounts].sort(),
      catalog: account.catalog,
      caller: request.caller,
      scopes: [...request.scopes].sort(),
      writable: account.mayWrite,
      denied: account.denials.list(),
    }),
  },
};
