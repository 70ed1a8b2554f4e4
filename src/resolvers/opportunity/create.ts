import { randomUUID } from 'node:crypto';
import { type FieldNode, type GraphQLResolveInfo, visit } from 'graphql';
import { calendar } from '../../clock.ts';
import { brokenConstraints, brokenRules } from '../../domain/validation.ts';
import { Fault } from '../../fault.ts';
import type { Context } from '../../graphql/context.ts';
import type { Input } from '../../upstream/operations.ts';
import type { CreatePayload, Refusal } from '../models.ts';
import { callerInput, userErrorsOf, warningsOf } from '../mutation.ts';
import type { Resolvers } from '../types.generated.ts';
import { fromComplaints, wholeError } from '../user-errors.ts';

/** The token of a create: the input's, that of the request's `Idempotency-Key`, or a new one. */
function tokenFor(given: string | null | undefined, { request }: Context, info: GraphQLResolveInfo): string {
  if (given !== null && given !== undefined) return given;
  if (!request.idempotencyKey) return randomUUID();
  let creates = 0;
  const count = (field: FieldNode) => {
    if (field.name.value === 'createOpportunity') creates += 1;
  };
  for (const node of [info.operation, ...Object.values(info.fragments)]) visit(node, { Field: count });
  if (creates === 1) return request.idempotencyKey;
  throw new Fault(
    'BAD_USER_INPUT',
    `Idempotency-Key: got ${creates} creates in one request, wanted one; give each its own clientToken`,
  );
}

export const resolvers: Resolvers = {
  Mutation: {
    async createOpportunity(_root, args, context, info): Promise<CreatePayload> {
      const clientToken = tokenFor(args.input.clientToken, context, info);
      const input = callerInput(info, 'CreateOpportunityInput', args.input, ['input']);
      const warnings = warningsOf(input, args.input);
      const refused = (userErrors: Refusal[]): CreatePayload => ({
        id: null,
        clientToken,
        warnings,
        userErrors,
      });

      const touched = Object.keys(args.input);
      const complaints = [
        ...brokenConstraints({ ...args.input, clientToken }),
        ...brokenRules(args.input, touched, calendar.today()),
      ];
      if (complaints.length > 0) return refused(fromComplaints(complaints, input));

      try {
        const { id, lastModifiedDate } = await context.forWrite.send('CreateOpportunity', {
          ...(args.input as Input<'CreateOpportunity'>),
          clientToken,
        });
        if (id) context.versions.know(id, lastModifiedDate);
        return { id: id ?? null, clientToken, warnings, userErrors: [] };
      } catch (error) {
        if (error instanceof Fault && error.mayHaveLanded) {
          const message =
            'The answer of AWS got lost, and it cannot be told whether the opportunity was created. Send the same ' +
            `input again with the clientToken ${JSON.stringify(clientToken)}: it creates at most one.`;
          return refused([wholeError('OUTCOME_UNKNOWN', message)]);
        }
        // On create there is no record to conflict with: it is the token that was used with another input.
        if (error instanceof Fault && error.code === 'CONFLICT')
          return refused([wholeError('IDEMPOTENCY_CONFLICT', error.message, ['input', 'clientToken'])]);
        return refused(userErrorsOf(error, input));
      }
    },
  },

  CreateOpportunityPayload: {
    opportunity: ({ id }, _args, { loaders }) => (id ? loaders.opportunity.load(id) : null),
  },
};
