import type { GraphQLResolveInfo } from 'graphql';
import { type AssociationStep, checkAssociations, planAssociations } from '../domain/associations.ts';
import { badInput } from '../domain/bad-input.ts';
import { checkEntityId, type EntityType, placeOf } from '../domain/entities.ts';
import { assertOpportunityId } from '../domain/ids.ts';
import type { Context } from '../graphql/context.ts';
import { faultOf, reportSteps, timeFor, unknownOutcomeOf, warningsOf } from './association-steps.ts';
import type { ChangePayload, ChangeResult, SetAssociationsPayload, SetAssociationsResult } from './models.ts';
import { runMutation } from './mutation.ts';
import type { Resolvers } from './types.generated.ts';
import { notFound, wholeError } from './user-errors.ts';

type EntityInput = { id: string; relatedEntityType: EntityType; relatedEntityIdentifier: string };

/** Associates or disassociates one entity, without a read unless AWS's response leaves a doubt. */
async function changeOne(
  action: AssociationStep['action'],
  input: EntityInput,
  { records }: Context,
  info: GraphQLResolveInfo,
): Promise<ChangePayload> {
  const { id, relatedEntityType: type, relatedEntityIdentifier: entity } = input;
  assertOpportunityId(id, 'input.id');
  const step = { action, type, id: entity };
  const at = ['input', 'relatedEntityIdentifier'];
  const name = action === 'ASSOCIATE' ? 'AssociateOpportunityInput' : 'DisassociateOpportunityInput';
  return runMutation<ChangeResult>(info, {
    input: { type: name, value: input, path: ['input'] },
    unchanged: { id },
    check: () => [checkEntityId(type, entity, ['relatedEntityIdentifier']) ?? []].flat(),
    execute: (reporter) =>
      records.inTurn(id, async (turn) => {
        const known = records.known(id);
        const [{ fault } = {}] = await turn.associate([step], () => false);
        if (!fault) return { id, ...(known && { warnings: warningsOf(known, [step], at) }) };
        if (fault.mayHaveBeenApplied)
          return { id, userErrors: [wholeError('OUTCOME_UNKNOWN', unknownOutcomeOf(step), at)] };
        if (fault.code !== 'VALIDATION') throw fault;
        // Whichever part AWS names, the entity is what it does not accept.
        const { field } = placeOf(type, entity, {});
        const userErrors = (reporter.explain(fault) ?? []).map((error) => ({
          ...error,
          path: at,
          field,
          sent: true,
        }));
        return { id, userErrors };
      }),
  });
}

const opportunity = ({ id }: ChangeResult, _args: unknown, { loaders }: Context) =>
  loaders.opportunity.load(id);

export const resolvers: Resolvers = {
  Mutation: {
    associateOpportunity: (_root, { input }, context, info) => changeOne('ASSOCIATE', input, context, info),
    disassociateOpportunity: (_root, { input }, context, info) =>
      changeOne('DISASSOCIATE', input, context, info),

    async setOpportunityAssociations(_root, { input }, context, info): Promise<SetAssociationsPayload> {
      const { id, waitMs, ...target } = input;
      assertOpportunityId(id, 'input.id');
      if (waitMs !== null && waitMs !== undefined && waitMs < 0)
        throw badInput('input.waitMs', String(waitMs), '0 or more');
      const unchanged = { id, steps: [], complete: false, changed: false };
      const path = ['input'];
      return runMutation<SetAssociationsResult>(info, {
        input: { type: 'SetOpportunityAssociationsInput', value: input, path },
        unchanged,
        check: () => checkAssociations(target),
        execute: (reporter) =>
          context.records.inTurn(id, async (turn) => {
            const isTimeUp = timeFor(context, waitMs);
            const record = await turn.read();
            if (!record) return { ...unchanged, userErrors: [notFound(id)] };
            const { steps, violations } = planAssociations(record, target);
            if (violations.length > 0) return { ...unchanged, userErrors: reporter.toUserErrors(violations) };
            const results = await turn.associate(steps, isTimeUp);
            const fault = faultOf(results, reporter);
            if (fault) throw fault;
            const warnings = warningsOf(record, steps, path);
            return { id, ...reportSteps(results, { target, path }, reporter), warnings };
          }),
      });
    },
  },

  AssociateOpportunityPayload: { opportunity },
  DisassociateOpportunityPayload: { opportunity },
  SetOpportunityAssociationsPayload: { opportunity },
};
