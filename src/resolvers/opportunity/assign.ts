import { assigneeConstraints } from '../../domain/constraints.ts';
import { assertOpportunityId } from '../../domain/ids.ts';
import { checkConstraints } from '../../domain/validation.ts';
import type { Input } from '../../upstream/operations.ts';
import type { ChangePayload, ChangeResult } from '../models.ts';
import { runMutation } from '../mutation.ts';
import type { Resolvers } from '../types.generated.ts';

export const resolvers: Resolvers = {
  Mutation: {
    async assignOpportunity(_root, { input }, { records }, info): Promise<ChangePayload> {
      // The schema has a default for the title, which the generated type does not show.
      const { id, ...assignee } = input as typeof input & Input<'AssignOpportunity'>['assignee'];
      assertOpportunityId(id, 'input.id');
      return runMutation<ChangeResult>(info, {
        input: { type: 'AssignOpportunityInput', value: input, path: ['input'] },
        unchanged: { id },
        check: () => checkConstraints(assignee, assigneeConstraints),
        execute: () =>
          records.inTurn(id, async () => {
            await records.write('AssignOpportunity', { identifier: id, assignee });
            return { id };
          }),
      });
    },
  },

  AssignOpportunityPayload: {
    opportunity: ({ id }, _args, { loaders }) => loaders.opportunity.load(id),
  },
};
