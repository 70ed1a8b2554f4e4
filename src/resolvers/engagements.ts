import { badInput, quoted } from '../domain/bad-input.ts';
import { assertEngagementId } from '../domain/engagements.ts';
import { engagementIdInArn, idForms } from '../domain/ids.ts';
import { latestOfOwner } from '../domain/snapshots.ts';
import { entityOf } from '../graphql/entities.ts';
import { pageInfoOf } from './connections.ts';
import { loaderFor } from './opportunity/query.ts';
import type { Resolvers } from './types.generated.ts';

/** A router's representation of an engagement: one of its keys. */
type Reference = { id?: unknown; arn?: unknown };

/** The id of a representation. @throws Fault BAD_USER_INPUT if it has neither an id nor an engagement's ARN */
function idOf({ id, arn }: Reference): string {
  const found = typeof id === 'string' ? id : typeof arn === 'string' ? engagementIdInArn(arn) : undefined;
  if (found && idForms.Engagement.test(found)) return found;
  const key = Object.entries({ id, arn }).find(([, value]) => typeof value === 'string');
  const got = key ? `${key[0]} ${quoted(String(key[1]))}` : 'no key';
  throw badInput('representation', got, "an id such as eng-0123456789abcd or an engagement's ARN");
}

/** What AWS returns in place of a missing website. Source: AWS's recordings of ListEngagementMembers. */
const noWebsite = 'null';

export const resolvers: Resolvers = {
  Query: {
    engagements: (_root, args, { related }) => related.engagements(args),
    engagement(_root, { id }, { related }) {
      assertEngagementId(id);
      return related.engagement.load(id);
    },
  },

  Opportunity: {
    engagements: ({ id }, _args, { related }) => related.engagementsOf(id),
  },

  Engagement: {
    async __resolveReference(reference: Reference, { related }) {
      const engagement = await related.engagement.load(idOf(reference));
      // An ARN of another catalog has the id of another engagement.
      const isOther = typeof reference.arn === 'string' && engagement?.arn !== reference.arn;
      return engagement && !isOther ? entityOf(engagement) : null;
    },
    members: (engagement, _args, { related }) => related.members(engagement),
    opportunities: ({ id }, _args, { related }) => related.resources.load(id),
    snapshots: ({ id }, args, { related }) => related.snapshots.page(id, args),
  },

  EngagementMember: {
    websiteUrl: ({ websiteUrl }) => (websiteUrl && websiteUrl !== noWebsite ? websiteUrl : null),
  },

  EngagementResource: {
    ours: (resource, _args, { related }) => related.isOwn(resource),
    async opportunity(resource, _args, { related, loaders }, info) {
      return (await related.isOwn(resource)) ? loaderFor(info, loaders).load(resource.resourceId) : null;
    },
    async latestSnapshot({ engagementId, resourceId }, _args, { related }) {
      const snapshots = await related.snapshots.listed.load(engagementId);
      return latestOfOwner(snapshots, resourceId) ?? null;
    },
  },

  EngagementConnection: {
    nodes: ({ edges }) => edges.map(({ summary }) => summary),
    pageInfo: pageInfoOf,
  },

  EngagementEdge: {
    node: ({ summary }) => summary,
  },
};
