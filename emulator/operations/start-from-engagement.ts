import { engagementToChange } from '../engagements/engagement.ts';
import { startTask } from '../engagements/run-task.ts';
import { replayedTask } from '../engagements/task.ts';
import type { Operation } from '../operation.ts';
import { startFromEngagementRequest } from '../shapes/lead-requests.ts';
import { taskAnswer } from '../shapes/task.ts';

const kind = 'opportunity-from-engagement';

/** Converts a lead of an engagement into an opportunity, as a task. */
export const startOpportunityFromEngagementTask: Operation = {
  request: startFromEngagementRequest,
  kind: 'write',
  run(input, state) {
    const known = replayedTask(state, kind, input);
    if (known) return taskAnswer(kind, known.answer);
    const { Id } = engagementToChange(state, input.Catalog, input.Identifier);
    const given = { EngagementId: Id, ContextId: String(input.ContextIdentifier) };
    return taskAnswer(kind, startTask(state, kind, input, given).answer);
  },
};
