import { involvementOf, submitOrThrow } from '../engagements/submission.ts';
import { notFound } from '../errors.ts';
import { emptyAnswer, type Operation } from '../operation.ts';
import { submitOpportunityRequest } from '../shapes/lifecycle-requests.ts';

/** Submits an opportunity for review. Unlike the task, it fails at once, and has no client token for retries. */
export const submitOpportunity: Operation = {
  request: submitOpportunityRequest,
  kind: 'write',
  run(input, state) {
    const id = String(input.Identifier);
    const record = state.store.get(String(input.Catalog), id);
    if (!record) throw notFound(id);
    submitOrThrow(state, record, involvementOf(input));
    return emptyAnswer;
  },
};
