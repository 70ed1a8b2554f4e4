import { asObject, type JsonObject } from '../json.ts';
import { withNextModified } from '../records/dates.ts';
import type { Opportunity } from '../records/record.ts';
import type { PartnerState } from '../state.ts';
import { saveOpportunity } from './save.ts';

export type Decision = { status: string; comments?: string; reason?: string };

/** The decisions AWS may make, by review status. AWS: the data model's list of transitions. */
export const decisions: Readonly<Record<string, readonly string[]>> = {
  Submitted: ['In review', 'Approved', 'Action Required', 'Rejected'],
  'In review': ['Approved', 'Action Required', 'Rejected'],
};

/** Comments and reason of a decision that is given none. */
const defaultExplanations: Readonly<Record<string, Omit<Decision, 'status'>>> = {
  'Action Required': { comments: 'Please complete the business problem.', reason: 'Other' },
  Rejected: { comments: 'This does not qualify.', reason: 'Other' },
};

/** Decides as AWS would; `undefined` if there is nothing to decide. The record's date moves. */
export function decide(
  state: PartnerState,
  catalog: string,
  id: string,
  decision: Decision,
): Opportunity | undefined {
  const before = state.store.get(catalog, id);
  const {
    ReviewComments: _comments,
    ReviewStatusReason: _reason,
    ...lifeCycle
  } = asObject(before?.LifeCycle);
  if (!before || !decisions[String(lifeCycle.ReviewStatus)]?.includes(decision.status)) return undefined;
  const { comments, reason } = { ...defaultExplanations[decision.status], ...decision };
  const LifeCycle: JsonObject = {
    ...lifeCycle,
    ReviewStatus: decision.status,
    ...(comments !== undefined && { ReviewComments: comments }),
    ...(reason !== undefined && { ReviewStatusReason: reason }),
  };
  const after = withNextModified({ ...before, LifeCycle }, state);
  saveOpportunity(state, after);
  return after;
}
