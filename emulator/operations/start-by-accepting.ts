import { receivedInvitation } from '../engagements/received.ts';
import { startTask } from '../engagements/run-task.ts';
import { replayedTask } from '../engagements/task.ts';
import type { Operation } from '../operation.ts';
import { startByAcceptingRequest } from '../shapes/invitation-requests.ts';
import { taskAnswer } from '../shapes/task.ts';

const kind = 'engagement-by-accepting-invitation';

/** Accepts an invitation to an opportunity, as a task that creates the caller's own opportunity. */
export const startEngagementByAcceptingInvitationTask: Operation = {
  request: startByAcceptingRequest,
  kind: 'write',
  run(input, state) {
    const known = replayedTask(state, kind, input);
    if (known) return taskAnswer(kind, known.answer);
    const { Id } = receivedInvitation(state, input.Catalog, input.Identifier);
    return taskAnswer(kind, startTask(state, kind, input, { EngagementInvitationId: Id }).answer);
  },
};
