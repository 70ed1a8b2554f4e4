import { calendar } from '../../clock.ts';
import { enrichmentConstraints } from '../../domain/constraints.ts';
import { assertLeadId, leadPartsOf } from '../../domain/ids.ts';
import { checkConstraints } from '../../domain/validation.ts';
import type { EnrichLeadsPayload, EnrichLeadsResult } from '../models.ts';
import { runMutation } from '../mutation.ts';
import { tokenFor } from '../opportunity/new.ts';
import type { Resolvers } from '../types.generated.ts';
import { explainToken } from './report.ts';

export const resolvers: Resolvers = {
  Mutation: {
    async enrichLeads(_root, { input }, context, info): Promise<EnrichLeadsPayload> {
      const { ids, name } = input;
      for (const [index, id] of ids.entries()) assertLeadId(id, `input.ids[${index}]`);
      const token = tokenFor(input.clientToken, context, info);
      const { clientToken } = token;
      return runMutation<EnrichLeadsResult>(info, {
        input: { type: 'EnrichLeadsInput', value: input, path: ['input'] },
        unchanged: { id: null, task: null, clientToken },
        check: () => checkConstraints({ ids, name, clientToken }, enrichmentConstraints),
        async execute() {
          const answer = await context.records.write('StartProspectingFromEngagementTask', {
            identifiers: [...new Set(ids.map((id) => leadPartsOf(id).engagementId))],
            taskName: name ?? `Leads of ${calendar.today()}`,
            clientToken,
          });
          const task = context.tasks.startedProspecting(answer) ?? null;
          return { id: task?.id ?? null, task, clientToken };
        },
        explainFault: (fault) => explainToken(fault, token, 'the task was started'),
      });
    },
  },

  EnrichLeadsPayload: {
    task: ({ task }) => task,
  },
};
