import { randomUUID } from 'node:crypto';
import { calendar } from '../../clock.ts';
import { checkNew } from '../../domain/validation.ts';
import { clientTokenOf } from '../../graphql/idempotency.ts';
import type { Input } from '../../upstream/operations.ts';
import type { CreatePayload, CreateResult } from '../models.ts';
import { runMutation } from '../mutation.ts';
import { selectsRecord, warningsOf } from '../stored.ts';
import type { Resolvers } from '../types.generated.ts';
import { wholeError } from '../user-errors.ts';

export const resolvers: Resolvers = {
  Mutation: {
    async createOpportunity(_root, { input }, context, info): Promise<CreatePayload> {
      const keyToken = clientTokenOf(context, info);
      const clientToken = input.clientToken ?? keyToken ?? randomUUID();
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
          if (fault.code !== 'CONFLICT') return undefined;
          // A create has no record to conflict with: the token was used with another input.
          return clientToken === keyToken
            ? [wholeError('IDEMPOTENCY_CONFLICT', 'The Idempotency-Key was used with another input before.')]
            : [wholeError('IDEMPOTENCY_CONFLICT', fault.message, ['input', 'clientToken'])];
        },
      });
    },
  },

  CreateOpportunityPayload: {
    warnings: (payload, _args, context) => warningsOf(payload, context),
    opportunity: ({ id }, _args, { loaders }) => (id ? loaders.opportunity.load(id) : null),
  },
};
