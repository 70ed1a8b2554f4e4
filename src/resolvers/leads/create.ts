import { leadIdOf } from '../../domain/ids.ts';
import { checkNewLead, conversionDoubts, interactionDoubts } from '../../domain/lead-checks.ts';
import type { PlainObject } from '../../domain/paths.ts';
import type { CreateLeadInput } from '../../generated/schema-types.ts';
import type { Input } from '../../upstream/operations.ts';
import type { CreateLeadPayload, CreateLeadResult } from '../models.ts';
import { runMutation } from '../mutation.ts';
import { tokenFor } from '../opportunity/new.ts';
import type { Resolvers } from '../types.generated.ts';
import { fetchLead } from './query.ts';
import { asWarnings, atLeadFields, explainToken } from './report.ts';

/** The longest title of an engagement (API model). */
const maxTitle = 40;

type NewEngagement = Input<'CreateEngagement'>;

/** An engagement about a new lead. AWS counts its contexts from 1. */
function engagementOf(
  { title, description, clientToken: _, ...lead }: CreateLeadInput,
  clientToken: string,
): NewEngagement {
  const company = lead.customer.companyName ?? '';
  return {
    clientToken,
    title: title ?? [...company].slice(0, maxTitle).join(''),
    description: description ?? company,
    // `checkNewLead` has required what the SDK requires and the schema does not.
    contexts: [{ type: 'Lead', payload: { lead } }] as NewEngagement['contexts'],
  };
}

export const resolvers: Resolvers = {
  Mutation: {
    async createLead(_root, { input }, context, info): Promise<CreateLeadPayload> {
      const token = tokenFor(input.clientToken, context, info);
      const { clientToken } = token;
      const warnings = [
        ...conversionDoubts(input),
        ...(input.interactions ?? []).slice(-1).flatMap((one) => {
          const index = (input.interactions?.length ?? 1) - 1;
          return interactionDoubts(one, ['interactions', String(index)]);
        }),
      ];
      return runMutation<CreateLeadResult>(info, {
        input: { type: 'CreateLeadInput', value: input, path: ['input'] },
        unchanged: { id: null, clientToken },
        check: () => checkNewLead({ ...input, clientToken } as PlainObject),
        async execute() {
          const { id } = await context.engagements.create(engagementOf(input, clientToken));
          return {
            id: id ? leadIdOf(id, '1') : null,
            clientToken,
            warnings: asWarnings(warnings, ['input']),
          };
        },
        explainFault: (fault) =>
          explainToken(fault, token, 'the lead was created') ??
          atLeadFields(fault, input, 'CreateLeadInput', info),
      });
    },
  },

  CreateLeadPayload: {
    lead: ({ id }, _args, context) => (id ? fetchLead(id, context) : null),
  },
};
