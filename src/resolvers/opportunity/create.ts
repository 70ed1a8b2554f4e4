import { randomUUID } from 'node:crypto';
import { type FieldNode, type GraphQLResolveInfo, visit } from 'graphql';
import { calendar } from '../../clock.ts';
import { badInput } from '../../domain/bad-input.ts';
import { checkNew } from '../../domain/validation.ts';
import type { Context } from '../../graphql/context.ts';
import type { Input } from '../../upstream/operations.ts';
import type { CreatePayload, CreateResult } from '../models.ts';
import { runMutation } from '../mutation.ts';
import { selectsRecord, warningsOf } from '../stored.ts';
import type { Resolvers } from '../types.generated.ts';
import { wholeError } from '../user-errors.ts';

/** The token of a create: the input's own, the request's `Idempotency-Key`, or a new one. */
function tokenFor(given: string | null | undefined, { request }: Context, info: GraphQLResolveInfo): string {
  if (given !== null && given !== undefined) return given;
  if (!request.idempotencyKey) return randomUUID();
  let creates = 0;
  const count = (field: FieldNode) => {
    if (field.name.value === 'createOpportunity') creates += 1;
  };
  for (const node of [info.operation, ...Object.values(info.fragments)]) visit(node, { Field: count });
  if (creates === 1) return request.idempotencyKey;
  throw badInput(
    'Idempotency-Key',
    `${creates} creates in one request`,
    'one; give each its own clientToken',
  );
}

export const resolvers: Resolvers = {
  Mutation: {
    async createOpportunity(_root, { input }, context, info): Promise<CreatePayload> {
      const clientToken = tokenFor(input.clientToken, context, info);
      return runMutation<CreateResult>(info, {
        input: { type: 'CreateOpportunityInput', value: input, path: ['input'] },
        unchanged: { id: null, clientToken },
        record: input,
        check: () => checkNew({ ...input, clientToken }, calendar.today()),
        async execute() {
          // Of the members that the SDK requires, the company name is optional in the schema; `check` has required it.
          const request = { ...(input as Input<'CreateOpportunity'>), clientToken };
          const { id } = await context.records.write('CreateOpportunity', request);
          const written = { input, path: ['input'], known: [], isRead: selectsRecord(info) };
          return { id: id ?? null, clientToken, written };
        },
        explainFault(fault) {
          if (fault.mayHaveBeenApplied) {
            const message =
              "AWS's response was lost, so it is unknown whether the opportunity was created. Send the same " +
              `input again with the clientToken ${JSON.stringify(clientToken)}: it is created at most once.`;
            return [wholeError('OUTCOME_UNKNOWN', message)];
          }
          // A create has no record to conflict with: the token was used with another input.
          return fault.code === 'CONFLICT'
            ? [wholeError('IDEMPOTENCY_CONFLICT', fault.message, ['input', 'clientToken'])]
            : undefined;
        },
      });
    },
  },

  CreateOpportunityPayload: {
    warnings: (payload, _args, context) => warningsOf(payload, context),
    opportunity: ({ id }, _args, { loaders }) => (id ? loaders.opportunity.load(id) : null),
  },
};
