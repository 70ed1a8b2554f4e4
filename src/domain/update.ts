/**
 * The update that loses nothing: read, merge, write under AWS's lock, and if that fails, find out what happened.
 *
 * Two things can happen. Someone else writes first: then the record is read again, and if no one has changed a field of
 * the patch, the patch is rebased onto the new version. Or AWS's response is lost: then the write was applied if the
 * record contains it. Sending a write again is always safe, because the lock lets it through at most once.
 */
import { Fault } from '../fault.ts';
import { provesNothingApplied } from '../upstream/errors.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';
import { editConflicts } from './edit-conflicts.ts';
import { compareInstants } from './instants.ts';
import { applyPatch, patchedFields, replacedFields } from './list-edits.ts';
import { changedFields, isSameIn, replacement, writable } from './patch.ts';
import { overlap, type PlainObject } from './paths.ts';
import type { Violation } from './violation.ts';

/** A patch that waits to be written. */
export type PendingPatch = {
  /** A merge patch, with edits of lists. */
  patch: Readonly<Record<string, unknown>>;
  /** The `lastModifiedDate` of the version that the caller has seen. */
  expected?: string | null | undefined;
  /** True if any change by someone else is a conflict. */
  isStrict?: boolean;
  /** The version that the caller has seen, if it is at hand. */
  seen?: OpportunityRecord;
  /** Checks the patch against a version of the record; called again for every version that it is rebased onto. */
  violations(base: OpportunityRecord, merged: unknown, changed: string[]): Violation[];
};

/** The result of a patch. */
export type Outcome =
  | { kind: 'done'; changedFields: string[] }
  | { kind: 'refused'; violations: Violation[] }
  | {
      kind: 'conflict';
      current: OpportunityRecord;
      changedFields: string[] | null;
      overlappingFields: string[];
      /** The edits of the patch that conflict. */
      edits: Violation[];
    }
  | { kind: 'notFound' }
  | { kind: 'unknown' };

/** The record that is updated. `read` and `write` call AWS and throw `Fault`s. */
export type RecordStore = {
  /** Reads the record from AWS, never from the cache. */
  read(): Promise<OpportunityRecord | null>;
  write(payload: ReturnType<typeof replacement>): Promise<unknown>;
  /** A version that is still cached, by its `lastModifiedDate`. */
  recall(lastModifiedDate: string): OpportunityRecord | undefined;
  /** Waits, longer with each attempt. @throws Fault if the request's deadline is nearer than that */
  pause(attempt: number): Promise<void>;
};

/** The maximum number of attempts to rebase a patch onto a newer version before that counts as a conflict. */
const maxAttempts = 5;

/** Positive if one version of a record is newer than another, negative if it is older, 0 if they are the same. */
const compareVersions = (a: OpportunityRecord, b: OpportunityRecord): number =>
  compareInstants(a.lastModifiedDate ?? '', b.lastModifiedDate ?? '');

/** The fields in which two versions differ, of those that a caller may write. */
const changesBetween = (a: OpportunityRecord, b: OpportunityRecord): string[] =>
  changedFields(writable(a), writable(b));

/** Checks whether two patches can be sent as one write: no field of one is a field of the other. */
export function areDisjoint(a: PendingPatch, b: PendingPatch): boolean {
  return overlap(patchedFields(a.patch), patchedFields(b.patch)).length === 0;
}

/**
 * The changes of others that conflict with a patch; undefined if none do. A field that someone else has set to the very
 * value of the patch does not conflict.
 */
function conflictOf(pending: PendingPatch, current: OpportunityRecord, seen: OpportunityRecord | undefined) {
  const conflict = changesOf(pending, current, seen);
  const isHarmless = conflict.changedFields !== null && conflict.overlappingFields.length === 0;
  const isAllowed = !pending.isStrict || seen === current;
  return isHarmless && isAllowed ? undefined : conflict;
}

/** The changes of others since the version that was seen, and the fields of the patch among them. */
function changesOf({ patch }: PendingPatch, current: OpportunityRecord, seen: OpportunityRecord | undefined) {
  const changed = seen ? changesBetween(seen, current) : null;
  const edits = editConflicts(patch, current, seen ?? current);
  const overlapping = changed
    ? overlap(replacedFields(patch), changed).filter((field) => !isSameIn(current, patch, field))
    : patchedFields(patch);
  const overlappingFields = [...new Set([...overlapping, ...edits.map(({ field }) => field)])];
  return { kind: 'conflict', current, changedFields: changed, overlappingFields, edits } as const;
}

/** Checks whether a record contains every value of a write whose response was lost, so that it counts as applied. */
function containsWrite(sent: unknown, base: OpportunityRecord, fresh: OpportunityRecord): boolean {
  return changedFields(writable(base), sent).every((field) => isSameIn(fresh, sent, field));
}

/** The patches of one update, each of which is open until it is settled. */
function trackPatches(patches: readonly PendingPatch[]) {
  const settled = new Map<PendingPatch, Outcome>();
  return {
    open: () => patches.filter((pending) => !settled.has(pending)),
    settle: (pending: PendingPatch, outcome: Outcome) => void settled.set(pending, outcome),
    /** The outcomes in the order of the patches. It is unknown for those that are still open. */
    outcomes: () => patches.map((pending): Outcome => settled.get(pending) ?? { kind: 'unknown' }),
  };
}
type Tracked = ReturnType<typeof trackPatches>;

/** Step 1: settles the patches that conflict with what others have changed, or with edits of items that are gone. */
function settleConflicts(
  { open, settle }: Tracked,
  { base, seen, recall }: { base: OpportunityRecord; seen: OpportunityRecord } & Pick<RecordStore, 'recall'>,
): void {
  for (const pending of open()) {
    const { expected } = pending;
    const isSeen = !expected || compareInstants(expected, seen.lastModifiedDate ?? '') === 0;
    const seenByCaller = isSeen ? seen : (pending.seen ?? recall(expected));
    const isCurrent = seenByCaller && compareVersions(seenByCaller, base) === 0;
    const conflict = conflictOf(pending, base, isCurrent ? base : seenByCaller);
    if (conflict) settle(pending, conflict);
  }
}

/** Step 2: settles the patches that the record's status or AWS's rules do not allow, and those that change nothing. */
function settleUnwritable({ open, settle }: Tracked, base: OpportunityRecord): void {
  for (const pending of open()) {
    const merged = applyPatch(writable(base), pending.patch);
    const changed = changedFields(writable(base), merged);
    const violations = changed.length > 0 ? pending.violations(base, merged, changed) : [];
    if (violations.length > 0) settle(pending, { kind: 'refused', violations });
    else if (changed.length === 0) settle(pending, { kind: 'done', changedFields: [] });
  }
}

/** The outcome of a patch if nothing can or need be written to this version of the record; undefined else. */
export function outcomeWithoutWrite(
  pending: PendingPatch,
  base: OpportunityRecord,
  recall: RecordStore['recall'],
): Outcome | undefined {
  const tracked = trackPatches([pending]);
  settleConflicts(tracked, { base, seen: base, recall });
  settleUnwritable(tracked, base);
  return tracked.open().length > 0 ? undefined : tracked.outcomes()[0];
}

/** Step 3: sends a write. Returns the fault if it failed. */
async function tryWrite(
  store: RecordStore,
  payload: ReturnType<typeof replacement>,
): Promise<Fault | undefined> {
  try {
    await store.write(payload);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

/** Settles the patches that have been written onto the base. */
function settleWritten({ open, settle }: Tracked, base: OpportunityRecord): void {
  for (const pending of open()) {
    const changed = changedFields(writable(base), applyPatch(writable(base), pending.patch));
    settle(pending, { kind: 'done', changedFields: changed });
  }
}

type Verdict = { kind: 'applied' } | { kind: 'unknown' } | { kind: 'read'; record: OpportunityRecord };

/**
 * Step 4: reads the record after a write that was rejected as stale, or whose response was lost.
 *
 * If the record is still the base, a lost write has not been applied, or not yet, and may be sent again. After a
 * rejection as stale it only means that AWS still returns an old version, and the record is read again.
 */
async function checkOutcome(
  store: RecordStore,
  base: OpportunityRecord,
  { unconfirmed, isStale, attempt }: { unconfirmed: unknown; isStale: boolean; attempt: number },
): Promise<Verdict> {
  try {
    for (let reads = 0; ; reads++) {
      await store.pause(attempt + reads);
      const record = await store.read();
      if (!record) return { kind: 'unknown' };
      if (compareVersions(record, base) > 0) {
        if (!unconfirmed) return { kind: 'read', record };
        // Without its values, it was never applied, or someone has overwritten it since. That is unknowable, and
        // sending it again could undo their change.
        return { kind: containsWrite(unconfirmed, base, record) ? 'applied' : 'unknown' };
      }
      if (!isStale) return { kind: 'read', record };
      if (reads >= maxAttempts) return unconfirmed ? { kind: 'unknown' } : { kind: 'read', record };
    }
  } catch (error) {
    if (unconfirmed) return { kind: 'unknown' };
    throw error;
  }
}

/**
 * Writes several patches of one record as one, each with its own outcome. They must be disjoint, see `areDisjoint`.
 *
 * @throws Fault when nothing was written: AWS rejected the values (then each of several patches must be sent alone), or
 *   cannot be reached
 */
export async function update(store: RecordStore, patches: readonly PendingPatch[]): Promise<Outcome[]> {
  const tracked = trackPatches(patches);
  const { open, settle, outcomes } = tracked;
  const first = await store.read();
  if (!first) return patches.map(() => ({ kind: 'notFound' }));
  let [seen, base] = [first, first];
  /** The content of a write whose response was lost. */
  let unconfirmed: unknown;

  for (let attempt = 1; ; attempt++) {
    settleConflicts(tracked, { base, seen, recall: store.recall });
    settleUnwritable(tracked, base);
    if (open().length === 0) return outcomes();

    const content = open().reduce<PlainObject>((all, { patch }) => applyPatch(all, patch), writable(base));
    const fault = await tryWrite(store, replacement(base, content));
    if (!fault) {
      settleWritten(tracked, base);
      return outcomes();
    }
    const isConflict = fault.code === 'CONFLICT';
    if (fault.mayHaveBeenApplied) unconfirmed = content;
    if (unconfirmed ? provesNothingApplied(fault) : !isConflict) throw fault;
    // AWS has a newer version, perhaps one with the lost write, even if it still returns the old one.
    const isStale = isConflict || fault.code === 'VALIDATION';

    const verdict = await checkOutcome(store, base, { unconfirmed, isStale, attempt });
    if (verdict.kind === 'applied') settleWritten(tracked, base);
    if (verdict.kind !== 'read') return outcomes();
    if (attempt >= maxAttempts) {
      // Someone else was faster every time.
      if (!unconfirmed)
        for (const pending of open()) settle(pending, changesOf(pending, verdict.record, base));
      return outcomes();
    }
    [seen, base] = [base, verdict.record];
  }
}
