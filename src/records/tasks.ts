/** Reads of tasks, ten ids to a call. */

import { maxPageSize, queryFingerprint } from '../domain/cursors.ts';
import { conditionValues, orderBy } from '../domain/filters.ts';
import { type TaskType, taskTypeOf, taskTypes } from '../domain/ids.ts';
import { startedProspectingOf, type Task, taskIdOf, taskOf } from '../domain/tasks.ts';
import type { TaskKind, TaskStatus } from '../generated/schema-types.ts';
import { taskIdsPerCall } from '../upstream/operations.ts';
import { type BatchLoader, createBatchLoader, inParts } from './batches.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { fetchMergedPage } from './merged-pages.ts';
import { fetchPageOf, type Page, type PageArguments } from './paging.ts';
import {
  type FinishedTasks,
  listTasks,
  type ProspectingResults,
  type TaskFilter,
  type TaskListInput,
  type TaskListPage,
  taskLists,
} from './task-lists.ts';
import type { Viewer } from './viewer.ts';

/** The types of tasks by their kinds, in the order of the schema. */
const typeOfKind: { readonly [Kind in TaskKind]: TaskType } = {
  SUBMISSION: 'EngagementFromOpportunityTask',
  ACCEPTANCE: 'EngagementByAcceptingInvitationTask',
  CONVERSION: 'OpportunityFromEngagementTask',
  PROSPECTING: 'ProspectingFromEngagementTask',
};

/** The arguments of a page of tasks. */
export type TaskPageArguments = PageArguments & {
  kinds?: readonly TaskKind[] | null | undefined;
  statuses?: readonly TaskStatus[] | null | undefined;
};

/** AWS's order of tasks. */
const latestFirst = orderBy<Task>(({ startTime }) => startTime ?? '', 'DESCENDING');

type TaskTools = {
  scope: RequestScope;
  coalescer: Coalescer;
  finished: FinishedTasks;
  /** The account, for cursors. */
  account: string;
  /** Present if the caller sees only some of the opportunities, and the tasks of these. */
  viewer: Viewer | undefined;
};

/** The loaders of tasks of one request: what is asked for at the same time goes out ten to a call. */
export function createTaskLoaders({ scope, coalescer, finished, account, viewer }: TaskTools) {
  /** A task, unless it belongs to no opportunity that the caller sees. */
  const ifSeen = async (task: Task | null): Promise<Task | null> =>
    !task || !viewer || (task.opportunityId && (await viewer.seesId(task.opportunityId, scope)))
      ? task
      : null;
  const seenOf = async (tasks: readonly Task[]): Promise<Task[]> =>
    (await Promise.all(tasks.map(ifSeen))).filter((task) => task !== null);

  /** Reads the tasks of ten keys per call; a call that fails costs only its own keys. */
  const inTens = async <Value>(
    type: TaskType,
    keys: readonly string[],
    filter: (part: string[]) => TaskFilter,
    resultOf: (key: string, found: readonly Task[]) => Value,
  ): Promise<Map<string, Value | Error>> => {
    const values = new Map<string, Value | Error>();
    await Promise.all(
      inParts(keys, taskIdsPerCall).map(async (part) => {
        try {
          const found = await listTasks(type, filter(part), scope, finished);
          for (const key of part) values.set(key, resultOf(key, found));
        } catch (error) {
          for (const key of part) values.set(key, error as Error);
        }
      }),
    );
    return values;
  };

  /** The tasks of a kind by what they are about, latest first. */
  const tasksAbout = (
    type: TaskType,
    filter: Exclude<keyof TaskFilter, 'taskStatus'>,
    idOf: (task: Task) => string | null,
  ): BatchLoader<Task[]> =>
    createBatchLoader(async (ids) => {
      const ofKey = (id: string, found: readonly Task[]) => found.filter((task) => idOf(task) === id);
      const read = await inTens(type, ids, (part) => ({ [filter]: part }), ofKey);
      return ids.map((id) => read.get(id) ?? []);
    });

  const noted = <Any extends Task>(task: Any | undefined): Any | undefined => {
    if (task) finished.note(task);
    return task;
  };

  async function readResults(id: string): Promise<ProspectingResults> {
    const key = `GetProspectingFromEngagementTask ${id}`;
    const { endTime, engagements } = await coalescer.coalesce(key, scope, (send) =>
      send('GetProspectingFromEngagementTask', { taskIdentifier: taskIdOf({ id }) }),
    );
    const results = (engagements ?? []).filter((one) => one !== null);
    if (endTime) finished.results.set(id, results);
    return results;
  }

  return {
    /** A task of any kind by its id in the graph; null if AWS has none. */
    task: createBatchLoader<Task | null>(async (ids) => {
      const unknown = ids.filter((id) => !finished.get(id));
      scope.request.cached += ids.length - unknown.length;
      const byType = Map.groupBy(unknown, taskTypeOf);
      const read = await Promise.all(
        [...byType].map(([type, ids]) =>
          inTens(
            type,
            ids,
            (part) => ({ taskIdentifier: part.map((id) => taskIdOf({ id })) }),
            (id, found) => found.find((task) => task.id === id) ?? null,
          ),
        ),
      );
      const found = new Map(read.flatMap((values) => [...values]));
      const tasks = ids.map((id) => found.get(id) ?? finished.get(id) ?? null);
      if (!viewer) return tasks;
      return Promise.all(
        tasks.map((task) => (task instanceof Error ? task : ifSeen(task).catch((error: Error) => error))),
      );
    }),

    /** The tasks that have submitted an opportunity, latest first. */
    submissions: tasksAbout(
      'EngagementFromOpportunityTask',
      'opportunityIdentifier',
      ({ opportunityId }) => opportunityId,
    ),

    /** The tasks that have accepted an invitation, latest first. */
    acceptances: tasksAbout(
      'EngagementByAcceptingInvitationTask',
      'engagementInvitationIdentifier',
      ({ engagementInvitationId }) => engagementInvitationId,
    ),

    /** The tasks that have converted leads of an engagement, latest first. */
    conversions: tasksAbout(
      'OpportunityFromEngagementTask',
      'engagementIdentifier',
      ({ engagementId }) => engagementId,
    ),

    /** What has become of each engagement of a prospecting task. */
    results: createBatchLoader<ProspectingResults>((ids) =>
      Promise.all(
        ids.map((id) => finished.results.get(id) ?? readResults(id).catch((error: Error) => error)),
      ),
    ),

    /** A task that has just been started; undefined if AWS does not say which. */
    started: (type: TaskType, answer: Parameters<typeof taskOf>[1]) => noted(taskOf(type, answer)),
    startedProspecting: (answer: Parameters<typeof startedProspectingOf>[0]) =>
      noted(startedProspectingOf(answer)),

    /** A page of tasks of several kinds. @throws Fault BAD_USER_INPUT for arguments that AWS cannot take */
    page({ kinds, statuses, ...page }: TaskPageArguments): Promise<Page<Task>> {
      const asked = new Set((kinds ?? []).map((kind) => typeOfKind[kind]));
      const types = taskTypes.filter((type) => asked.size === 0 || asked.has(type));
      const input: TaskListInput = { taskStatus: conditionValues('statuses', statuses) };
      const lists = types.map((type) => {
        const list = {
          input,
          order: latestFirst,
          isEmpty: false,
          isPartial: viewer !== undefined,
          async call(input: TaskListInput) {
            const answer = await taskLists[type].call(input, scope.send);
            for (const task of answer.tasks) finished.note(task);
            return viewer ? { ...answer, tasks: await seenOf(answer.tasks) } : answer;
          },
          itemsOf: ({ tasks }: TaskListPage) => tasks,
        };
        // Few of the pages begin where those of AWS do, so AWS's are read whole.
        return (page: PageArguments) => fetchPageOf(list, page, `${account} ${type}`, maxPageSize);
      });
      return fetchMergedPage(lists, latestFirst, page, queryFingerprint(`${account} tasks`, [types, input]));
    },
  };
}

export type TaskLoaders = ReturnType<typeof createTaskLoaders>;
