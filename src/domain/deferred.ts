/** Patches of which a part has to wait until AWS has reviewed the record. */
import type { OpportunityRecord } from '../upstream/wire.ts';
import { locksOf, opensLater, type Reviewed } from './editability.ts';
import { applyPatch, isEdits, lists } from './list-edits.ts';
import { changedFields, writable } from './patch.ts';
import { getOwn, isPlainObject, type PlainObject, pathsOverlap } from './paths.ts';

/** Checks whether a field is locked now, and will not be when AWS has decided. */
export const hasToWait = (record: Reviewed, field: string): boolean =>
  locksOf(record).certaintyOf(field) === 'locked' && opensLater(record, field);

/** The part of a patch that changes certain fields. */
function partOf(patch: PlainObject, isTaken: (field: string) => boolean, path = ''): PlainObject {
  return Object.fromEntries(
    Object.entries(patch).flatMap(([name, value]): [string, unknown][] => {
      if (value === undefined) return [];
      if (path === '' && isEdits(name))
        return isTaken(lists[name as keyof typeof lists]) ? [[name, value]] : [];
      const below = path ? `${path}.${name}` : name;
      if (!isPlainObject(value)) return isTaken(below) ? [[name, value]] : [];
      const inner = partOf(value, isTaken, below);
      return Object.keys(inner).length > 0 ? [[name, inner]] : [];
    }),
  );
}

/** A patch in two parts, which share no field. */
export type SplitPatch = { now: PlainObject; later: PlainObject; laterFields: string[] };

/** The part of a patch that can be written to this version of a record, and the part that has to wait. */
export function splitPatch(patch: PlainObject, record: OpportunityRecord): SplitPatch {
  const content = writable(record);
  const laterFields = changedFields(content, applyPatch(content, patch)).filter((field) =>
    hasToWait(record, field),
  );
  const isLater = (field: string) => laterFields.some((later) => pathsOverlap(field, later));
  return { now: partOf(patch, (field) => !isLater(field)), later: partOf(patch, isLater), laterFields };
}

/** What is left of a patch once some fields have been written. */
export const withoutFields = (patch: PlainObject, written: readonly string[]): PlainObject =>
  partOf(patch, (field) => !written.some((one) => pathsOverlap(field, one)));

/**
 * The one patch that has the effect of two, one after the other; undefined if there is none: edits of lists refer to the
 * list before them, and a cleared object that gets a member again is not merged.
 */
export function combinePatches(first: PlainObject, second: PlainObject): PlainObject | undefined {
  if ([first, second].some((patch) => Object.keys(patch).some(isEdits))) return undefined;
  const members: Record<string, unknown> = { ...first };
  for (const [name, value] of Object.entries(second)) {
    if (value === undefined) continue;
    const before = getOwn(first, name);
    if (before !== undefined && isPlainObject(value) && !isPlainObject(before)) return undefined;
    const both = isPlainObject(before) && isPlainObject(value) ? combinePatches(before, value) : value;
    if (both === undefined) return undefined;
    members[name] = both;
  }
  return members;
}
