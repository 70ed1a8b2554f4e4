/**
 * The update that loses nothing: read, merge, write under the lock, and when something comes in between, find out what.
 *
 * Two things can come in between. Somebody else writes first: then the record is read again, and where nobody touched a
 * field of the patch, the patch goes onto the new record. Or the answer of a write gets lost: then the record tells by
 * its content whether the write landed. A write may be sent again at any time, because its lock lets it through at most
 * once.
 */
import { Fault } from '../fault.ts';
import type { OpportunityRecord } from '../upstream/records.ts';
import { compareInstants } from './instants.ts';
import { changedFields, isSame, merge, replacement, writable } from './patch.ts';
import { at, type Members, namedFields, overlap } from './paths.ts';

/** A patch that waits to be written. */
export type Job<Refusal> = {
  patch: Readonly<Record<string, unknown>>;
  /** The `lastModifiedDate` of the version that the caller has seen. */
  expected?: string | null | undefined;
  /** Whether any change by somebody else is a conflict. */
  isStrict?: boolean;
  /** What stands against the patch on a certain record; asked again for every record that it is tried on. */
  refusals(base: OpportunityRecord, merged: unknown, changed: string[]): Refusal[];
};

/** What became of a job. */
export type Outcome<Refusal> =
  | { kind: 'done'; changedFields: string[] }
  | { kind: 'refused'; refusals: Refusal[] }
  | {
      kind: 'conflict';
      current: OpportunityRecord;
      changedFields: string[] | null;
      overlappingFields: string[];
    }
  | { kind: 'notFound' }
  | { kind: 'unknown' };

/** What the update works with. Both calls of AWS throw `Fault`s. */
export type Port = {
  /** The record as AWS has it now, past everything that is remembered. */
  read(): Promise<OpportunityRecord | null>;
  write(payload: ReturnType<typeof replacement>): Promise<unknown>;
  /** A version of the record that is still remembered, by its `lastModifiedDate`. */
  recall(lastModifiedDate: string): OpportunityRecord | undefined;
  /** Waits a little, longer with each try. @throws Fault when the request's time is up. */
  pause(attempt: number): Promise<void>;
};

/** How often a patch is put onto a newer record before it is called a conflict. */
const mostTries = 5;

/** Whether one version of a record is newer than another (positive), older (negative) or the same (0). */
const compareVersions = (a: OpportunityRecord, b: OpportunityRecord): number =>
  compareInstants(a.lastModifiedDate ?? '', b.lastModifiedDate ?? '');

/** What has changed between two versions, in what a caller may write. */
const changesBetween = (a: OpportunityRecord, b: OpportunityRecord): string[] =>
  changedFields(writable(a), writable(b));

/** Whether jobs can go out as one write: no field of one is a field of another. */
export function areDisjoint(a: Job<unknown>, b: Job<unknown>): boolean {
  return overlap(namedFields(a.patch), namedFields(b.patch)).length === 0;
}

/**
 * How far a caller's patch stands against what others have changed; undefined where it doesn't. Who has set a field to
 * the very value of the patch stands in nobody's way.
 */
function conflictOf<R>(job: Job<R>, current: OpportunityRecord, seen: OpportunityRecord | undefined) {
  const conflict = changesOf(job, current, seen);
  const isHarmless = conflict.changedFields !== null && conflict.overlappingFields.length === 0;
  return isHarmless && !job.isStrict ? undefined : conflict;
}

/** What others have changed since a version that was seen, and which fields of the patch that touches. */
function changesOf<R>(job: Job<R>, current: OpportunityRecord, seen: OpportunityRecord | undefined) {
  const named = namedFields(job.patch);
  const changed = seen ? changesBetween(seen, current) : null;
  const overlapping = changed
    ? overlap(named, changed).filter((field) => !isSame(at(current, field), at(job.patch, field)))
    : named;
  return { kind: 'conflict', current, changedFields: changed, overlappingFields: overlapping } as const;
}

/** Whether a record holds every value of a write whose answer got lost, so that the write is as good as done. */
function holds(sent: unknown, base: OpportunityRecord, fresh: OpportunityRecord): boolean {
  return changedFields(writable(base), sent).every((field) => isSame(at(fresh, field), at(sent, field)));
}

/**
 * Writes several patches of one record as one, each with its own outcome. They must be disjoint, see `areDisjoint`.
 *
 * @throws Fault when nothing was written: AWS refused the values (of several patches each has then to be tried alone), or
 *   cannot be reached
 */
export async function update<R>(port: Port, jobs: readonly Job<R>[]): Promise<Outcome<R>[]> {
  const outcomes = new Map<Job<R>, Outcome<R>>();
  const settle = (job: Job<R>, outcome: Outcome<R>): void => void outcomes.set(job, outcome);
  const open = (): Job<R>[] => jobs.filter((job) => !outcomes.has(job));
  const finish = (): Outcome<R>[] => jobs.map((job) => outcomes.get(job) ?? { kind: 'unknown' });

  let current = await port.read();
  let seen = current;
  /** The content that was sent on the base, when no answer came to say whether it landed. */
  let doubtful: unknown;

  for (let attempt = 1; ; attempt++) {
    if (!current || !seen) {
      for (const job of open()) settle(job, doubtful ? { kind: 'unknown' } : { kind: 'notFound' });
      return finish();
    }
    const base: OpportunityRecord = current;

    // 1. What others have changed meanwhile may stand against a patch.
    for (const job of open()) {
      const isSeen = !job.expected || compareInstants(job.expected, seen.lastModifiedDate ?? '') === 0;
      const mine = isSeen ? seen : port.recall(job.expected ?? '');
      const conflict = mine && compareVersions(mine, base) === 0 ? undefined : conflictOf(job, base, mine);
      if (conflict) settle(job, conflict);
    }

    // 2. The record itself may stand against it: its status, the rules.
    for (const job of open()) {
      const merged = merge(writable(base), job.patch);
      const changed = changedFields(writable(base), merged);
      const refusals = changed.length > 0 ? job.refusals(base, merged, changed) : [];
      if (refusals.length > 0) settle(job, { kind: 'refused', refusals });
      else if (changed.length === 0) settle(job, { kind: 'done', changedFields: [] });
    }
    const writing = open();
    if (writing.length === 0) return finish();

    // 3. What is left goes out as one write.
    const content = writing.reduce((all, { patch }) => merge(all, patch) as Members, writable(base));
    const done = (): Outcome<R>[] => {
      for (const job of writing)
        settle(job, {
          kind: 'done',
          changedFields: changedFields(writable(base), merge(writable(base), job.patch)),
        });
      return finish();
    };
    let fault: Fault;
    try {
      await port.write(replacement(base, content));
      return done();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      fault = error;
    }

    // Values that are refused now were refused before: nothing has landed, whatever became of the answer.
    if (fault.code === 'VALIDATION') throw fault;
    const isStale = fault.code === 'CONFLICT';
    if (fault.mayHaveLanded) doubtful = content;
    if (!isStale && !doubtful) throw fault;

    // 4. Somebody was first, or nobody knows: the record has to tell, as soon as AWS shows one that can.
    const verdict = await inquire(port, base, { doubtful, isStale, attempt });
    if (verdict.kind === 'landed') return done();
    if (verdict.kind === 'unknown') return finish();
    if (attempt >= mostTries) {
      if (doubtful) return finish();
      // Somebody else was always first.
      for (const job of open()) settle(job, changesOf(job, verdict.record, base));
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
async function inquire(
  port: Port,
  base: OpportunityRecord,
  { doubtful, isStale, attempt }: { doubtful: unknown; isStale: boolean; attempt: number },
): Promise<Verdict> {
  try {
    for (let reads = 0; ; reads++) {
      await port.pause(attempt + reads);
      const record = await port.read();
      if (!record) return { kind: 'unknown' };
      if (compareVersions(record, base) > 0) {
        if (!doubtful) return { kind: 'read', record };
        // Without its values: it was never applied, or somebody has overwritten it since. Nothing tells which, and
        // sending it again could undo what they did.
        return { kind: holds(doubtful, base, record) ? 'landed' : 'unknown' };
      }
      if (!isStale) return { kind: 'read', record };
      if (reads >= mostTries) return doubtful ? { kind: 'unknown' } : { kind: 'read', record };
    }
  } catch (error) {
    if (doubtful) return { kind: 'unknown' };
    throw error;
  }
}
