import type { Snapshot } from '../domain/snapshots.ts';
import type { Context } from '../graphql/context.ts';
import { memberOf } from '../graphql/open-unions.ts';
import type { SnapshotPayload } from '../upstream/wire.ts';
import { pageInfoOf } from './connections.ts';
import type { Resolvers } from './types.generated.ts';

/** The types of the graph by AWS's members of a snapshot's payload. */
const payloadTypes = {
  opportunitySummary: 'OpportunitySummaryView',
  awsOpportunitySummaryFullView: 'AwsOpportunitySummaryFullView',
} as const;

/** What a payload can be. */
type Member = NonNullable<SnapshotPayload[keyof typeof payloadTypes]>;

/** What AWS's list lacks. */
const recordOf = ({ id }: Snapshot, { related }: Context) => related.snapshots.revision.load(id);

export const resolvers: Resolvers = {
  ResourceSnapshot: {
    async arn(snapshot, _args, context) {
      return snapshot.arn ?? (await recordOf(snapshot, context))?.arn ?? null;
    },
    engagement: ({ engagementId }, _args, { related }) => related.engagement.load(engagementId),
    async createdAt(snapshot, _args, context) {
      return (await recordOf(snapshot, context))?.createdAt ?? null;
    },
    async targetMemberAccounts(snapshot, _args, context) {
      const accounts = (await recordOf(snapshot, context))?.targetMemberAccounts;
      return accounts?.filter((account) => account !== null) ?? null;
    },
    async payload(snapshot, _args, context, info) {
      const record = await recordOf(snapshot, context);
      return memberOf<Member>(record?.payload, payloadTypes, context, info);
    },
  },

  ResourceSnapshotConnection: {
    nodes: ({ edges }) => edges.map(({ summary }) => summary),
    pageInfo: pageInfoOf,
  },

  ResourceSnapshotEdge: {
    node: ({ summary }) => summary,
  },
};
