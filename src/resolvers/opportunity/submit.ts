import { badInput } from '../../domain/bad-input.ts';
import { opportunityConstraints } from '../../domain/constraints.ts';
import { checkEdits } from '../../domain/edit-checks.ts';
import { assertOpportunityId } from '../../domain/ids.ts';
import type { PlainObject } from '../../domain/paths.ts';
import { checkConstraints } from '../../domain/validation.ts';
import type { SubmitPayload, SubmitResult } from '../models.ts';
import { runMutation } from '../mutation.ts';
import { warningsOf } from '../stored.ts';
import { notSubmitted, runSubmission } from '../submission.ts';
import { blockersOf, inSubmit } from '../submission-paths.ts';
import type { Resolvers } from '../types.generated.ts';

export const resolvers: Resolvers = {
  Mutation: {
    async submitOpportunity(_root, { input }, context, info): Promise<SubmitPayload> {
      const { id, patch, associate, expectedLastModifiedDate, clientToken, tags, waitMs, ...involvement } =
        input;
      assertOpportunityId(id, 'input.id');
      if (waitMs < 0) throw badInput('input.waitMs', String(waitMs), '0 or more');
      const unchanged = notSubmitted(id);
      return runMutation<SubmitResult>(info, {
        input: { type: 'OpportunityPatch', value: patch ?? {}, path: ['input', 'patch'] },
        unchanged,
        check: () => checkEdits((patch ?? {}) as PlainObject),
        async execute(reporter) {
          const broken = checkConstraints({ clientToken, tags }, opportunityConstraints);
          const userErrors = blockersOf(broken, info.schema, inSubmit(input));
          if (userErrors.length > 0) return { ...unchanged, userErrors };
          const asked = {
            ...involvement,
            id,
            patch: (patch ?? {}) as PlainObject,
            associate: associate ?? {},
            expected: expectedLastModifiedDate,
            clientToken,
            tags,
            waitMs,
            input: inSubmit(input),
          };
          return runSubmission(asked, context, info, reporter);
        },
      });
    },
  },

  SubmitOpportunityPayload: {
    warnings: (payload, _args, context) => warningsOf(payload, context),
    opportunity: ({ id }, _args, { loaders }) => loaders.opportunity.load(id),
    task: ({ task }) => task,
    engagement: ({ task }, _args, { related }) =>
      task?.engagementId ? related.engagement.load(task.engagementId) : null,
  },
};
