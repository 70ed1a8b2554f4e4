/** What engagements are about. */
import type { Context } from '../graphql/context.ts';
import { memberOf } from '../graphql/open-unions.ts';
import type { EngagementSummary, WireContext } from '../upstream/wire.ts';
import type { Resolvers } from './types.generated.ts';

type Payload = NonNullable<WireContext['payload']>;

/** The types of the graph by AWS's members of a context's payload. */
const payloadTypes = {
  customerProject: 'CustomerProjectsContext',
  lead: 'LeadContext',
  prospectingResult: 'ProspectingResult',
} as const;

/** What a payload can be. */
type Member = NonNullable<Payload[keyof typeof payloadTypes]>;

/** The contexts of an engagement; none if a list shows that it has none of this type. */
async function contextsOf(
  engagement: EngagementSummary,
  { related }: Context,
  type?: WireContext['type'],
): Promise<WireContext[]> {
  const { contextTypes } = engagement;
  if (type && contextTypes && !contextTypes.includes(type)) return [];
  const record = await related.details.loadListed(engagement);
  return (record?.contexts ?? []).filter((context) => context !== null);
}

/** The content of the latest context that has some of this type. */
export async function latestOf<Name extends keyof typeof payloadTypes>(
  engagement: EngagementSummary,
  context: Context,
  type: WireContext['type'],
  member: Name,
): Promise<NonNullable<Payload[Name]> | null> {
  const contexts = await contextsOf(engagement, context, type);
  const payloads = contexts.map(({ payload }) => payload?.[member] ?? null);
  return payloads.findLast((payload) => payload !== null) ?? null;
}

export const resolvers: Resolvers = {
  Engagement: {
    async description(engagement, _args, { related }) {
      const record = await related.details.loadListed(engagement);
      return record?.description ?? null;
    },
    contexts: (engagement, _args, context) => contextsOf(engagement, context),
    lead: (engagement, _args, context) => latestOf(engagement, context, 'Lead', 'lead'),
    customerProject: (engagement, _args, context) =>
      latestOf(engagement, context, 'CustomerProject', 'customerProject'),
    prospectingResult: (engagement, _args, context) =>
      latestOf(engagement, context, 'ProspectingResult', 'prospectingResult'),
  },

  EngagementContext: {
    payload: ({ payload }, _args, context, info) => memberOf<Member>(payload, payloadTypes, context, info),
  },
};
