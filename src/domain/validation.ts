/**
 * What AWS would certainly refuse, found before a write is spent, all of it at once. What is not certain is left to AWS:
 * a wrong refusal is worse than a write.
 */
import type { OpportunityRecord } from '../upstream/wire.ts';
import { quoted } from './bad-input.ts';
import { type Constraint, type Constraints, opportunityConstraints } from './constraints.ts';
import { locksOf } from './editability.ts';
import { labelOf } from './labels.ts';
import { forbiddenNulls } from './patch.ts';
import { fieldOf, getIn, isPlainObject, overlap } from './paths.ts';
import { picklistFields } from './picklists.ts';
import { checkRules } from './rules.ts';
import type { Violation } from './violation.ts';

/** A value against its constraint. Free text is never repeated: the message says how long it is, and quotes only what has a form. */
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
  const length = isText ? [...value].length : value.length;
  if (length >= min && length <= max) return undefined;
  const isTooLong = length > max;
  const limit = isTooLong ? max : min;
  const [one, many] = isText ? ['character', 'characters'] : ['entry', 'entries'];
  const message = `${labelOf(path)} must have ${isTooLong ? 'at most' : 'at least'} ${limit} ${limit === 1 ? one : many}; got ${length}.`;
  const code = isText ? 'INVALID_STRING_FORMAT' : isTooLong ? 'TOO_MANY_VALUES' : 'NOT_ENOUGH_VALUES';
  return { path, field, code, message, limit };
}

/** Every broken constraint of an input, at every depth. Absent values and nulls break none. */
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
    const constraint = constraints.get(fieldOf(below));
    const broken =
      constraint && (typeof value === 'string' || Array.isArray(value))
        ? checkValue(below, constraint, value)
        : undefined;
    return [...(broken ? [broken] : []), ...checkConstraints(value, constraints, below)];
  });
}

/** A record, what a patch makes of it, and the fields in which the two differ. */
export type PatchedRecord = { base: OpportunityRecord; merged: unknown; changed: readonly string[] };

/**
 * What AWS would certainly refuse of a patch: changes of locked fields, clearings, broken constraints and rules.
 *
 * @param today the day, `YYYY-MM-DD`, that target close dates must not be before
 */
export function checkPatch(
  patch: unknown,
  { base, merged, changed }: PatchedRecord,
  today: string,
): Violation[] {
  const { isLocked, remedy } = locksOf(base);
  const status = base.lifeCycle?.reviewStatus;
  const locked = changed.filter(isLocked).map((field): Violation => {
    const path = field.split('.');
    const message = `${labelOf(path)} cannot be changed while the review status is ${status}.${remedy && ` ${remedy}`}`;
    return { path, field, code: 'NOT_EDITABLE', message };
  });
  const cleared = forbiddenNulls(base, patch).map((field): Violation => {
    const path = field.split('.');
    const message = `${labelOf(path)} cannot be cleared: AWS requires it.`;
    return { path, field, code: 'REQUIRED_FIELD_MISSING', message };
  });
  // A broken value that is stored already is not the caller's; a field that is locked or cleared is wrong once only.
  const found = [
    ...checkConstraints(patch, opportunityConstraints).filter(
      ({ field }) => overlap([field], changed).length > 0,
    ),
    ...checkRules(merged, changed, today),
  ].filter(
    ({ field }) =>
      ![...locked, ...cleared].some((one) => one.field === field || field.startsWith(`${one.field}.`)),
  );
  return [...locked, ...cleared, ...found];
}

/**
 * Texts of an input that no list of AWS holds. AWS decides about them; a caller may have mistyped.
 *
 * @param record what the input makes of the record: whether a list counts can depend on the country
 */
export function unknownPicklistValues(
  input: unknown,
  record: unknown,
): { path: string[]; message: string; allowedValues: readonly string[] }[] {
  return [...picklistFields].flatMap(([field, { values, applies }]) => {
    const value = getIn(input, field);
    const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
    const doubtful = texts.filter((one) => !values.includes(one));
    if (doubtful.length === 0 || !applies(record)) return [];
    const path = field.split('.');
    const message = `${labelOf(path)}: ${doubtful.map(quoted).join(', ')} is not among the values that AWS is known to accept.`;
    return [{ path, message, allowedValues: values }];
  });
}
