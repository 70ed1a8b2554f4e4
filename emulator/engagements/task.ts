import { taskArn } from '../arns.ts';
import { asString, type JsonObject } from '../json.ts';
import { formatNanoseconds } from '../records/dates.ts';
import type { PartnerState } from '../state.ts';
import type { Task, TaskKind } from './model.ts';
import { nextId } from './store.ts';

/** Stores a new task of the calling account, in progress. `known` are the members of its answer known from the start. */
export function createTask(
  { accountId, clock, engagements }: PartnerState,
  kind: TaskKind,
  input: JsonObject,
  known: JsonObject,
): Task {
  const catalog = String(input.Catalog);
  // The service's ids of prospecting tasks are longer than those of the others.
  const TaskId = nextId(engagements, 'task-', kind === 'prospecting-from-engagement' ? 14 : 13);
  const task: Task = {
    kind,
    account: accountId,
    catalog,
    input,
    answer: {
      ...known,
      TaskId,
      TaskArn: taskArn(catalog, kind, TaskId),
      StartTime: formatNanoseconds(clock.now()),
      TaskStatus: kind === 'prospecting-from-engagement' ? 'PENDING' : 'IN_PROGRESS',
    },
  };
  engagements.tasks.set(TaskId, task);
  return task;
}

/** Ends a task: complete, with the ids of what it made. */
export const completeTask = (state: PartnerState, task: Task, made: JsonObject): void =>
  endTask(state, task, { ...made, TaskStatus: 'COMPLETE' });

/** Ends a task: failed, although the call that started it succeeds. `ReasonCode` is one of AWS's 22. */
export const failTask = (state: PartnerState, task: Task, ReasonCode: string, Message: string): void =>
  endTask(state, task, { TaskStatus: 'FAILED', ReasonCode, Message });

/** Ends a task, with the rest of its answer. */
export function endTask(
  { engagements }: PartnerState,
  task: Task,
  more: JsonObject & { TaskStatus: string },
): void {
  engagements.tasks.set(task.answer.TaskId, { ...task, answer: { ...task.answer, ...more } });
}

/** The task that the same request has started under its client token, as it is now. */
export function replayedTask(state: PartnerState, kind: TaskKind, input: JsonObject): Task | undefined {
  const { ClientToken, ...body } = input;
  const known = state.tokens.recall(tokenScope(kind, input), String(ClientToken), body);
  return state.engagements.tasks.get(asString(known?.TaskId) ?? '');
}

/** Remembers which task a request has started under its client token. */
export function rememberTask(state: PartnerState, kind: TaskKind, input: JsonObject, task: Task): void {
  const { ClientToken, ...body } = input;
  const { TaskId } = task.answer;
  state.tokens.remember(tokenScope(kind, input), String(ClientToken), body, { TaskId });
}

const tokenScope = (kind: TaskKind, { Catalog }: JsonObject): string => `${Catalog}/${kind}`;
