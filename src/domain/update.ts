/**
 * The update that loses nothing: read, merge, write under the lock, and when something comes in between, find out what.
 *
 * Two things can come in between. Somebody else writes first: then the record is read again, and where nobody touched a
 * field of the patch, the patch goes onto the new record. Or the answer of a write gets lost: then the record tells by
 * its content whether the write landed. A write may be sent again at any time, because its lock lets it through at most
 * once.
 */
import { Fault } from '../fault.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';
import { compareInstants } from './instants.ts';
import { changedFields, isSame, merge, replacement, writable } from './patch.ts';
import { getIn, leafPaths, overlap, type PlainObject } from './paths.ts';
import type { Violation } from './violation.ts';

/** A patch that waits to be written. */
export type PendingPatch = {
  patch: Readonly<Record<string, unknown>>;
  /** The `lastModifiedDate` of the version that the caller has seen. */
  expected?: string | null | undefined;
  /** Whether any change by somebody else is a conflict. */
  isStrict?: boolean;
  /** What stands against the patch on a certain record; asked again for every record that it is tried on. */
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
    }
  | { kind: 'notFound' }
  | { kind: 'unknown' };

/** What the update works with. Both calls of AWS throw `Fault`s. */
export type RecordStore = {
  /** The record as AWS has it now, past everything that is remembered. */
  read(): Promise<OpportunityRecord | null>;
  write(payload: ReturnType<typeof replacement>): Promise<unknown>;
  /** A version of the record that is still remembered, by its `lastModifiedDate`. */
  recall(lastModifiedDate: string): OpportunityRecord | undefined;
  /** Waits a little, longer with each try. @throws Fault when the request's time is up. */
  pause(attempt: number): Promise<void>;
};

/** How often a patch is put onto a newer record before it is called a conflict. */
const maxAttempts = 5;

/** Whether one version of a record is newer than another (positive), older (negative) or the same (0). */
const compareVersions = (a: OpportunityRecord, b: OpportunityRecord): number =>
  compareInstants(a.lastModifiedDate ?? '', b.lastModifiedDate ?? '');

/** What has changed between two versions, in what a caller may write. */
const changesBetween = (a: OpportunityRecord, b: OpportunityRecord): string[] =>
  changedFields(writable(a), writable(b));

/** Whether patches can go out as one write: no field of one is a field of another. */
export function areDisjoint(a: PendingPatch, b: PendingPatch): boolean {
  return overlap(leafPaths(a.patch), leafPaths(b.patch)).length === 0;
}

/**
 * How far a caller's patch stands against what others have changed; undefined where it doesn't. Who has set a field to
 * the very value of the patch stands in nobody's way.
 */
function conflictOf(pending: PendingPatch, current: OpportunityRecord, seen: OpportunityRecord | undefined) {
  const conflict = changesOf(pending, current, seen);
  const isHarmless = conflict.changedFields !== null && conflict.overlappingFields.length === 0;
  return isHarmless && !pending.isStrict ? undefined : conflict;
}

/** What others have changed since a version that was seen, and which fields of the patch that touches. */
function changesOf(pending: PendingPatch, current: OpportunityRecord, seen: OpportunityRecord | undefined) {
  const named = leafPaths(pending.patch);
  const changed = seen ? changesBetween(seen, current) : null;
  const overlapping = changed
    ? overlap(named, changed).filter((field) => !isSame(getIn(current, field), getIn(pending.patch, field)))
    : named;
  return { kind: 'conflict', current, changedFields: changed, overlappingFields: overlapping } as const;
}

/** Whether a record holds every value of a write whose answer got lost, so that the write is as good as done. */
function containsWrite(sent: unknown, base: OpportunityRecord, fresh: OpportunityRecord): boolean {
  return changedFields(writable(base), sent).every((field) =>
    isSame(getIn(fresh, field), getIn(sent, field)),
  );
}

/**
 * Writes several patches of one record as one, each with its own outcome. They must be disjoint, see `areDisjoint`.
 *
 * @throws Fault when nothing was written: AWS refused the values (of several patches each has then to be tried alone), or
 *   cannot be reached
 */
export async function update(store: RecordStore, patches: readonly PendingPatch[]): Promise<Outcome[]> {
  const outcomes = new Map<PendingPatch, Outcome>();
  const settle = (pending: PendingPatch, outcome: Outcome): void => void outcomes.set(pending, outcome);
  const open = (): PendingPatch[] => patches.filter((pending) => !outcomes.has(pending));
  const finish = (): Outcome[] => patches.map((pending) => outcomes.get(pending) ?? { kind: 'unknown' });

  let current = await store.read();
  let seen = current;
  /** The content that was sent on the base, when no answer came to say whether it landed. */
  let unconfirmed: unknown;

  for (let attempt = 1; ; attempt++) {
    if (!current || !seen) {
      for (const pending of open()) settle(pending, unconfirmed ? { kind: 'unknown' } : { kind: 'notFound' });
      return finish();
    }
    const base: OpportunityRecord = current;

    // 1. What others have changed meanwhile may stand against a patch.
    for (const pending of open()) {
      const isSeen =
        !pending.expected || compareInstants(pending.expected, seen.lastModifiedDate ?? '') === 0;
      const mine = isSeen ? seen : store.recall(pending.expected ?? '');
      const conflict =
        mine && compareVersions(mine, base) === 0 ? undefined : conflictOf(pending, base, mine);
      if (conflict) settle(pending, conflict);
    }

    // 2. The record itself may stand against it: its status, the rules.
    for (const pending of open()) {
      const merged = merge(writable(base), pending.patch);
      const changed = changedFields(writable(base), merged);
      const violations = changed.length > 0 ? pending.violations(base, merged, changed) : [];
      if (violations.length > 0) settle(pending, { kind: 'refused', violations });
      else if (changed.length === 0) settle(pending, { kind: 'done', changedFields: [] });
    }
    const writing = open();
    if (writing.length === 0) return finish();

    // 3. What is left goes out as one write.
    const content = writing.reduce((all, { patch }) => merge(all, patch) as PlainObject, writable(base));
    const done = (): Outcome[] => {
      for (const pending of writing)
        settle(pending, {
          kind: 'done',
          changedFields: changedFields(writable(base), merge(writable(base), pending.patch)),
        });
      return finish();
    };
    let fault: Fault;
    try {
      await store.write(replacement(base, content));
      return done();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      fault = error;
    }

    // Values that are refused now were refused before: nothing has landed, whatever became of the answer.
    if (fault.code === 'VALIDATION') throw fault;
    const isStale = fault.code === 'CONFLICT';
    if (fault.mayHaveBeenApplied) unconfirmed = content;
    if (!isStale && !unconfirmed) throw fault;

    // 4. Somebody was first, or nobody knows: the record has to tell, as soon as AWS shows one that can.
    const verdict = await checkOutcome(store, base, { unconfirmed, isStale, attempt });
    if (verdict.kind === 'landed') return done();
    if (verdict.kind === 'unknown') return finish();
    if (attempt >= maxAttempts) {
      if (unconfirmed) return finish();
      // Somebody else was always first.
      for (const pending of open()) settle(pending, changesOf(pending, verdict.record, base));
      return finish();
    }
    seen = base;
    current = verdict.record;
  }
}

type Verdict = { kind: 'landed' } | { kind: 'unknown' } | { kind: 'read'; record: OpportunityRecord };

/**
 * Reads the record after a write that was refused as stale, or whose answer got lost.
 *
 * A record that is still the base says: a lost write has not landed, or not yet, and may be sent again. After a refusal
 * as stale it only says that AWS shows an old version for a while, and it is read again.
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
        // Without its values: it was never applied, or somebody has overwritten it since. Nothing tells which, and
        // sending it again could undo what they did.
        return { kind: containsWrite(unconfirmed, base, record) ? 'landed' : 'unknown' };
      }
      if (!isStale) return { kind: 'read', record };
      if (reads >= maxAttempts) return unconfirmed ? { kind: 'unknown' } : { kind: 'read', record };
    }
  } catch (error) {
    if (unconfirmed) return { kind: 'unknown' };
    throw error;
  }
}
