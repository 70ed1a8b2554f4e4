import { calendar } from '../../clock.ts';
import { contentOfClone, copiedAssociations } from '../../domain/clone.ts';
import { checkEdits } from '../../domain/edit-checks.ts';
import { assertOpportunityId } from '../../domain/ids.ts';
import { checkNew } from '../../domain/validation.ts';
import type { CreatePayload, CreateResult } from '../models.ts';
import { runMutation } from '../mutation.ts';
import type { Resolvers } from '../types.generated.ts';
import { notFound } from '../user-errors.ts';
import { createAndAssociate, explainCreate, newOpportunityFields, tokenFor } from './new.ts';

export const resolvers: Resolvers = {
  Mutation: {
    async cloneOpportunity(_root, { input }, context, info): Promise<CreatePayload> {
      const { id, associations } = input;
      assertOpportunityId(id, 'input.id');
      const overrides = input.overrides ?? {};
      const token = tokenFor(input.clientToken, context, info);
      const { clientToken } = token;
      const unchanged = { id: null, clientToken, associationSteps: [] };
      const path = ['input', 'overrides'];
      return runMutation<CreateResult>(info, {
        input: { type: 'OpportunityPatch', value: overrides, path },
        unchanged,
        check: () => checkEdits(overrides),
        async execute(reporter) {
          const record = await context.loaders.opportunity.load(id);
          if (!record) return { ...unchanged, userErrors: [notFound(id)] };
          const content = contentOfClone(record, overrides);
          reporter.warnAboutUnknownValues(content);
          // A dry run has no record to check, and counts the write that a valid one needs.
          const isChecked = !context.request.isDryRun;
          const violations = isChecked ? checkNew({ ...content, clientToken }, calendar.today()) : [];
          if (violations.length > 0) return { ...unchanged, userErrors: reporter.toUserErrors(violations) };
          const steps = associations ? copiedAssociations(record) : [];
          const opportunity = { content, path, steps, wish: { path: ['input', 'associations'] } };
          return createAndAssociate(opportunity, token, reporter, context, info);
        },
        explainFault: (fault) => explainCreate(fault, token),
      });
    },
  },

  CloneOpportunityPayload: newOpportunityFields,
};
