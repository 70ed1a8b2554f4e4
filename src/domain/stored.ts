/**
 * What AWS stores otherwise than it was sent, without an error. It keeps a line of the expected spend that was left
 * out, and drops estimates, programs and other values that it does not take.
 */
import type { OpportunityRecord } from '../upstream/wire.ts';
import { quoted } from './bad-input.ts';
import { labelOf } from './labels.ts';
import { changedFields, isEmpty, isSame, merge, writable } from './patch.ts';
import { getIn, isPlainObject, type PlainObject } from './paths.ts';

/** A difference between what was sent and what is stored. */
export type StoredOtherwise = { path: string[]; message: string };

/** Members of a create that the record lacks, and the team, to which AWS adds the owner. */
const notReturned: ReadonlySet<string> = new Set(['clientToken', 'opportunityTeam', 'origin', 'tags']);

/** Longer values are cut. */
const maxShown = 300;

/** A stored value in a message. */
function asText(value: unknown): string {
  if (isEmpty(value)) return 'nothing';
  if (Array.isArray(value)) return value.map(asText).join('; ');
  if (isPlainObject(value))
    return Object.values(value)
      .filter((member) => !isEmpty(member))
      .map((member) => (typeof member === 'string' ? member : asText(member)))
      .join(' ');
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}

const isOwnSpend = (item: PlainObject): boolean => item.targetCompany === 'Self';

/** Checks whether a stored item has what was sent. AWS may add members, and has no frequency for a line for Self. */
function hasItem(stored: unknown, sent: unknown): boolean {
  if (!isPlainObject(stored) || !isPlainObject(sent)) return isSame(stored, sent);
  return Object.entries(sent).every(
    ([name, value]) => (name === 'frequency' && isOwnSpend(sent)) || isSame(stored[name], value, name),
  );
}

/** Checks whether a stored list is the one that was sent, in any order. */
const isSameList = (stored: readonly unknown[], sent: readonly unknown[]): boolean =>
  stored.length === sent.length && sent.every((item) => stored.some((one) => hasItem(one, item)));

/** The fields of an input that AWS stored otherwise, given the record as it is after the write. */
export function storedOtherwise(input: PlainObject, record: OpportunityRecord): StoredOtherwise[] {
  const stored = writable(record);
  const sent = Object.entries(input).filter(([name]) => !notReturned.has(name));
  return changedFields(stored, merge(stored, Object.fromEntries(sent)))
    .filter((field) => {
      const [is, sent] = [getIn(stored, field), getIn(input, field)];
      return !(Array.isArray(is) && Array.isArray(sent) && isSameList(is, sent));
    })
    .map((field) => {
      const path = field.split('.');
      const text = asText(getIn(stored, field));
      const short = text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
      return { path, message: `${labelOf(path)}: AWS has stored ${short}, which is not what was sent.` };
    });
}

/**
 * What AWS is known to store otherwise, before the record can be read: it keeps the line for Self as long as there is a
 * contract duration (developer guide, "Working with deal sizing insights").
 */
export function knownToBeKept(before: unknown, after: unknown): StoredOtherwise[] {
  const field = 'project.expectedCustomerSpend';
  const hasOwn = (record: unknown) => {
    const lines = getIn(record, field);
    return Array.isArray(lines) && lines.some((line) => isPlainObject(line) && isOwnSpend(line));
  };
  if (!hasOwn(before) || hasOwn(after) || isEmpty(getIn(after, 'project.expectedContractDuration')))
    return [];
  const path = field.split('.');
  const message = `${labelOf(path)}: AWS keeps the line for Self as long as there is a contract duration; clear that too to remove the line.`;
  return [{ path, message }];
}
