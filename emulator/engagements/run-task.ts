import type { JsonObject } from '../json.ts';
import type { Settings } from '../settings.ts';
import type { PartnerState } from '../state.ts';
import { runAcceptance } from './acceptance.ts';
import { runConversion } from './conversion.ts';
import type { Task, TaskKind } from './model.ts';
import { runProspecting } from './prospecting.ts';
import { schedule } from './schedule.ts';
import { runSubmission } from './submission.ts';
import { createTask, failTask, rememberTask } from './task.ts';

/** What each kind of task does, to end with `completeTask`, `failTask` or `endTask`. */
const steps: Readonly<Record<TaskKind, (state: PartnerState, task: Task) => void>> = {
  'engagement-from-opportunity': runSubmission,
  'engagement-by-accepting-invitation': runAcceptance,
  'opportunity-from-engagement': runConversion,
  'prospecting-from-engagement': runProspecting,
};

/** The operation that starts each kind of task whose failure is one of the whole task. */
export const startedBy: Readonly<Partial<Record<TaskKind, string>>> = {
  'engagement-from-opportunity': 'StartEngagementFromOpportunityTask',
  'engagement-by-accepting-invitation': 'StartEngagementByAcceptingInvitationTask',
  'opportunity-from-engagement': 'StartOpportunityFromEngagementTask',
};

/** Does what an unfinished task is for, unless an injected fault has it fail. */
export function runTask(state: PartnerState, taskId: string): void {
  const task = state.engagements.tasks.get(taskId);
  if (!task) return;
  const operation = startedBy[task.kind];
  if (operation && state.faults.take('task', operation, task.account))
    failTask(state, task, 'InternalError', 'The task failed for an internal reason');
  else steps[task.kind](state, task);
}

/**
 * Starts a task under the client token of its request, and returns it: ended at once, as the Sandbox was recorded, or
 * in progress for a while.
 */
export function startTask(state: PartnerState, kind: TaskKind, input: JsonObject, known: JsonObject): Task {
  const task = createTask(state, kind, input, known);
  rememberTask(state, kind, input, task);
  const { account, catalog, answer } = task;
  const duration = durationOf(kind, state.settings);
  if (duration === undefined) runTask(state, answer.TaskId);
  else
    schedule(state, { at: state.clock.now() + duration, what: 'task', account, catalog, id: answer.TaskId });
  return state.engagements.tasks.get(answer.TaskId) ?? task;
}

/** How long a task takes, in milliseconds; undefined if it ends within the call that starts it. */
function durationOf(
  kind: TaskKind,
  { submissionTask, taskMs, prospectingTask, prospectingMs }: Settings,
): number | undefined {
  if (kind === 'prospecting-from-engagement')
    return prospectingTask === 'complete' ? undefined : prospectingMs;
  return submissionTask === 'complete' ? undefined : taskMs;
}
