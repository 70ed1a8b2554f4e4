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

/** The same, as one integrator observed it: a decision without a submission, which is AWS's alone. */
const observed: Readonly<Record<string, readonly string[]>> = {
  ...simulated,
  'Pending Submission': ['Approved', 'Action Required', 'Rejected'],
  'Action Required': ['Approved', 'Rejected'],
};

/** An unchanged status is always accepted; for an omitted one see replacement. */
export const reviewStatus: Rule = ({ before, after, catalog, settings }) => {
  if (!before) return [];
  const from = stringAt(before, 'LifeCycle.ReviewStatus');
  const to = stringAt(after, 'LifeCycle.ReviewStatus');
  if (to === undefined || to === from) return [];
  const transitions = settings.simulatedReview === 'pending' ? observed : simulated;
  if (catalog === 'Sandbox' && transitions[from ?? '']?.includes(to)) return [];
  const message = `An update in catalog ${catalog} cannot change the review status from ${from ?? 'none'} to ${to}`;
  return [violation('ACTION_NOT_PERMITTED', 'LifeCycle.ReviewStatus', message)];
};
