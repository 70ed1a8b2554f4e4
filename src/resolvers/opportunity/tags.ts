import { tagConstraints } from '../../domain/constraints.ts';
import { assertOpportunityId } from '../../domain/ids.ts';
import { checkTags } from '../../domain/tags.ts';
import { checkConstraints } from '../../domain/validation.ts';
import type { SetTagsPayload, SetTagsResult } from '../models.ts';
import { runMutation } from '../mutation.ts';
import type { Resolvers } from '../types.generated.ts';
import { notFound, wholeError } from '../user-errors.ts';
import { loaderFor } from './query.ts';

export const resolvers: Resolvers = {
  Mutation: {
    async setTags(_root, { input }, { records, loaders }, info): Promise<SetTagsPayload> {
      const { id, tags } = input;
      assertOpportunityId(id, 'input.id');
      const unchanged = { id, changed: false };
      return runMutation<SetTagsResult>(info, {
        input: { type: 'SetTagsInput', value: input, path: ['input'] },
        unchanged,
        check: () => [...checkConstraints({ tags }, tagConstraints), ...checkTags(tags)],
        execute: () =>
          records.inTurn(id, async () => {
            const opportunity = await loaders.summary.load(id);
            if (!opportunity) return { ...unchanged, userErrors: [notFound(id)] };
            const { arn } = opportunity;
            if (!arn) return { ...unchanged, userErrors: [withoutArn()] };
            return { id, changed: await records.setTags(arn, tags) };
          }),
      });
    },
  },

  SetTagsPayload: {
    opportunity: ({ id }, _args, { loaders }, info) => loaderFor(info, loaders).load(id),
  },
};

const withoutArn = () =>
  wholeError('ACTION_NOT_PERMITTED', 'AWS has given this opportunity no ARN, so it cannot have tags.', [
    'input',
    'id',
  ]);
