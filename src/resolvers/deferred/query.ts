import { badInput, quoted } from '../../domain/bad-input.ts';
import { opportunityOfEdit } from '../../jobs/deferred/model.ts';
import type { CancelDeferredEditPayloadModel, CancelDeferredEditResult } from '../models.ts';
import { runMutation } from '../mutation.ts';
import { loaderFor } from '../opportunity/query.ts';
import type { Resolvers } from '../types.generated.ts';
import { wholeError } from '../user-errors.ts';

const gone = () =>
  wholeError('NOT_FOUND', 'There is no such edit any more: it was made or cancelled.', ['input', 'id']);
const beingSent = () =>
  wholeError('ACTION_NOT_PERMITTED', 'The edit is being sent to AWS, and cannot be cancelled any more.', [
    'input',
    'id',
  ]);

export const resolvers: Resolvers = {
  Opportunity: {
    pendingEdits: async ({ id }, _args, { account }) =>
      (await account.deferred.of(id)).map(({ edit }) => edit),
  },

  DeferredEdit: {
    baseLastModifiedDate: ({ base }) => base.lastModifiedDate ?? null,
    failedAt: ({ failure }) => failure?.at ?? null,
    userErrors: ({ failure }) => failure?.userErrors ?? [],
    fields: ({ fields }) => [...fields],
  },

  Mutation: {
    async cancelDeferredEdit(
      _root,
      { input },
      { account: { deferred }, request },
      info,
    ): Promise<CancelDeferredEditPayloadModel> {
      const opportunityId = opportunityOfEdit(input.id);
      if (!opportunityId)
        throw badInput('input.id', quoted(input.id), 'the id of one of an opportunity’s pendingEdits');
      const unchanged = { id: opportunityId, edit: null, changed: false };
      return runMutation<CancelDeferredEditResult>(info, {
        input: { type: 'CancelDeferredEditInput', value: input, path: ['input'] },
        unchanged,
        async execute() {
          for (;;) {
            const stored = await deferred.read(input.id);
            if (!stored) return { ...unchanged, userErrors: [gone()] };
            const { edit } = stored;
            if (edit.intent) return { ...unchanged, userErrors: [beingSent()] };
            if (request.isDryRun || (await deferred.remove(stored)))
              return { id: opportunityId, edit, changed: true };
          }
        },
      });
    },
  },

  CancelDeferredEditPayload: {
    opportunity: ({ id }, _args, { loaders }, info) => loaderFor(info, loaders).load(id),
  },
};
