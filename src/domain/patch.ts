/**
 * The patch that cannot lose a field.
 *
 * UpdateOpportunity replaces the whole record: a member that the request omits is cleared. So the gateway sends the
 * record back exactly as AWS returned it, unknown members included, and changes only the fields in the patch.
 */

import type { OpportunityRecord } from '../upstream/wire.ts';
import { plainDecimal } from './decimals.ts';
import { getIn, getOwn, isPlainObject, type PlainObject } from './paths.ts';

/** Members that UpdateOpportunity does not accept; other operations change the associations and the team. */
const readOnly: ReadonlySet<string> = new Set([
  'id',
  'arn',
  'catalog',
  'createdDate',
  'lastModifiedDate',
  'opportunityTeam',
  'relatedEntityIdentifiers',
]);

/**
 * Members that AWS does not allow to be cleared, so that the attempt would waste a write. Conditionally required
 * members (a website, a postal code) are not listed: AWS decides.
 *
 * AWS would allow the review status to be cleared, but the record could then never be submitted again.
 */
export const notClearable: readonly string[] = [
  'customer',
  'customer.account',
  'customer.account.address',
  'customer.account.address.countryCode',
  'customer.account.companyName',
  'customer.account.industry',
  'lifeCycle',
  'lifeCycle.reviewStatus',
  'lifeCycle.stage',
  'lifeCycle.targetCloseDate',
  'project',
  'project.customerBusinessProblem',
  'project.title',
];

/** Checks whether a value is empty. AWS returns an empty list as null in one place and as `[]` in another. */
export function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (Array.isArray(value) && value.length === 0) ||
    (isPlainObject(value) && Object.values(value).every(isEmpty))
  );
}

/** Checks whether a required field is missing: AWS counts an empty string as none. */
export const isMissing = (value: unknown): boolean => value === '' || isEmpty(value);

/** An amount in its canonical form: AWS writes it as a string or as a number. */
function plainAmount(value: unknown): unknown {
  if (typeof value === 'string') return plainDecimal(value);
  return typeof value === 'number' || JSON.isRawJSON(value) ? plainDecimal(JSON.stringify(value)) : value;
}

/**
 * Checks whether two values mean the same to AWS, where absent, null and empty are the same, and an amount of `531` is
 * one of `531.0`.
 *
 * @param name the member that has the values
 */
export function isSame(a: unknown, b: unknown, name?: string): boolean {
  if (Object.is(a, b) || (isEmpty(a) && isEmpty(b))) return true;
  if (name === 'amount') return plainAmount(a) === plainAmount(b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  if (isPlainObject(a) && isPlainObject(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) =>
      isSame(getOwn(a, name), getOwn(b, name), name),
    );
  return JSON.isRawJSON(a) && JSON.isRawJSON(b) && JSON.stringify(a) === JSON.stringify(b);
}

/**
 * A JSON merge patch (RFC 7396) that keeps what it clears as an explicit null, since AWS keeps a contract duration that
 * is merely left out. Absent and undefined keep, an object merges, a list replaces. A value that means the same stays in
 * AWS's notation. Changes neither of its inputs.
 */
export function merge(target: unknown, patch: unknown, name?: string): unknown {
  if (!isPlainObject(patch)) return !isEmpty(patch) && isSame(target, patch, name) ? target : patch;
  const base = isPlainObject(target) ? target : {};
  const changes = Object.entries(patch)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, merge(getOwn(base, name), value, name)]);
  const merged = { ...base, ...Object.fromEntries(changes) };
  // Clearing members of an absent object does not create it.
  return !isPlainObject(target) && isEmpty(merged) ? (target ?? null) : merged;
}

const lastStep = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** Checks whether two values have the same at a path. */
export const isSameIn = (a: unknown, b: unknown, path: string): boolean =>
  isSame(getIn(a, path), getIn(b, path), lastStep(path));

/**
 * The fields in which two values differ, as dotted paths; a list is one field.
 *
 * `changedFields({ a: { b: 1, c: [1] } }, { a: { b: 2, c: [2] } })` is `['a.b', 'a.c']`.
 */
export function changedFields(before: unknown, after: unknown, path = ''): string[] {
  if (isSame(before, after, lastStep(path))) return [];
  if (!isPlainObject(before) && !isPlainObject(after)) return [path];
  const [from, to]: [PlainObject, PlainObject] = [
    isPlainObject(before) ? before : {},
    isPlainObject(after) ? after : {},
  ];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((name) =>
    changedFields(getOwn(from, name), getOwn(to, name), path ? `${path}.${name}` : name),
  );
}

/** The fields with a value that a patch clears, by null or an empty string, and AWS does not allow to be cleared. */
export function forbiddenNulls(record: OpportunityRecord, patch: unknown): string[] {
  const clears = (value: unknown): boolean => value === null || value === '';
  return notClearable.filter((path) => clears(getIn(patch, path)) && !isEmpty(getIn(record, path)));
}

/** The path in a patch that changes a field: the field's own, or that of an object around it that the patch clears. */
export function sentPath(patch: unknown, field: string): string {
  const steps = field.split('.');
  const paths = steps.map((_, index) => steps.slice(0, index + 1).join('.'));
  return paths.find((path) => getIn(patch, path) === null) ?? field;
}

/** The part of a record that AWS accepts in an update: everything except the members that only AWS writes. */
export function writable(record: OpportunityRecord): PlainObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !readOnly.has(name)));
}

/** The full-replace payload for a record's new content, locked by its own `lastModifiedDate`, digit for digit. */
export function replacement(record: OpportunityRecord, content: PlainObject) {
  return { ...content, identifier: record.id, lastModifiedDate: record.lastModifiedDate };
}
