/** What is wrong with the edits of a patch, regardless of the record. */
import type { ContactEdit, ContactMatch, SpendEdit } from '../generated/schema-types.ts';
import { quoted } from './bad-input.ts';
import { labelOf, nameOf } from './labels.ts';
import { companyOf, lists, replacedFields, type ValueListEdit } from './list-edits.ts';
import { isEmpty } from './patch.ts';
import { getOwn, overlap, type PlainObject } from './paths.ts';
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
            message: `A value cannot be both added and removed; got ${quoted(value)}.`,
          },
        ]
      : [],
  );
}

/** The most edits of a list in one patch, so that the work for it is bounded: each looks at every item. */
const maxEdits = 100;

function checkCount(count: number, name: string, field: string): Finding[] {
  if (count <= maxEdits) return [];
  const message = `One patch can have at most ${maxEdits} edits of ${nameOf(field.split('.'))}; got ${count}.`;
  return [{ path: [name], code: 'TOO_MANY_VALUES', message, limit: maxEdits }];
}

function checkEditsOf(name: string, edits: unknown): Finding[] {
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
  const replaced = replacedFields(patch);
  return Object.entries(lists).flatMap(([name, field]) => {
    const edits = getOwn(patch, name);
    if (isEmpty(edits)) return [];
    const { add, remove } = edits as ValueListEdit;
    const count = Array.isArray(edits) ? edits.length : (add?.length ?? 0) + (remove?.length ?? 0);
    const message = `${labelOf(field.split('.'))} cannot be both replaced and edited in one patch.`;
    const isReplaced = overlap(replaced, [field]).length > 0;
    const whole = [...checkCount(count, name, field), ...(isReplaced ? [{ path: [name], message }] : [])];
    const found = whole.length > 0 ? whole : checkEditsOf(name, edits);
    return found.map((one): Violation => ({ field, code: 'INVALID_VALUE', ...one }));
  });
}
