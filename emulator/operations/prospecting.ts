import { idOf } from '../arns.ts';
import { membersOf } from '../engagements/engagement.ts';
import type { Task } from '../engagements/model.ts';
import { identifiersOf } from '../engagements/prospecting.ts';
import { startTask } from '../engagements/run-task.ts';
import { replayedTask } from '../engagements/task.ts';
import { businessInvalid, notFound } from '../errors.ts';
import { instant } from '../instant.ts';
import { asObject, asString, getIn, type Json, type JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { matchesAny, pageOf } from '../records/filter.ts';
import { violation } from '../rules/rule.ts';
import {
  getProspectingRequest,
  listProspectingRequest,
  startProspectingRequest,
} from '../shapes/lead-requests.ts';
import { present } from '../shapes/present.ts';
import { prospectingStart, prospectingTask } from '../shapes/task.ts';
import type { PartnerState } from '../state.ts';

const kind = 'prospecting-from-engagement';

/** Starts to enrich the leads of engagements. Those that cannot be enriched fail by themselves, within the task. */
export const startProspectingFromEngagementTask: Operation = {
  request: startProspectingRequest,
  kind: 'write',
  run(input, state) {
    const known = replayedTask(state, kind, input);
    return started(known ?? startTask(state, kind, input, requested(input, state)));
  },
};

function requested(input: JsonObject, state: PartnerState): JsonObject {
  const Identifiers = Array.isArray(input.Identifiers) ? [...new Set(input.Identifiers.map(idOf))] : [];
  if (Identifiers.length === 0)
    throw businessInvalid([
      violation('NOT_ENOUGH_VALUES', 'Identifiers', 'A task must have at least one engagement'),
    ]);
  const isOwn = (id: string) => {
    const engagement = state.engagements.engagements.get(id);
    return (
      engagement !== undefined &&
      engagement.Catalog === input.Catalog &&
      membersOf(engagement).includes(state.accountId)
    );
  };
  if (!Identifiers.some(isOwn)) throw notFound(Identifiers.join(', '));
  return { Identifiers, TaskName: input.TaskName ?? null };
}

const started = ({ answer }: Task): JsonObject =>
  present(prospectingStart, answer, { unknown: 'drop', nulls: 'explicit' });

/** Returns a task of the caller's with the state of each engagement. It has ended if it has an end time. */
export const getProspectingFromEngagementTask: Operation = {
  request: getProspectingRequest,
  kind: 'read',
  run(input, { accountId, engagements }) {
    const id = String(input.TaskIdentifier);
    const task = engagements.tasks.get(id);
    if (task?.kind !== kind || task.account !== accountId || task.catalog !== input.Catalog)
      throw notFound(id);
    const waiting = identifiersOf(task).map((EngagementIdentifier) => ({
      EngagementIdentifier,
      Status: 'IN_PROGRESS',
    }));
    const visible = { ...task.answer, Engagements: task.answer.Engagements ?? waiting };
    return present(prospectingTask, visible, { unknown: 'drop', nulls: 'explicit' });
  },
};

/** Lists the caller's prospecting tasks with the counts of their engagements. Default: latest first. */
export const listProspectingFromEngagementTasks: Operation = {
  request: listProspectingRequest,
  kind: 'read',
  run(input, { accountId, engagements }) {
    const matching = [...engagements.tasks.values()]
      .filter(
        (task) =>
          task.kind === kind &&
          task.account === accountId &&
          task.catalog === input.Catalog &&
          matchesAny(input.TaskIdentifier, task.answer.TaskId) &&
          matchesAny(input.TaskName, task.answer.TaskName) &&
          isWithin(task.answer.StartTime, input),
      )
      .map(summaryOf);
    const sortBy = asString(getIn(input, 'Sort', 'SortBy')) ?? 'StartTime';
    const { page, nextToken } = pageOf(matching, input, {
      operation: 'ListProspectingFromEngagementTasks',
      position: (summary) => ({ key: sortable(summary[sortBy]), id: String(summary.TaskId) }),
      descending: true,
    });
    return { TaskSummaries: page, NextToken: nextToken };
  },
};

/** From `StartAfter` (inclusive) to `StartBefore` (exclusive), like the windows of ListOpportunities. */
function isWithin(time: string, { StartAfter, StartBefore }: JsonObject): boolean {
  const [after, before, at] = [StartAfter, StartBefore, time].map((text) => instant(asString(text) ?? ''));
  return at !== undefined && (!after || at >= after) && (!before || at < before);
}

function summaryOf(task: Task): JsonObject {
  const { TaskId, TaskArn, TaskName = null, StartTime, EndTime = null, Engagements } = task.answer;
  const results = Array.isArray(Engagements) ? Engagements.map((one) => asObject(one).Status) : [];
  const count = (status: string) => results.filter((one) => one === status).length;
  return {
    TaskId,
    TaskArn,
    TaskName,
    StartTime,
    EndTime,
    TotalEngagementCount: identifiersOf(task).length,
    CompletedEngagementCount: count('COMPLETED'),
    FailedEngagementCount: count('FAILED'),
  };
}

/** Positions compare as strings, so counts are padded. */
const sortable = (value: Json | undefined): string =>
  typeof value === 'number' ? String(value).padStart(6, '0') : String(value);
