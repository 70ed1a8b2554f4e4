/** What the index answers about all opportunities. */
import { calendar } from '../../clock.ts';
import {
  type AttentionSources,
  attentionKinds,
  attentionOf,
  attentionOrder,
  watchedKinds,
} from '../../domain/attention.ts';
import { matcherOf } from '../../domain/matching.ts';
import { bucketsOf } from '../../domain/pipeline.ts';
import type { AttentionKind } from '../../generated/schema-types.ts';
import type { Context } from '../../graphql/context.ts';
import { turnForIndex } from '../../graphql/turns.ts';
import { asKnown } from '../../records/invitation-caches.ts';
import { pageOfItems } from '../../records/paging.ts';
import { pageInfoOf } from '../connections.ts';
import { fetchLead } from '../leads/query.ts';
import type { Resolvers } from '../types.generated.ts';
import { opportunityOf } from './query.ts';

/**
 * What kinds need that is not in the index. Those whose scope the caller lacks, and those that have not been read, are missing.
 */
function watchedFor(kinds: readonly AttentionKind[], { account, request }: Context) {
  const watched: AttentionSources['watched'] = {};
  const missingKinds: AttentionKind[] = [];
  const asOf: string[] = [];
  for (const kind of kinds) {
    const needed = watchedKinds[kind];
    if (!needed) continue;
    const seen =
      !needed.scope || request.scopes.has(needed.scope) ? account.watched.get(needed.part) : undefined;
    if (!seen) missingKinds.push(kind);
    else {
      Object.assign(watched, { [seen.part]: seen.items });
      asOf.push(seen.asOf);
    }
  }
  // AWS's lists can lag behind an answer of our own.
  const invitations = watched.invitations?.map((one) => asKnown(account.invitations, one));
  return { watched: { ...watched, invitations }, missingKinds, asOf: asOf.toSorted()[0] };
}

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
      const { account, index } = context;
      const { asOf, summaries } = index();
      const asked = attentionKinds.filter((kind) => !kinds?.length || kinds.includes(kind));
      const { watched, missingKinds, asOf: watchedAsOf } = watchedFor(asked, context);
      const stuckEdits = asked.includes('DEFERRED_EDIT_STUCK') ? await account.deferred.stuck() : [];
      const sources = { summaries: summaries(), watched, stuckEdits, now: calendar.instant() };
      const items = attentionOf(asked, sources);
      const name = `attention of ${account.name} ${account.catalog}`;
      return {
        ...pageOfItems(items, attentionOrder, page, name, kinds ?? []),
        totalCount: items.length,
        missingKinds,
        asOf: watchedAsOf && watchedAsOf < asOf ? watchedAsOf : asOf,
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
    subject({ subject }, _args, context, info) {
      switch (subject.type) {
        case 'Opportunity':
          return opportunityOf(subject.summary, context, info);
        case 'EngagementInvitation':
          return subject.invitation;
        case 'Lead':
          return fetchLead(subject.id, context);
      }
    },
  },
};
