import { type Rule, stringAt, violation } from './rule.ts';

/**
 * The decisions that a partner may play in the Sandbox, by updating a record with the status it should get. Elsewhere
 * the status is AWS's own. AWS: testing in the Sandbox; the data model's list of transitions.
 */
const simulated: Readonly<Record<string, readonly string[]>> = {
  Submitted: ['Approved', 'Action Required', 'Rejected'],
  'In review': ['Approved', 'Action Required', 'Rejected'],
  'Action Required': ['Submitted', 'Approved', 'Rejected'],
};

/** A status that is sent back as it is changes nothing; one that is left out is another matter (see the update). */
export const reviewStatus: Rule = ({ before, after, catalog }) => {
  if (!before) return [];
  const from = stringAt(before, 'LifeCycle.ReviewStatus');
  const to = stringAt(after, 'LifeCycle.ReviewStatus');
  if (to === undefined || to === from) return [];
  if (catalog === 'Sandbox' && simulated[from ?? '']?.includes(to)) return [];
  const message = `The review status cannot go from ${from ?? 'none'} to ${to} by an update in catalog ${catalog}`;
  return [violation('ACTION_NOT_PERMITTED', 'LifeCycle.ReviewStatus', message)];
};
