import type { GraphQLResolveInfo } from 'graphql';
import { calendar } from '../../clock.ts';
import { checkAssociations, planAssociations } from '../../domain/associations.ts';
import { badInput } from '../../domain/bad-input.ts';
import { contentBlockers, withAssociations } from '../../domain/readiness.ts';
import { checkNew } from '../../domain/validation.ts';
import { withMore } from '../../domain/violation.ts';
import type { CreateOpportunityInput } from '../../generated/schema-types.ts';
import type { Context } from '../../graphql/context.ts';
import type { CreatePayload, CreateResult } from '../models.ts';
import { runMutation } from '../mutation.ts';
import { runSubmission } from '../submission.ts';
import { inCreate, placed } from '../submission-paths.ts';
import type { Resolvers } from '../types.generated.ts';
import { createAndAssociate, explainCreate, newOpportunityFields, type Token, tokenFor } from './new.ts';

/**
 * Creates an opportunity.
 *
 * @param path of the input in the caller's variables
 * @throws Fault if the caller cannot fix it
 */
export async function createOpportunity(
  input: CreateOpportunityInput,
  path: readonly string[],
  token: Token,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<CreatePayload> {
  const { clientToken } = token;
  const { associate, submit, ...content } = input;
  const target = associate ?? {};
  const { steps } = planAssociations({}, target);
  const today = calendar.today();
  if (submit && submit.waitMs < 0) throw badInput('input.submit.waitMs', String(submit.waitMs), '0 or more');
  const wish = { target, path: [...path, 'associate'] };
  return runMutation<CreateResult>(info, {
    input: { type: 'CreateOpportunityInput', value: input, path },
    unchanged: { id: null, clientToken, associationSteps: [] },
    record: input,
    check() {
      const blockers = submit ? contentBlockers(withAssociations(content, steps), submit, today) : [];
      const found = [
        ...checkNew({ ...content, clientToken }, today),
        ...checkAssociations(target).map((one) => ({ ...one, path: ['associate', ...one.path] })),
      ];
      return withMore(found, placed(blockers, info.schema, inCreate(input)));
    },
    execute(reporter) {
      const asked = submit && {
        ...submit,
        patch: {},
        associate: target,
        tags: undefined,
        input: inCreate(input),
      };
      const opportunity = {
        content,
        path,
        steps,
        wish,
        ...(asked && {
          submit: (id: string) => runSubmission({ ...asked, id }, context, info, reporter),
        }),
      };
      return createAndAssociate(opportunity, token, reporter, context, info);
    },
    explainFault: (fault) => explainCreate(fault, token),
  });
}

export const resolvers: Resolvers = {
  Mutation: {
    createOpportunity: (_root, { input }, context, info) =>
      createOpportunity(input, ['input'], tokenFor(input.clientToken, context, info), context, info),
  },

  CreateOpportunityPayload: {
    ...newOpportunityFields,
    submission: ({ submission }) => submission ?? null,
  },
};
