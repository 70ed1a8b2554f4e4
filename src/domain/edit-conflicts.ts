/** The edits of a patch that cannot be applied to a version of a record, or not without undoing a change of someone else. */

import { listOf } from './labels.ts';
import { type Edit, editsOf, itemsOf } from './list-edits.ts';
import { isSame } from './patch.ts';
import { getOwn, isPlainObject, type PlainObject } from './paths.ts';
import type { Violation } from './violation.ts';

const conflict = ({ path, list }: Edit, what: string): Violation => ({
  path: [...path],
  field: list,
  code: 'CONFLICT',
  message: `Nothing was saved: ${what}.`,
});

/**
 * The members of an item that an edit would overwrite although someone else has changed them; a removal overwrites all.
 * A member that has the very value of the edit is not overwritten.
 */
function overwritten({ change }: Edit, before: PlainObject, now: PlainObject): string[] {
  const names = change ? Object.keys(change) : [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names.filter((name) => {
    const [was, is, sent] = [getOwn(before, name), getOwn(now, name), change && getOwn(change, name)];
    return sent !== undefined && !isSame(was, is, name) && !(change && isSame(is, sent, name));
  });
}

/** What someone else did to the item of an edit since the version that was seen, if the edit would undo it. */
function conflictOf(edit: Edit, current: unknown, seen: unknown): Violation | undefined {
  const { list, find, change, absence } = edit;
  if (change === undefined) return undefined;
  const at = (record: unknown): unknown => {
    const items = itemsOf(record, list);
    return items[find(items)[0] ?? -1];
  };
  const [before, now] = [at(seen), at(current)];
  if (now === undefined) {
    const gone = absence ?? (change && before ? 'someone else removed the line' : undefined);
    return gone ? conflict(edit, gone) : undefined;
  }
  if (!isPlainObject(now)) return undefined;
  const names = overwritten(edit, isPlainObject(before) ? before : {}, now);
  return names.length > 0
    ? conflict(edit, `someone else changed ${listOf(names)} in the meantime`)
    : undefined;
}

/**
 * Finds the edits whose item is gone, or of which someone else has changed what the edit changes.
 *
 * @param current the version to which the edits are to be applied
 * @param seen the version that the caller has seen
 */
export function editConflicts(patch: PlainObject, current: unknown, seen: unknown): Violation[] {
  return editsOf(patch).flatMap((edit) => conflictOf(edit, current, seen) ?? []);
}

/** Finds the edits that mean several items, or one that another edit means too. */
export function unclearEdits(patch: PlainObject, record: unknown): Violation[] {
  const edited = new Set<PlainObject>();
  return editsOf(patch).flatMap(({ path, list, find, change }): Violation[] => {
    if (change === undefined) return [];
    const items = itemsOf(record, list);
    // Equal values of an enum list are one.
    const meant = find(items)
      .map((index) => items[index])
      .filter(isPlainObject);
    const isAgain = meant.some((item) => edited.has(item));
    for (const item of meant) edited.add(item);
    if (meant.length <= 1 && !isAgain) return [];
    const what =
      meant.length > 1
        ? `This edit means ${meant.length} entries; identify one by its index.`
        : 'Another edit means the same entry; make both changes in one.';
    return [{ path: [...path], field: list, code: 'INVALID_VALUE', message: what }];
  });
}
