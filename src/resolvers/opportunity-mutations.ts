import { randomUUID } from 'node:crypto';
import { type GraphQLInputObjectType, type GraphQLResolveInfo, isInputObjectType } from 'graphql';
import { assertOpportunityId } from '../domain/ids.ts';
import { compareInstants } from '../domain/instants.ts';
import { changedFields, forbiddenNulls, replacement } from '../domain/patch.ts';
import { toUserErrors } from '../domain/user-errors.ts';
import { Fault } from '../fault.ts';
import type { Input } from '../upstream/send.ts';
import type { Resolvers, UserError } from './types.generated.ts';

/** An input type of the schema, by its name, for AWS's field names to be looked up in. */
function inputType({ schema }: GraphQLResolveInfo, name: string): GraphQLInputObjectType {
  const type = schema.getType(name);
  if (!isInputObjectType(type)) throw new Error(`The schema has no input type ${name}`);
  return type;
}

/** Faults that the caller can put right become user errors; the others are thrown on. */
function userErrorsOf(error: unknown, type: GraphQLInputObjectType, root: string[]): UserError[] {
  const userErrors = error instanceof Fault ? toUserErrors(error, type, root) : undefined;
  if (!userErrors) throw error;
  return userErrors;
}

export const resolvers: Resolvers = {
  Mutation: {
    async createOpportunity(_root, { input }, { send }, info) {
      try {
        const { id } = await send('CreateOpportunity', {
          ...(input as Input<'CreateOpportunity'>),
          clientToken: input.clientToken ?? randomUUID(),
        });
        return { id: id ?? null, userErrors: [] };
      } catch (error) {
        const userErrors = userErrorsOf(error, inputType(info, 'CreateOpportunityInput'), ['input']);
        // On create there is no record to conflict with: it is the token that was used with another input.
        const renamed = userErrors.map((userError) =>
          userError.code === 'CONFLICT'
            ? { ...userError, path: ['input', 'clientToken'], code: 'IDEMPOTENCY_CONFLICT' as const }
            : userError,
        );
        return { id: null, userErrors: renamed };
      }
    },

    async updateOpportunity(
      _root,
      { input: { id, patch, expectedLastModifiedDate } },
      { send, loaders },
      info,
    ) {
      assertOpportunityId(id, 'input.id');
      const refused = (userErrors: UserError[]) => ({ id, changed: false, userErrors });

      // Read past what this request has seen already: an earlier mutation of the same request may have changed it.
      const record = await loaders.opportunity.clear(id).load(id);
      if (!record)
        return refused([
          { path: ['input', 'id'], code: 'NOT_FOUND', message: `AWS knows no opportunity ${id}.` },
        ]);

      const seen = expectedLastModifiedDate;
      if (seen && compareInstants(seen, record.lastModifiedDate ?? '') !== 0)
        return refused([
          {
            path: ['input', 'expectedLastModifiedDate'],
            code: 'CONFLICT',
            message: `The opportunity was last modified at ${record.lastModifiedDate}, not at ${seen}; nothing was written.`,
          },
        ]);

      const nulls = forbiddenNulls(record, patch);
      if (nulls.length > 0)
        return refused(
          nulls.map((path) => ({
            path: ['input', 'patch', ...path.split('.')],
            code: 'REQUIRED_FIELD_MISSING',
            message: `${path}: got null, wanted a value; AWS does not let this field be cleared.`,
          })),
        );

      const update = replacement(record, patch);
      if (changedFields(record, { ...record, ...update, identifier: undefined }).length === 0)
        return { id, changed: false, userErrors: [] };

      try {
        await send('UpdateOpportunity', update as Input<'UpdateOpportunity'>);
        loaders.opportunity.clear(id);
        return { id, changed: true, userErrors: [] };
      } catch (error) {
        if (error instanceof Fault && error.code !== 'VALIDATION') loaders.opportunity.clear(id);
        return refused(userErrorsOf(error, inputType(info, 'OpportunityPatch'), ['input', 'patch']));
      }
    },
  },

  CreateOpportunityPayload: {
    opportunity: ({ id }, _args, { loaders }) => (id ? loaders.opportunity.load(id) : null),
  },

  UpdateOpportunityPayload: {
    opportunity: ({ id }, _args, { loaders }) => (id ? loaders.opportunity.load(id) : null),
  },
};
