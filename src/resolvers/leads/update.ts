import { assertLeadId, leadPartsOf } from '../../domain/ids.ts';
import { listOf } from '../../domain/labels.ts';
import {
  checkLeadChange,
  checkLeadPatch,
  conversionDoubts,
  interactionDoubts,
} from '../../domain/lead-checks.ts';
import { type LeadOutcome, type LeadStore, type LeadWrite, updateLead } from '../../domain/lead-update.ts';
import type { PlainObject } from '../../domain/paths.ts';
import type { EngagementTurn } from '../../records/engagement-writer.ts';
import type { Input } from '../../upstream/operations.ts';
import type { UpdateLeadPayload, UpdateLeadResult } from '../models.ts';
import { type Reporter, runMutation } from '../mutation.ts';
import type { Resolvers } from '../types.generated.ts';
import { wholeError } from '../user-errors.ts';
import { fetchLead, leadOf } from './query.ts';
import { asWarnings, atLeadFields, leadNotFound } from './report.ts';

const unchanged = { changed: false, changedFields: [], conflict: null };

/** One lead as `updateLead` sees it. */
function storeOf(id: string, turn: EngagementTurn): LeadStore {
  const { engagementId, contextId } = leadPartsOf(id);
  return {
    read: async () => leadOf(await turn.read(), id),
    recall: (modifiedAt) => leadOf(turn.recall(modifiedAt) ?? null, id) ?? undefined,
    pause: turn.pause,
    write: ({ content, modifiedAt }: LeadWrite) =>
      turn.write('UpdateEngagementContext', {
        engagementIdentifier: engagementId,
        contextIdentifier: contextId,
        engagementLastModifiedAt: modifiedAt,
        type: 'Lead',
        // AWS's own lead with a patch that GraphQL has validated; AWS decides whether it is complete.
        payload: { lead: content } as Input<'UpdateEngagementContext'>['payload'],
      }),
  };
}

/** The payload for the outcome of a change. */
function payloadOf(
  id: string,
  outcome: LeadOutcome,
  expected: string | null | undefined,
  reporter: Reporter,
) {
  switch (outcome.kind) {
    case 'done': {
      const { changedFields } = outcome;
      return { ...unchanged, id, changed: changedFields.length > 0, changedFields };
    }
    case 'refused':
      return { ...unchanged, id, userErrors: reporter.toUserErrors(outcome.violations) };
    case 'notFound':
      return { ...unchanged, id, userErrors: [leadNotFound(id)] };
    case 'conflict': {
      const { current, changedFields, overlappingFields } = outcome;
      const conflict = { current, changedFields, overlappingFields };
      const what = changedFields
        ? `someone else changed ${listOf(overlappingFields)} in the meantime`
        : `the engagement was last modified at ${current.engagement.modifiedAt}, not at ${expected}`;
      const path = ['input', expected ? 'expectedModifiedAt' : 'patch'];
      const userErrors = [wholeError('CONFLICT', `Nothing was saved: ${what}.`, path)];
      return { ...unchanged, id, conflict, userErrors };
    }
    case 'unknown': {
      const message =
        "AWS's response was lost, and the lead does not show whether the change was made. Read it again, and send again what it lacks.";
      return { ...unchanged, id, userErrors: [wholeError('OUTCOME_UNKNOWN', message)] };
    }
  }
}

export const resolvers: Resolvers = {
  Mutation: {
    async updateLead(_root, { input }, context, info): Promise<UpdateLeadPayload> {
      const { id, addInteraction, expectedModifiedAt: expected } = input;
      const patch = input.patch as PlainObject;
      const interaction = addInteraction as PlainObject | null | undefined;
      assertLeadId(id, 'input.id');
      return runMutation<UpdateLeadResult>(info, {
        input: { type: 'UpdateLeadInput', value: input, path: ['input'] },
        unchanged: { ...unchanged, id },
        check: () => checkLeadChange(patch, interaction),
        async execute(reporter) {
          const change = {
            patch,
            interaction,
            expected,
            violations: (base: Parameters<typeof checkLeadPatch>[1]) => checkLeadPatch(patch, base),
          };
          const outcome = await context.engagements.inTurn(leadPartsOf(id).engagementId, (turn) =>
            updateLead(storeOf(id, turn), change),
          );
          const warnings = [
            ...asWarnings(conversionDoubts(patch), ['input', 'patch']),
            ...asWarnings(interactionDoubts(interaction, ['addInteraction']), ['input']),
          ];
          return { ...payloadOf(id, outcome, expected, reporter), warnings };
        },
        explainFault: (fault) => atLeadFields(fault, input, 'UpdateLeadInput', info),
      });
    },
  },

  UpdateLeadPayload: {
    lead: ({ id }, _args, context) => fetchLead(id, context),
  },
};
