import { calendar } from '../../clock.ts';
import { checkAssociations, planAssociations } from '../../domain/associations.ts';
import { checkNew } from '../../domain/validation.ts';
import type { CreatePayload, CreateResult } from '../models.ts';
import { runMutation } from '../mutation.ts';
import type { Resolvers } from '../types.generated.ts';
import { createAndAssociate, explainCreate, newOpportunityFields, tokenFor } from './new.ts';

export const resolvers: Resolvers = {
  Mutation: {
    async createOpportunity(_root, { input }, context, info): Promise<CreatePayload> {
      const token = tokenFor(input.clientToken, context, info);
      const { clientToken } = token;
      const { associate, ...content } = input;
      const wanted = associate ?? {};
      const wish = { wanted, path: ['input', 'associate'] };
      return runMutation<CreateResult>(info, {
        input: { type: 'CreateOpportunityInput', value: input, path: ['input'] },
        unchanged: { id: null, clientToken, associationSteps: [] },
        record: input,
        check: () => [
          ...checkNew({ ...content, clientToken }, calendar.today()),
          ...checkAssociations(wanted).map((one) => ({ ...one, path: ['associate', ...one.path] })),
        ],
        execute(reporter) {
          const { steps } = planAssociations({}, wanted);
          const opportunity = { content, path: ['input'], steps, wish };
          return createAndAssociate(opportunity, token, reporter, context, info);
        },
        explainFault: (fault) => explainCreate(fault, token),
      });
    },
  },

  CreateOpportunityPayload: newOpportunityFields,
};
