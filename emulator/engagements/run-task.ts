import type { JsonObject } from '../json.ts';
import type { PartnerState } from '../state.ts';
import { runAcceptance } from './acceptance.ts';
import type { Task, TaskKind } from './model.ts';
import { schedule } from './schedule.ts';
import { runSubmission } from './submission.ts';
import { createTask, rememberTask } from './task.ts';

/** What each kind of task does, to end with `completeTask` or `failTask`. */
const steps: Readonly<Partial<Record<TaskKind, (state: PartnerState, task: Task) => void>>> = {
  'engagement-from-opportunity': runSubmission,
  'engagement-by-accepting-invitation': runAcceptance,
};

/** Does what an unfinished task is for. */
export function runTask(state: PartnerState, taskId: string): void {
  const task = state.engagements.tasks.get(taskId);
  if (task) steps[task.kind]?.(state, task);
}

/**
 * Starts a task under the client token of its request, and returns it: ended at once, as the Sandbox was recorded, or
 * in progress for `taskMs`.
 */
export function startTask(state: PartnerState, kind: TaskKind, input: JsonObject, known: JsonObject): Task {
  const task = createTask(state, kind, input, known);
  rememberTask(state, kind, input, task);
  const { account, catalog, answer } = task;
  const { submissionTask, taskMs } = state.settings;
  if (submissionTask === 'complete') runTask(state, answer.TaskId);
  else schedule(state, { at: state.clock.now() + taskMs, what: 'task', account, catalog, id: answer.TaskId });
  return state.engagements.tasks.get(answer.TaskId) ?? task;
}
