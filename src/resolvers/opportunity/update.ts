import { calendar } from '../../clock.ts';
import { assertOpportunityId } from '../../domain/ids.ts';
import { listOf } from '../../domain/labels.ts';
import { knownToBeKept, type StoredOtherwise } from '../../domain/stored.ts';
import type { Outcome } from '../../domain/update.ts';
import { checkPatch } from '../../domain/validation.ts';
import type { UpdatePayload, UpdateResult } from '../models.ts';
import { type Reporter, runMutation } from '../mutation.ts';
import { selectsRecord, warningsOf } from '../stored.ts';
import type { Resolvers } from '../types.generated.ts';
import { wholeError } from '../user-errors.ts';

const unchanged = { changed: false, changedFields: [], conflict: null };

/** The payload for the outcome of a patch. */
function payloadOf(id: string, outcome: Outcome, expected: string | null | undefined, reporter: Reporter) {
  switch (outcome.kind) {
    case 'done': {
      const { changedFields } = outcome;
      return { ...unchanged, id, changed: changedFields.length > 0, changedFields };
    }
    case 'refused':
      return { ...unchanged, id, userErrors: reporter.toUserErrors(outcome.violations) };
    case 'notFound': {
      const error = wholeError('NOT_FOUND', `Opportunity ${id} not found.`, ['input', 'id']);
      return { ...unchanged, id, userErrors: [error] };
    }
    case 'conflict': {
      const { kind: _, ...conflict } = outcome;
      const when = conflict.current.lastModifiedDate;
      const fields =
        conflict.overlappingFields.length > 0 ? conflict.overlappingFields : conflict.changedFields;
      const what = conflict.changedFields
        ? `someone else changed ${listOf(fields ?? []) || 'the opportunity'} in the meantime`
        : `it was last modified at ${when}, not at ${expected}`;
      const path = expected ? ['input', 'expectedLastModifiedDate'] : ['input', 'patch'];
      const error = wholeError('CONFLICT', `Nothing was saved: ${what}.`, path);
      return { ...unchanged, id, conflict, userErrors: [error] };
    }
    case 'unknown': {
      const message =
        "AWS's response was lost, and the opportunity does not show whether the change was made. Read it again, compare " +
        'the fields of the patch, and send the patch again if they lack it: that is safe.';
      const error = wholeError('OUTCOME_UNKNOWN', message, ['input', 'patch']);
      return { ...unchanged, id, userErrors: [error] };
    }
  }
}

export const resolvers: Resolvers = {
  Mutation: {
    async updateOpportunity(_root, args, { records }, info): Promise<UpdatePayload> {
      const { id, patch, expectedLastModifiedDate: expected, onConflict } = args.input;
      assertOpportunityId(id, 'input.id');
      return runMutation<UpdateResult>(info, {
        input: { type: 'OpportunityPatch', value: patch, path: ['input', 'patch'] },
        unchanged: { ...unchanged, id },
        async execute(reporter) {
          let known: StoredOtherwise[] = [];
          const outcome = await records.update(id, {
            patch: patch as Record<string, unknown>,
            expected,
            isStrict: onConflict === 'FAIL',
            violations(base, merged, changed) {
              reporter.warnAboutUnknownValues(merged);
              known = knownToBeKept(base, merged);
              return checkPatch(patch, { base, merged, changed }, calendar.today());
            },
          });
          const payload = payloadOf(id, outcome, expected, reporter);
          const written = { input: patch, path: ['input', 'patch'], known, isRead: selectsRecord(info) };
          return payload.changed ? { ...payload, written } : payload;
        },
      });
    },
  },

  UpdateOpportunityPayload: {
    warnings: (payload, _args, context) => warningsOf(payload, context),
    opportunity: ({ id }, _args, { loaders }) => loaders.opportunity.load(id),
  },
};
