import { badInput, quoted } from '../../domain/bad-input.ts';
import { assertLeadId, idForms, leadPartsOf } from '../../domain/ids.ts';
import { conversionsOf, type EngagementLead, leadsIn } from '../../domain/leads.ts';
import type { Task } from '../../domain/tasks.ts';
import type { Context } from '../../graphql/context.ts';
import { entityOf } from '../../graphql/entities.ts';
import { summaryOf } from '../../records/engagement-details.ts';
import type { EngagementRecord, EngagementSummary } from '../../upstream/wire.ts';
import { pageInfoOf } from '../connections.ts';
import { latestOf } from '../engagement-contexts.ts';
import { loaderFor } from '../opportunity/query.ts';
import type { Resolvers } from '../types.generated.ts';

/** A lead of an engagement by the lead's id; null if it has none. */
export const leadOf = (engagement: EngagementRecord | null, id: string): EngagementLead | null =>
  (engagement && leadsIn(engagement).find((lead) => lead.id === id)) ?? null;

/** A lead by its id; null if there is none. @throws Fault */
export async function fetchLead(id: string, { related }: Pick<Context, 'related'>) {
  const { engagementId } = leadPartsOf(id);
  return leadOf(await related.details.load(engagementId), id);
}

/** The latest lead of an engagement in a list. */
async function listedLead(summary: EngagementSummary, { related }: Context): Promise<EngagementLead | null> {
  const engagement = await related.details.loadListed(summary);
  return (engagement && leadsIn(engagement).at(-1)) ?? null;
}

/** The task that has converted a lead, or the latest one that tried. */
async function conversionOf(lead: EngagementLead, { tasks }: Context): Promise<Task | null> {
  const found = conversionsOf(lead, await tasks.conversions.load(lead.engagement.id));
  return found.find(({ status }) => status === 'COMPLETE') ?? found[0] ?? null;
}

export const resolvers: Resolvers = {
  Query: {
    leads: (_root, { filter, ...page }, { related }) =>
      related.engagements({ ...page, filter: { ...filter, contextTypes: ['Lead'] } }),
    lead(_root, { id }, context) {
      assertLeadId(id);
      return fetchLead(id, context);
    },
  },

  Lead: {
    async __resolveReference({ id }, context) {
      if (!idForms.Lead.test(id))
        throw badInput('representation', quoted(id), "a lead's id such as eng-0123456789abcd/1");
      const lead = await fetchLead(id, context);
      return lead && entityOf(lead);
    },
    engagement: ({ engagement }) => summaryOf(engagement),
    modifiedAt: ({ engagement }) => engagement.modifiedAt ?? null,
    qualificationStatus: ({ content }) => content.qualificationStatus ?? null,
    customer: ({ content }) => content.customer ?? null,
    interactions: ({ content }) => content.interactions?.filter((one) => one !== null) ?? null,
    insights: ({ content }) => content.insights ?? null,
    prospecting: ({ engagement }, _args, context) =>
      latestOf(summaryOf(engagement), context, 'ProspectingResult', 'prospectingResult'),
    conversion: (lead, _args, context) => conversionOf(lead, context),
    async opportunity(lead, _args, context, info) {
      const task = await conversionOf(lead, context);
      return task?.opportunityId ? loaderFor(info, context.loaders).load(task.opportunityId) : null;
    },
  },

  LeadConnection: {
    // Promises, so that each item can fail alone; the generated type has none that may be null.
    nodes: ({ edges }, _args, context) =>
      edges.map(({ summary }) => listedLead(summary, context) as Promise<EngagementLead>),
    pageInfo: pageInfoOf,
  },

  LeadEdge: {
    node: ({ summary }, _args, context) => listedLead(summary, context),
  },
};
