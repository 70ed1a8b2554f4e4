/** Writes what AWS accepts now of a patch; what is locked until AWS has reviewed the record has to wait. */
import { type SplitPatch, splitPatch } from '../../domain/deferred.ts';
import { type Outcome, outcomeWithoutWrite, type PendingPatch } from '../../domain/update.ts';
import type { Context } from '../../graphql/context.ts';
import { maxEdits } from '../../jobs/deferred/edits.ts';
import type { DeferredEdit } from '../../jobs/deferred/model.ts';
import { requireJobs } from '../../jobs/open.ts';
import type { Turn } from '../../records/writer.ts';
import type { OpportunityRecord } from '../../upstream/wire.ts';

/** A patch as it is checked: with fields that may wait, and as AWS checks it. */
export type PartialPatch = { lenient: PendingPatch; strict: PendingPatch };

export type Parts = {
  outcome: Outcome;
  /** Present if something could be written, or waits. */
  split?: SplitPatch;
  /** True if the record was locked again before the part that could be written was. */
  isLockedAgain?: boolean;
};

/** Stores the part that waits. Returns how to undo that, or why it cannot wait. */
type StoreLater = (
  split: SplitPatch,
  base: OpportunityRecord,
) => Promise<{ undo(): Promise<void> } | { outcome: Outcome }>;

/**
 * Writes the part of a patch that can be written. Nothing is written or stored if any part conflicts or breaks a rule.
 *
 * @throws Fault; nothing is stored then
 */
export async function writeInParts(
  turn: Turn,
  { lenient, strict }: PartialPatch,
  storeLater?: StoreLater,
): Promise<Parts> {
  const base = await turn.read();
  if (!base) return { outcome: { kind: 'notFound' } };
  const settled = outcomeWithoutWrite(lenient, base, turn.recall);
  if (settled) return { outcome: settled };
  const split = splitPatch(lenient.patch, base);
  // Before the write, so that a store which fails leaves nothing half done.
  const stored = split.laterFields.length > 0 ? await storeLater?.(split, base) : undefined;
  if (stored && 'outcome' in stored) return stored;
  if (Object.keys(split.now).length === 0) return { outcome: { kind: 'done', changedFields: [] }, split };
  let isWritten = false;
  try {
    const outcome = await turn.update({ ...strict, patch: split.now }, base);
    isWritten = outcome.kind === 'done';
    return { outcome, split, isLockedAgain: outcome.kind === 'refused' };
  } finally {
    if (!isWritten) await stored?.undo();
  }
}

/** The outcome if as many edits of an opportunity wait as may. */
function tooMany([field = '']: readonly string[]): Outcome {
  const message = `At most ${maxEdits} edits of an opportunity can wait. Cancel one of them first.`;
  const violation = {
    path: field.split('.'),
    field,
    code: 'TOO_MANY_VALUES',
    message,
    limit: maxEdits,
  } as const;
  return { kind: 'refused', violations: [violation] };
}

/**
 * Applies a patch to an opportunity when its turn comes, and stores the part that has to wait.
 *
 * @throws Fault JOBS_UNAVAILABLE if edits cannot be stored, or another one if nothing was written
 */
export async function updateOrDefer(
  opportunityId: string,
  patch: PartialPatch,
  { account: { deferred }, jobs, records, request }: Context,
): Promise<{ outcome: Outcome; pendingEdit: DeferredEdit | null }> {
  requireJobs(jobs);
  let pendingEdit: DeferredEdit | null = null;
  const { outcome } = await records.inTurn(opportunityId, (turn) =>
    writeInParts(turn, patch, async ({ later, laterFields }, base) => {
      const put = await deferred.put({
        opportunityId,
        patch: later,
        fields: laterFields,
        createdBy: request.caller,
        base,
      });
      if (!put) return { outcome: tooMany(laterFields) };
      pendingEdit = put.edit;
      return put;
    }),
  );
  return { outcome, pendingEdit: outcome.kind === 'done' ? pendingEdit : null };
}
