import { matcherOf } from '../../domain/matching.ts';
import { Fault } from '../../fault.ts';
import type { ExportOpportunitiesInput } from '../../generated/schema-types.ts';
import type { Context } from '../../graphql/context.ts';
import { clientTokenOf } from '../../graphql/idempotency.ts';
import { requireJobs } from '../../jobs/open.ts';
import type { Resolvers } from '../types.generated.ts';
import { assertHeader } from './create.ts';

/** The opportunities of a list call: a page, or those with some ids. */
const perCall = { page: 100, ids: 20 };

/** How many opportunities match, as far as that is known without a call. @throws Fault BAD_USER_INPUT for the filter */
function countOf(
  { filter }: Pick<ExportOpportunitiesInput, 'filter'>,
  { index }: Context,
): number | undefined {
  const matches = matcherOf(filter);
  if (filter?.ids) return filter.ids.length;
  try {
    return index().summaries().filter(matches).length;
  } catch (error) {
    if (error instanceof Fault && /^INDEX_/.test(error.code)) return undefined;
    throw error;
  }
}

/** The upstream calls of an export by operation, and whether there may be more because the number of opportunities is unknown. */
function priceOf(input: ExportOpportunitiesInput, context: Context) {
  const count = countOf(input, context);
  const { filter, detail } = input;
  const lists = Math.max(1, Math.ceil((count ?? 0) / (filter?.ids ? perCall.ids : perCall.page)));
  return {
    isKnown: count !== undefined,
    calls: {
      // AWS's list cannot search: the index answers.
      ...(!filter?.search && { ListOpportunities: lists }),
      ...(detail === 'DETAILS' && count && { GetOpportunity: count }),
    },
  };
}

export const resolvers: Resolvers = {
  Mutation: {
    async exportOpportunities(_root, { input }, context, info) {
      const { request, account } = context;
      const { filter = null, detail, name = null, startAfter = null, clientToken } = input;
      requireJobs(account.jobs);
      assertHeader(input);
      if (filter?.search) context.index();
      const price = priceOf(input, context);
      const sum = Object.values(price.calls).reduce((total, count) => total + count, 0);
      const calls = price.isKnown ? sum : null;
      const unchanged = { id: null, calls, changed: false, userErrors: [], warnings: [] };
      if (request.isDryRun) {
        Object.assign(request.calls, price.calls);
        return unchanged;
      }
      const { job, isNew } = await account.bulk.create({
        kind: 'EXPORT',
        name,
        startAfter,
        options: { filter, detail },
        caller: request.caller,
        scopes: [...request.scopes],
        clientToken: clientToken ?? clientTokenOf(context, info) ?? null,
        items: [],
        field: 'input',
      });
      return { ...unchanged, id: job.id, changed: isNew };
    },
  },
  ExportOpportunitiesPayload: {
    job: ({ id }, _args, { account }) => (id ? account.bulk.read(id).then((job) => job ?? null) : null),
  },
};
