import { randomUUID } from 'node:crypto';
import { assertEngagementId } from '../domain/engagements.ts';
import { uuidOf } from '../domain/uuid.ts';
import type { Context } from '../graphql/context.ts';
import { clientTokenOf } from '../graphql/idempotency.ts';
import type { SnapshotJob, SnapshotJobSummary } from '../upstream/wire.ts';
import type { EnsureSharingPayload, EnsureSharingResult } from './models.ts';
import { runMutation } from './mutation.ts';
import { loaderFor } from './opportunity/query.ts';
import type { Resolvers } from './types.generated.ts';
import { wholeError } from './user-errors.ts';

const refusals = {
  NOTHING_SHARED: wholeError('NOT_FOUND', 'Your company shares no opportunity in this engagement.', [
    'input',
    'engagementId',
  ]),
  NO_JOB_ROLE: wholeError(
    'INVALID_RESOURCE_STATE',
    'AWS has no role to share opportunities with. An administrator has to set it in the selling system settings.',
  ),
} as const;

/** A member of a job that the object at hand lacks, or AWS's list as a whole. */
const detail =
  <Name extends Exclude<keyof SnapshotJob, 'id'>>(name: Name) =>
  async ({ id, ...job }: SnapshotJobSummary, _args: unknown, { related }: Context) => {
    const known = (job as Partial<SnapshotJob>)[name];
    return known ?? (await related.jobs.job.load(id))?.[name] ?? null;
  };

export const resolvers: Resolvers = {
  Mutation: {
    async ensureEngagementSharing(_root, { input }, context, info): Promise<EnsureSharingPayload> {
      const { engagementId } = input;
      assertEngagementId(engagementId, 'input.engagementId');
      const unchanged = { id: engagementId, jobs: [], changed: false };
      return runMutation<EnsureSharingResult>(info, {
        input: { type: 'EnsureEngagementSharingInput', value: input, path: ['input'] },
        unchanged,
        async execute() {
          // A token of its own for each call: AWS would answer an old one with a job that has been deleted since.
          const token = clientTokenOf(context, info) ?? randomUUID();
          const ensured = await context.records.ensureSharing(engagementId, (id) => uuidOf(token, id));
          if (ensured.outcome !== 'ENSURED') return { ...unchanged, userErrors: [refusals[ensured.outcome]] };
          const { jobs, changed } = ensured;
          if (changed) context.account.changes.publish({ type: 'Engagement', id: engagementId });
          return { id: engagementId, jobs, changed };
        },
      });
    },
  },

  EnsureEngagementSharingPayload: {
    engagement: ({ id }, _args, { related }) => related.engagement.load(id),
  },

  Engagement: {
    sharing: ({ id }) => ({ engagementId: id }),
  },

  EngagementSharing: {
    healthy: async ({ engagementId }, _args, { sharing }) => (await sharing.load(engagementId)).length === 0,
    problems: ({ engagementId }, _args, { sharing }) => sharing.load(engagementId),
    jobs: ({ engagementId }, _args, { related }) => related.jobs.inEngagement.load(engagementId),
  },

  ResourceSnapshotJob: {
    arn: detail('arn'),
    async engagement(job, _args, context) {
      const id = await detail('engagementId')(job, _args, context);
      return id ? context.related.engagement.load(id) : null;
    },
    status: detail('status'),
    resourceType: detail('resourceType'),
    resourceId: detail('resourceId'),
    resourceArn: detail('resourceArn'),
    async opportunity(job, _args, context, info) {
      const id = await detail('resourceId')(job, _args, context);
      return id ? loaderFor(info, context.loaders).load(id) : null;
    },
    resourceSnapshotTemplateName: detail('resourceSnapshotTemplateName'),
    createdAt: detail('createdAt'),
    lastSuccessfulExecutionDate: detail('lastSuccessfulExecutionDate'),
    lastFailure: detail('lastFailure'),
  },
};
