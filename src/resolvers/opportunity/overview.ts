/** What the index answers about all opportunities. */
import { calendar } from '../../clock.ts';
import { attentionOf, attentionOrder } from '../../domain/attention.ts';
import { matcherOf } from '../../domain/matching.ts';
import { bucketsOf } from '../../domain/pipeline.ts';
import { turnForIndex } from '../../graphql/turns.ts';
import { pageOfItems } from '../../records/paging.ts';
import { pageInfoOf } from '../connections.ts';
import type { Resolvers } from '../types.generated.ts';
import { opportunityOf } from './query.ts';

export const resolvers: Resolvers = {
  Query: {
    async pipeline(_root, { filter, groupBy }, context) {
      await turnForIndex(context);
      const { asOf, summaries } = context.index();
      const counted = summaries().filter(matcherOf(filter));
      return bucketsOf(counted, groupBy, calendar.today()).map((bucket) => ({ ...bucket, asOf }));
    },

    async attention(_root, { kinds, ...page }, context) {
      await turnForIndex(context);
      const { index, account } = context;
      const { asOf, summaries } = index();
      const items = attentionOf(summaries(), kinds, calendar.today());
      const name = `attention of ${account.name} ${account.catalog}`;
      return {
        ...pageOfItems(items, attentionOrder, page, name, kinds ?? []),
        totalCount: items.length,
        asOf,
      };
    },

    async opportunityByPartnerIdentifier(_root, { partnerOpportunityIdentifier }, context, info) {
      const found = await context.findByIdentifier(partnerOpportunityIdentifier);
      if (!found) return null;
      const { id, summary } = found;
      return summary ? opportunityOf(summary, context, info) : context.loaders.opportunity.load(id);
    },
  },

  AttentionConnection: {
    nodes: ({ edges }) => edges.map(({ summary }) => summary),
    pageInfo: pageInfoOf,
  },

  AttentionEdge: {
    node: ({ summary }) => summary,
  },

  AttentionItem: {
    subject: ({ subject }, _args, context, info) => opportunityOf(subject, context, info),
  },
};
