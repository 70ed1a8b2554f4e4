import type { GraphQLResolveInfo } from 'graphql';
import { assertOpportunityId } from '../../domain/ids.ts';
import { isSearch, matcherOf } from '../../domain/matching.ts';
import type { Context } from '../../graphql/context.ts';
import { covers, selectedFields } from '../../graphql/selection.ts';
import { turnForIndex } from '../../graphql/turns.ts';
import { type FieldTree, summaryFields } from '../../upstream/sdk-schemas.ts';
import type { OpportunitySummary } from '../../upstream/wire.ts';
import { pageInfoOf } from '../connections.ts';
import type { OpportunityEdgeModel, OpportunityModel } from '../models.ts';
import type { Resolvers } from '../types.generated.ts';

/** The fields that lists can answer: editability depends only on status and stage, which lists include. */
const listed: FieldTree = {
  ...summaryFields,
  editability: {
    editable: {},
    reason: {},
    lockedFields: {},
    editableFields: {},
    uncertainFields: {},
    submittable: {},
  },
};

/** Fields with calls of their own, for which the id or the ARN is enough. */
const readById: ReadonlySet<string> = new Set([
  'awsSummary',
  'engagements',
  'history',
  'pendingEdits',
  'submission',
  'submissions',
  'tags',
]);

/** Checks whether one field is selected, and nothing else. */
const isOnly = (selected: FieldTree, name: string): boolean =>
  name in selected && Object.keys(selected).length === 1;

/** Answers of `isListed` for selections that do not depend on variables (`selectedFields`). */
const known = new WeakMap<FieldTree, boolean>();

/** Checks whether lists can answer the selected fields of an opportunity. */
function isListed(selected: FieldTree): boolean {
  const before = known.get(selected);
  if (before !== undefined) return before;
  const read = Object.entries(selected).filter(([name]) => !readById.has(name));
  const answer = covers(listed, Object.fromEntries(read));
  known.set(selected, answer);
  return answer;
}

/** The cheapest loader for the selected fields of an opportunity. */
export function loaderFor(
  info: GraphQLResolveInfo,
  loaders: Context['loaders'],
): Context['loaders']['summary'] {
  return isListed(selectedFields(info, 'Opportunity'))
    ? loaders.summary
    : (loaders.opportunity as Context['loaders']['summary']);
}

/** An opportunity of which a summary is at hand: that, or the whole record if a selected field needs it. */
export function opportunityOf(
  summary: OpportunitySummary,
  { loaders }: Context,
  info: GraphQLResolveInfo,
): OpportunityModel | null | Promise<OpportunityModel | null> {
  return isListed(selectedFields(info, 'Opportunity')) ? summary : loaders.opportunity.get(summary.id);
}

/** A node is either the summary or the whole record, never a mixture: they can be different versions. */
function nodeOf({ summary, needsRecord }: OpportunityEdgeModel, { loaders }: Context) {
  // The record may be gone since it was listed; the schema allows null here, but the generated types do not.
  return needsRecord
    ? (loaders.opportunity.get(summary.id) as OpportunityModel | Promise<OpportunityModel>)
    : summary;
}

export const resolvers: Resolvers = {
  Query: {
    opportunity(_root, { id }, { loaders }, info) {
      assertOpportunityId(id);
      return loaderFor(info, loaders).get(id);
    },

    async opportunities(_root, args, context, info) {
      const { records, index } = context;
      const { filter } = args;
      for (const [number, id] of (filter?.ids ?? []).entries())
        assertOpportunityId(id, `filter.ids[${number}]`);
      const totalCount = () => index().summaries().filter(matcherOf(filter)).length;
      const selected = selectedFields(info);
      if (isOnly(selected, 'totalCount')) return { edges: [], hasNextPage: false, totalCount };
      const { nodes = {}, edges: { node = {} } = {} } = selected;
      const isDetail = !(isListed(nodes) && isListed(node));
      if (isSearch(filter)) await turnForIndex(context);
      const page = await records.page(args);
      const edges = page.edges.map((edge) =>
        Object.assign(edge, { needsRecord: isDetail || edge.isOutdated }),
      );
      return { ...page, edges, totalCount };
    },
  },

  OpportunityConnection: {
    nodes: ({ edges }, _args, context) => edges.map((edge) => nodeOf(edge, context)),
    pageInfo: pageInfoOf,
    async totalCount({ totalCount }, _args, context) {
      await turnForIndex(context);
      return totalCount();
    },
  },

  OpportunityEdge: {
    node: (edge, _args, context) => nodeOf(edge, context),
  },
};
