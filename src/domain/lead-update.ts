/**
 * The update of a lead that loses nothing: read, merge, write under the engagement's lock, and if that fails, find out what
 * happened, as `update.ts` does for opportunities.
 *
 * The lock is the engagement's, so that it moves whenever a member joins or changes anything: only what was changed in the
 * lead itself can be a conflict. AWS takes the company as a whole, and one interaction, which it adds to the others.
 */
import { Fault } from '../fault.ts';
import { provesNothingApplied } from '../upstream/errors.ts';
import type { WireLead } from '../upstream/wire.ts';
import { compareInstants, sameInstant } from './instants.ts';
import type { EngagementLead } from './leads.ts';
import { changedFields, isSame, isSameIn, merge } from './patch.ts';
import { isPlainObject, leafPaths, overlap, type PlainObject } from './paths.ts';
import type { Violation } from './violation.ts';

/** A change of a lead. */
export type LeadChange = {
  /** A merge patch. */
  patch: PlainObject;
  /** An interaction to add. */
  interaction?: PlainObject | null | undefined;
  /** The `modifiedAt` of the version that the caller has seen. */
  expected?: string | null | undefined;
  /** Checks the change against a version of the lead; called again for every version that it is rebased onto. */
  violations(base: WireLead): Violation[];
};

/** The result of a change. */
export type LeadOutcome =
  | { kind: 'done'; changedFields: string[] }
  | { kind: 'refused'; violations: Violation[] }
  | { kind: 'conflict'; current: EngagementLead; changedFields: string[] | null; overlappingFields: string[] }
  | { kind: 'notFound' }
  | { kind: 'unknown' };

/** What is sent: the lead as AWS takes it, on the version with this time. */
export type LeadWrite = { content: PlainObject; modifiedAt: string };

/** The lead that is updated. `read` and `write` call AWS and throw `Fault`s. */
export type LeadStore = {
  /** Reads the lead from AWS, never from the cache. */
  read(): Promise<EngagementLead | null>;
  write(write: LeadWrite): Promise<unknown>;
  /** A version that is still cached, by its `modifiedAt`. */
  recall(modifiedAt: string): EngagementLead | undefined;
  /** Waits, longer with each attempt. @throws Fault if the request's deadline is nearer than that */
  pause(attempt: number): Promise<void>;
};

/** The most attempts to write onto a newer version, and the most reads for one. */
const maxAttempts = 8;

/** The lead without its interactions, of which an update takes only a new one. */
function fieldsOf({ content: { interactions: _, ...fields } }: EngagementLead): PlainObject {
  return fields;
}

const compareVersions = (a: EngagementLead, b: EngagementLead): number =>
  compareInstants(a.engagement.modifiedAt ?? '', b.engagement.modifiedAt ?? '');

/** The changes of others since the version that was seen, if they conflict with a patch. */
function conflictOf(
  { patch }: LeadChange,
  current: EngagementLead,
  seen: EngagementLead | undefined,
): LeadOutcome | undefined {
  const fields = leafPaths(patch);
  const changed = seen ? changedFields(fieldsOf(seen), fieldsOf(current)) : null;
  const overlapping = changed ? overlap(fields, changed) : fields;
  const overlappingFields = overlapping.filter((field) => !isSameIn(fieldsOf(current), patch, field));
  return overlappingFields.length > 0
    ? { kind: 'conflict', current, changedFields: changed, overlappingFields }
    : undefined;
}

/** Checks whether two interactions are the same, regardless of the notation of their times. */
function isSameInteraction(a: unknown, b: unknown): boolean {
  const comparable = (value: unknown) =>
    isPlainObject(value) && typeof value.interactionDate === 'string'
      ? { ...value, interactionDate: sameInstant(value.interactionDate) }
      : value;
  return isSame(comparable(a), comparable(b));
}

const countOf = ({ content }: EngagementLead, interaction: unknown): number =>
  (content.interactions ?? []).filter((one) => isSameInteraction(one, interaction)).length;

/** Checks whether a lead contains a write whose response was lost, so that it counts as applied. */
function containsWrite({ content }: LeadWrite, base: EngagementLead, fresh: EngagementLead): boolean {
  const { interaction, ...fields } = content;
  const hasFields = changedFields(fieldsOf(base), fields).every((field) =>
    isSameIn(fieldsOf(fresh), fields, field),
  );
  return hasFields && (!interaction || countOf(fresh, interaction) > countOf(base, interaction));
}

type Verdict = { kind: 'applied' } | { kind: 'unknown' } | { kind: 'read'; lead: EngagementLead };

/**
 * Reads the lead after a write that was rejected as outdated, or whose response was lost. If it is still the base, a lost
 * write has not been applied, or not yet, and may be sent again: the lock lets it through once at most. After a rejection
 * as outdated it only means that AWS still returns an old version, and the lead is read again.
 */
async function checkOutcome(
  store: LeadStore,
  base: EngagementLead,
  { unconfirmed, isStale }: { unconfirmed: LeadWrite | undefined; isStale: boolean },
): Promise<Verdict> {
  try {
    for (let reads = 1; ; reads++) {
      await store.pause(reads);
      const lead = await store.read();
      if (!lead) return { kind: 'unknown' };
      if (compareVersions(lead, base) > 0) {
        if (!unconfirmed) return { kind: 'read', lead };
        // Without its values, it was never applied, or someone has overwritten it since. That is unknowable.
        return { kind: containsWrite(unconfirmed, base, lead) ? 'applied' : 'unknown' };
      }
      if (!isStale || reads >= maxAttempts) return { kind: 'read', lead };
    }
  } catch (error) {
    if (unconfirmed) return { kind: 'unknown' };
    throw error;
  }
}

/** Sends a write. Returns the fault if it failed. */
async function tryWrite(store: LeadStore, write: LeadWrite): Promise<Fault | undefined> {
  try {
    await store.write(write);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

/**
 * Changes a lead.
 *
 * @throws Fault when nothing was written: AWS rejected the values, cannot be reached, or rejects every version as outdated
 */
export async function updateLead(store: LeadStore, change: LeadChange): Promise<LeadOutcome> {
  const { patch, interaction, expected } = change;
  let base = await store.read();
  if (!base) return { kind: 'notFound' };
  const isSeen = !expected || compareInstants(expected, base.engagement.modifiedAt ?? '') === 0;
  let seen = isSeen ? base : store.recall(expected);
  let unconfirmed: LeadWrite | undefined;

  for (let attempt = 1; ; attempt++) {
    const conflict = conflictOf(change, base, seen);
    if (conflict) return conflict;
    const fields = merge(fieldsOf(base), patch) as PlainObject;
    const changed = [...changedFields(fieldsOf(base), fields), ...(interaction ? ['interactions'] : [])];
    if (changed.length === 0) return { kind: 'done', changedFields: [] };
    const violations = change.violations(base.content);
    if (violations.length > 0) return { kind: 'refused', violations };

    const content = interaction ? { ...fields, interaction } : fields;
    const write = { content, modifiedAt: base.engagement.modifiedAt ?? '' };
    const fault = await tryWrite(store, write);
    if (!fault) return { kind: 'done', changedFields: changed };
    const isConflict = fault.code === 'CONFLICT';
    if (fault.mayHaveBeenApplied) unconfirmed = write;
    if (unconfirmed ? provesNothingApplied(fault) : !isConflict) throw fault;

    const verdict = await checkOutcome(store, base, { unconfirmed, isStale: isConflict });
    if (verdict.kind === 'applied') return { kind: 'done', changedFields: changed };
    if (verdict.kind === 'unknown') return verdict;
    if (attempt >= maxAttempts) {
      if (unconfirmed) return { kind: 'unknown' };
      // Someone else was faster every time, but with nothing that this changes.
      throw new Fault('UPSTREAM_UNAVAILABLE', 'AWS rejected every version of the engagement as outdated.', {
        isTransient: true,
        cause: fault,
      });
    }
    [seen, base] = [base, verdict.lead];
  }
}
