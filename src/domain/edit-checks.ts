/** What is wrong with the edits of a patch, whatever the record. */
import type { ContactEdit, ContactMatch, SpendEdit } from '../generated/schema-types.ts';
import { quoted } from './bad-input.ts';
import { labelOf } from './labels.ts';
import { companyOf, isEdits, lists, replacedFields, type ValueListEdit } from './list-edits.ts';
import { isEmpty } from './patch.ts';
import { overlap, type PlainObject } from './paths.ts';
import { checkConstraints } from './validation.ts';
import type { Violation } from './violation.ts';

type Finding = Pick<Violation, 'path' | 'message'> & Partial<Violation>;

function checkMatch({ email, index, expect }: ContactMatch, path: string[]): Finding[] {
  const [hasEmail, hasIndex] = [!isEmpty(email), !isEmpty(index)];
  if (hasEmail === hasIndex)
    return [{ path, message: 'A contact must be identified either by its email or by its index.' }];
  const at = [...path, 'expect'];
  if (hasEmail)
    return expect ? [{ path: at, message: 'An expected contact is accepted with an index only.' }] : [];
  const code = 'REQUIRED_FIELD_MISSING';
  return expect ? [] : [{ path: at, code, message: 'The expected contact is required with an index.' }];
}

function checkContactEdit({ update, remove }: ContactEdit, path: string[]): Finding[] {
  if (update) return checkMatch(update.match, [...path, 'update', 'match']);
  return remove ? checkMatch(remove, [...path, 'remove']) : [];
}

function checkSpendEdits(edits: readonly SpendEdit[], path: string[]): Finding[] {
  return edits.flatMap((edit, index): Finding[] => {
    const at = [...path, String(index)];
    if (edit.removeSelf === false)
      return [
        {
          path: [...at, 'removeSelf'],
          message: 'A removal must be true; leave it out to keep the line for Self.',
        },
      ];
    const company = companyOf(edit);
    const isAgain = edits.findIndex((other) => companyOf(other) === company) < index;
    return isAgain ? [{ path: at, message: `One patch can edit the line for ${company} only once.` }] : [];
  });
}

function checkValues({ add, remove }: ValueListEdit, path: string[]): Finding[] {
  const added = new Set(add);
  return (remove ?? []).flatMap((value, index) =>
    added.has(value)
      ? [
          {
            path: [...path, 'remove', String(index)],
            message: `${quoted(value)} cannot be both added and removed.`,
          },
        ]
      : [],
  );
}

function checkEditsOf(name: string, edits: unknown): Finding[] {
  if (isEmpty(edits)) return [];
  if (name === 'contactEdits')
    return (edits as ContactEdit[]).flatMap((edit, index) => checkContactEdit(edit, [name, String(index)]));
  if (name === 'spendEdits') return checkSpendEdits(edits as SpendEdit[], [name]);
  return checkValues(edits as ValueListEdit, [name]);
}

/**
 * Finds the violations of edits that are certain before the record is read: lists that are both replaced and edited,
 * too many edits, items that are not identified, and edits that contradict each other.
 */
export function checkEdits(patch: PlainObject): Violation[] {
  const given = Object.entries(patch).filter(([name, edits]) => isEdits(name) && !isEmpty(edits));
  const tooLong = checkConstraints(Object.fromEntries(given), new Map());
  if (tooLong.length > 0) return tooLong;
  const replaced = replacedFields(patch);
  return given.flatMap(([name, edits]) => {
    const field = lists[name as keyof typeof lists];
    const isReplaced = overlap(replaced, [field]).length > 0;
    const message = `${labelOf(field.split('.'))} cannot be both replaced and edited in one patch.`;
    const found = isReplaced ? [{ path: [name], message }] : checkEditsOf(name, edits);
    return found.map((one): Violation => ({ field, code: 'INVALID_VALUE', ...one }));
  });
}
