import { type Rule, stringAt, violation } from './rule.ts';

/**
 * The decisions that a partner may simulate in the Sandbox, by updating the review status. Elsewhere only AWS sets it.
 * AWS: testing in the Sandbox; the data model's list of transitions.
 */
const simulated: Readonly<Record<string, readonly string[]>> = {
  Submitted: ['Approved', 'Action Required', 'Rejected'],
  'In review': ['Approved', 'Action Required', 'Rejected'],
  'Action Required': ['Submitted', 'Approved', 'Rejected'],
};

/** An unchanged status is always accepted; for an omitted one see replacement. */
export const reviewStatus: Rule = ({ before, after, catalog }) => {
  if (!before) return [];
  const from = stringAt(before, 'LifeCycle.ReviewStatus');
  const to = stringAt(after, 'LifeCycle.ReviewStatus');
  if (to === undefined || to === from) return [];
  if (catalog === 'Sandbox' && simulated[from ?? '']?.includes(to)) return [];
  const message = `An update in catalog ${catalog} cannot change the review status from ${from ?? 'none'} to ${to}`;
  return [violation('ACTION_NOT_PERMITTED', 'LifeCycle.ReviewStatus', message)];
};
