/**
 * Finds everything that AWS would certainly reject, before a write is spent. Uncertain cases are left to AWS: a wrong
 * rejection is worse than a wasted write.
 */
import type { OpportunityRecord } from '../upstream/wire.ts';
import { quoted } from './bad-input.ts';
import { type Constraint, type Constraints, opportunityConstraints } from './constraints.ts';
import { unclearEdits } from './edit-conflicts.ts';
import { locksOf } from './editability.ts';
import { labelOf } from './labels.ts';
import { addedIn, type Edit, editsOf, pathInPatch } from './list-edits.ts';
import { forbiddenNulls, sentPath } from './patch.ts';
import { fieldOf, getIn, isPlainObject, overlap, type PlainObject } from './paths.ts';
import { picklistFields } from './picklists.ts';
import { checkRequired, checkRules } from './rules.ts';
import type { Violation } from './violation.ts';

/** The length as AWS counts it: in characters, however many units of UTF-16 each takes. */
function charactersIn(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * Checks a value against its constraint. Only values with a form are quoted; for free text the message has the length.
 */
function checkValue(
  path: string[],
  constraint: Constraint,
  value: string | unknown[],
): Violation | undefined {
  const field = fieldOf(path);
  const isText = typeof value === 'string';
  const { min = 0, max = Number.POSITIVE_INFINITY, form, expected } = constraint;
  if (form && isText && !form.test(value)) {
    const message = `${labelOf(path)} must be ${expected}; got ${quoted(value)}.`;
    return { path, field, code: 'INVALID_STRING_FORMAT', message };
  }
  const length = isText ? charactersIn(value) : value.length;
  if (length >= min && length <= max) return undefined;
  const isTooLong = length > max;
  const limit = isTooLong ? max : min;
  const [one, many] = isText ? ['character', 'characters'] : ['entry', 'entries'];
  const message = `${labelOf(path)} must have ${isTooLong ? 'at most' : 'at least'} ${limit} ${limit === 1 ? one : many}; got ${length}.`;
  const code = isText ? 'INVALID_STRING_FORMAT' : isTooLong ? 'TOO_MANY_VALUES' : 'NOT_ENOUGH_VALUES';
  return { path, field, code, message, limit };
}

/** For lists of which AWS documents no limit: five times its longest, so that the work for an input is bounded. */
const maxItems = 1_000;

/**
 * Every broken constraint of an input, at every depth. Absent values and nulls break none. Of a list that is too long,
 * only as many items are checked as it may have.
 */
export function checkConstraints(
  input: unknown,
  constraints: Constraints,
  path: readonly string[] = [],
): Violation[] {
  if (Array.isArray(input))
    return input.flatMap((item, index) => checkConstraints(item, constraints, [...path, String(index)]));
  if (!isPlainObject(input)) return [];
  return Object.entries(input).flatMap(([name, value]) => {
    const below = [...path, name];
    const isList = Array.isArray(value);
    const constraint = constraints.get(fieldOf(below)) ?? (isList ? { max: maxItems } : undefined);
    const broken =
      constraint && (typeof value === 'string' || isList) ? checkValue(below, constraint, value) : undefined;
    const checked = isList ? value.slice(0, constraint?.max ?? maxItems) : value;
    return [...(broken ? [broken] : []), ...checkConstraints(checked, constraints, below)];
  });
}

/**
 * Finds the violations of a new opportunity: missing required fields, broken constraints and rules. A missing field is
 * reported as that only.
 *
 * @param today the earliest target close date that is accepted, `YYYY-MM-DD`
 */
export function checkNew(input: Readonly<Record<string, unknown>>, today: string): Violation[] {
  const missing = checkRequired(input);
  const found = [
    ...checkConstraints(input, opportunityConstraints),
    ...checkRules(input, Object.keys(input), today),
  ];
  return [...missing, ...found.filter(({ field }) => !missing.some((one) => one.field === field))];
}

/** The broken constraints of the values that an edit adds or sets. */
function checkEdited({ path, list, change, added, pathOf }: Edit): Violation[] {
  const steps = list.split('.');
  return checkConstraints(change ?? added, opportunityConstraints, steps).map((violation) => {
    const [member = '', ...rest] = violation.path.slice(steps.length);
    return { ...violation, path: pathOf ? [...pathOf(member), ...rest] : [...path, member, ...rest] };
  });
}

/** A record before and after a patch, and the fields in which the two differ. */
export type PatchedRecord = { base: OpportunityRecord; merged: unknown; changed: readonly string[] };

/**
 * Finds the violations of a patch: changes to locked fields, cleared required fields, broken constraints and rules.
 *
 * @param today the earliest target close date that is accepted, `YYYY-MM-DD`
 * @param mayWait whether a field that is locked only for now is not a violation
 */
export function checkPatch(
  patch: PlainObject,
  { base, merged, changed }: PatchedRecord,
  today: string,
  mayWait: (field: string) => boolean = () => false,
): Violation[] {
  const { certaintyOf, remedy } = locksOf(base);
  const isLocked = (field: string): boolean => certaintyOf(field) === 'locked' && !mayWait(field);
  const status = base.lifeCycle?.reviewStatus;
  const cleared = forbiddenNulls(base, patch).filter(
    (field) => !(changed.includes(field) && isLocked(field)),
  );
  // An object that the patch clears is one error, not one for each field within it.
  const frozen = new Set(changed.filter(isLocked).map((field) => sentPath(patch, field)));
  const locked = [...frozen]
    .filter((field) => !cleared.includes(field))
    .map((field): Violation => {
      const path = field.split('.');
      const message = `${labelOf(path)} cannot be changed while the review status is ${status}.${remedy && ` ${remedy}`}`;
      return { path, field, code: 'NOT_EDITABLE', message };
    });
  const required = cleared.map((field): Violation => {
    const path = field.split('.');
    const message = `${labelOf(path)} cannot be cleared: AWS requires it.`;
    return { path, field, code: 'REQUIRED_FIELD_MISSING', message };
  });
  // A wrong value that is already stored is not the caller's fault; a locked or cleared field is reported once only.
  const found = [
    ...[...checkConstraints(patch, opportunityConstraints), ...editsOf(patch).flatMap(checkEdited)].filter(
      ({ field }) => overlap([field], changed).length > 0,
    ),
    ...unclearEdits(patch, base),
    ...checkRules(merged, changed, today),
  ].filter(
    ({ field }) =>
      ![...locked, ...required].some((one) => one.field === field || field.startsWith(`${one.field}.`)),
  );
  return [...locked, ...required, ...found].map((one) => ({ ...one, path: pathInPatch(patch, one.path) }));
}

/**
 * Input strings that are in none of AWS's lists. AWS decides; the caller may have made a typo.
 *
 * @param record the record with the input applied: some lists apply to certain countries only
 */
export function unknownPicklistValues(
  input: unknown,
  record: unknown,
): { path: string[]; message: string; allowedValues: readonly string[] }[] {
  return [...picklistFields].flatMap(([field, { values, applies }]) =>
    [field, ...addedIn(field)].flatMap((at) => {
      const value = getIn(input, at);
      const strings = (Array.isArray(value) ? value.slice(0, maxItems) : [value]).filter(
        (one) => typeof one === 'string',
      );
      const doubtful = strings.filter((one) => !values.includes(one));
      if (doubtful.length === 0 || !applies(record)) return [];
      const message = `${labelOf(field.split('.'))}: ${doubtful.map(quoted).join(', ')} is not among the values that AWS is known to accept.`;
      return [{ path: at.split('.'), message, allowedValues: values }];
    }),
  );
}
