import type { JsonObject } from '../json.ts';
import { opportunity } from '../shapes/opportunity.ts';
import { type Shape, structure } from '../shapes/shape.ts';
import { noSupport } from '../values/picklists.ts';
import { isClosed, permissionOf, permits } from './editable.ts';
import { type Change, fieldOf, listAt, type Rule, same, stringAt, valueAt, violation } from './rule.ts';

/** Members of the life cycle that are the reviewers', or the service's own. */
const serviceMembers = [
  'LifeCycle.ReviewStatus',
  'LifeCycle.ReviewComments',
  'LifeCycle.ReviewStatusReason',
  'LifeCycle.NextStepsHistory',
];

/** Every member that can be locked on its own, by its path. A list is locked as a whole. */
function membersOf(shape: Shape, path: string): string[] {
  if (shape.kind !== 'structure') return serviceMembers.includes(path) ? [] : [path];
  return Object.entries(shape.members).flatMap(([name, member]) =>
    membersOf(member, path === '' ? name : `${path}.${name}`),
  );
}
const members = membersOf(structure(opportunity), '');

/** The members that a change touches although the record's state locks them. */
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
 * What the review status locks stays as it is; sent back with the value it has, a locked member is always accepted.
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
 * An approved opportunity may go from visibility to co-selling and not back. Taking the needs away counts as going
 * back. AWS: the data model's note on primary needs.
 */
export const coSellIsFinal: Rule = ({ before, after }) => {
  if (stringAt(before, 'LifeCycle.ReviewStatus') !== 'Approved' || isClosed(before)) return [];
  if (!isCoSell(before) || isCoSell(after)) return [];
  const message = 'An approved co-sell opportunity cannot become one for visibility only';
  return [violation('ACTION_NOT_PERMITTED', 'PrimaryNeedsFromAws', message)];
};
