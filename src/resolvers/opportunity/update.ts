import type { GraphQLResolveInfo } from 'graphql';
import { calendar } from '../../clock.ts';
import { hasToWait } from '../../domain/deferred.ts';
import { checkEdits } from '../../domain/edit-checks.ts';
import { assertOpportunityId } from '../../domain/ids.ts';
import { listOf } from '../../domain/labels.ts';
import { resolveEdits } from '../../domain/list-edits.ts';
import type { PlainObject } from '../../domain/paths.ts';
import { knownToBeKept, type StoredOtherwise } from '../../domain/stored.ts';
import type { Outcome, PendingPatch } from '../../domain/update.ts';
import { checkPatch } from '../../domain/validation.ts';
import type { UpdateOpportunityInput, UserError } from '../../generated/schema-types.ts';
import type { Context } from '../../graphql/context.ts';
import type { DeferredEdit } from '../../jobs/deferred/model.ts';
import { type PartialPatch, updateOrDefer } from '../deferred/parts.ts';
import type { UpdatePayload, UpdateResult } from '../models.ts';
import { type Diagnostics, type Reporter, runMutation } from '../mutation.ts';
import { selectsRecord, type Written, warningsOf } from '../stored.ts';
import type { Resolvers } from '../types.generated.ts';
import { notFound, wholeError } from '../user-errors.ts';

const unchanged = { changed: false, changedFields: [], conflict: null, pendingEdit: null };

/** The user errors of a conflict: one for each of its edits, and one for everything else. */
function conflictErrors(
  { current, changedFields, overlappingFields, edits }: Extract<Outcome, { kind: 'conflict' }>,
  expected: string | null | undefined,
  reporter: Reporter,
): UserError[] {
  const errors = reporter.toUserErrors(edits);
  const others = overlappingFields.filter((field) => !edits.some((edit) => edit.field === field));
  if (errors.length > 0 && others.length === 0) return errors;
  const what = changedFields
    ? `someone else changed ${listOf(others.length > 0 ? others : changedFields) || 'the opportunity'} in the meantime`
    : `it was last modified at ${current.lastModifiedDate}, not at ${expected}`;
  const path = expected ? ['input', 'expectedLastModifiedDate'] : ['input', 'patch'];
  return [wholeError('CONFLICT', `Nothing was saved: ${what}.`, path), ...errors];
}

/** The payload for the outcome of a patch. */
function payloadOf(id: string, outcome: Outcome, expected: string | null | undefined, reporter: Reporter) {
  switch (outcome.kind) {
    case 'done': {
      const { changedFields } = outcome;
      return { ...unchanged, id, changed: changedFields.length > 0, changedFields };
    }
    case 'refused':
      return { ...unchanged, id, userErrors: reporter.toUserErrors(outcome.violations) };
    case 'notFound':
      return { ...unchanged, id, userErrors: [notFound(id)] };
    case 'conflict': {
      const { current, changedFields, overlappingFields } = outcome;
      const conflict = { current, changedFields, overlappingFields };
      return { ...unchanged, id, conflict, userErrors: conflictErrors(outcome, expected, reporter) };
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

/** A patch, the version that its caller has seen, and what is a conflict. */
export type CheckedPatch = Pick<PendingPatch, 'patch' | 'expected' | 'isStrict' | 'seen'> & { id: string };

/**
 * Applies a patch as `write` does, and reports what AWS would refuse.
 *
 * @param isRead whether the record is read after the write anyway
 */
export async function executePatch(
  { id, ...checked }: CheckedPatch,
  reporter: Reporter,
  write: (patch: PartialPatch) => Promise<Outcome>,
  { path, isRead }: Pick<Written, 'path' | 'isRead'> = { path: [], isRead: false },
): Promise<UpdateResult & Partial<Diagnostics>> {
  const { patch, expected, seen } = checked;
  let known: StoredOtherwise[] = [];
  let sent = patch;
  const pending = (mayWait: boolean): PendingPatch => ({
    ...checked,
    violations(base, merged, changed) {
      reporter.warnAboutUnknownValues(merged);
      known = knownToBeKept(base, merged);
      sent = resolveEdits(patch, base);
      const isLater = (field: string) => mayWait && hasToWait(base, field);
      return checkPatch(patch, { base, merged, changed }, calendar.today(), isLater);
    },
  });
  const outcome = await write({ lenient: pending(true), strict: pending(false) });
  // A version that is kept with the patch was not in the caller's input.
  const payload = payloadOf(id, outcome, seen ? null : expected, reporter);
  return payload.changed ? { ...payload, written: { input: sent, path, known, isRead, patch } } : payload;
}

/** A patch, and its path in the caller's variables. */
export type PatchInput = Omit<UpdateOpportunityInput, 'patch'> & {
  patch: PlainObject;
  path: readonly string[];
};

/** Applies a patch to an opportunity. @throws Fault if the caller cannot fix it */
export function updateOpportunity(
  { id, patch, path, expectedLastModifiedDate: expected, onConflict, onLocked }: PatchInput,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<UpdatePayload> {
  return runMutation<UpdateResult>(info, {
    input: { type: 'OpportunityPatch', value: patch, path },
    unchanged: { ...unchanged, id },
    check: () => checkEdits(patch),
    async execute(reporter) {
      let pendingEdit: DeferredEdit | null = null;
      const write = async (checked: PartialPatch): Promise<Outcome> => {
        if (onLocked !== 'DEFER' || context.request.isDryRun)
          return context.records.update(id, checked.strict);
        const parts = await updateOrDefer(id, checked, context);
        pendingEdit = parts.pendingEdit;
        return parts.outcome;
      };
      const checked = { id, patch, expected, isStrict: onConflict === 'FAIL' };
      const payload = await executePatch(checked, reporter, write, { path, isRead: selectsRecord(info) });
      return { ...payload, pendingEdit };
    },
  });
}

export const resolvers: Resolvers = {
  Mutation: {
    async updateOpportunity(_root, { input }, context, info): Promise<UpdatePayload> {
      assertOpportunityId(input.id, 'input.id');
      const patch = input.patch as PlainObject;
      return updateOpportunity({ ...input, patch, path: ['input', 'patch'] }, context, info);
    },
  },

  UpdateOpportunityPayload: {
    warnings: (payload, _args, context) => warningsOf(payload, context),
    opportunity: ({ id }, _args, { loaders }) => loaders.opportunity.load(id),
  },
};
