import { startTask } from '../engagements/run-task.ts';
import { replayedTask } from '../engagements/task.ts';
import { notFound } from '../errors.ts';
import type { Operation } from '../operation.ts';
import { startEngagementRequest } from '../shapes/lifecycle-requests.ts';
import { taskAnswer } from '../shapes/task.ts';

const kind = 'engagement-from-opportunity';

/**
 * Submits an opportunity as a task. The service does so in steps; its Sandbox was recorded to be done when it responds.
 * The same request under the same token starts nothing, and returns the current state of the first task.
 */
export const startEngagementFromOpportunityTask: Operation = {
  request: startEngagementRequest,
  kind: 'write',
  run(input, state) {
    const known = replayedTask(state, kind, input);
    if (known) return taskAnswer(kind, known.answer);
    const id = String(input.Identifier);
    if (!state.store.get(String(input.Catalog), id)) throw notFound(id);
    return taskAnswer(kind, startTask(state, kind, input, { OpportunityId: id }).answer);
  },
};
