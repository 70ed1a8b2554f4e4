import type { JsonObject } from '../json.ts';
import { opportunity } from '../shapes/opportunity.ts';
import { type Shape, structure } from '../shapes/shape.ts';
import { noSupport } from '../values/picklists.ts';
import { isClosed, permissionOf, permits } from './editable.ts';
import { type Change, fieldOf, listAt, type Rule, same, stringAt, valueAt, violation } from './rule.ts';

/** Members of the life cycle that belong to the reviewers or the service. */
const serviceMembers = [
  'LifeCycle.ReviewStatus',
  'LifeCycle.ReviewComments',
  'LifeCycle.ReviewStatusReason',
  'LifeCycle.NextStepsHistory',
];

/** The path of every member that can be locked. A list is locked as a whole. */
function membersOf(shape: Shape, path: string): string[] {
  if (shape.kind !== 'structure') return serviceMembers.includes(path) ? [] : [path];
  return Object.entries(shape.members).flatMap(([name, member]) =>
    membersOf(member, path === '' ? name : `${path}.${name}`),
  );
}
const members = membersOf(structure(opportunity), '');

/** The locked members that a change touches. */
export function lockedChanges({
  before,
  after,
  settings,
}: Pick<Change, 'before' | 'after' | 'settings'>): string[] {
  if (!before) return [];
  const permission = permissionOf(before, settings);
  return members.filter(
    (path) => !permits(permission, path) && !same(valueAt(before, path), valueAt(after, path)),
  );
}

/**
 * Members locked by the review status cannot be changed; sent back with their stored value, they are always accepted.
 * AWS: working with opportunity updates.
 */
export const lockedMembers: Rule = (change) =>
  lockedChanges(change).map((path) => {
    const state = stateOf(change.before);
    return violation(
      'ACTION_NOT_PERMITTED',
      path,
      `${fieldOf(path)} cannot be changed while the opportunity is ${state}`,
    );
  });

const stateOf = (before: JsonObject | undefined): string =>
  isClosed(before)
    ? String(stringAt(before, 'LifeCycle.Stage'))
    : (stringAt(before, 'LifeCycle.ReviewStatus') ?? 'without a review status');

export const isCoSell = (record: JsonObject | undefined): boolean =>
  listAt(record, 'PrimaryNeedsFromAws').some((need) => need !== noSupport);

/**
 * An approved opportunity may change from visibility to co-selling, but not back; nor may its needs be cleared. AWS:
 * the data model's note on primary needs.
 */
export const coSellIsFinal: Rule = ({ before, after }) => {
  if (stringAt(before, 'LifeCycle.ReviewStatus') !== 'Approved' || isClosed(before)) return [];
  if (!isCoSell(before) || isCoSell(after)) return [];
  const message = 'An approved co-sell opportunity cannot be changed to visibility only';
  return [violation('ACTION_NOT_PERMITTED', 'PrimaryNeedsFromAws', message)];
};
