/** Reads of tasks, ten ids to a call. AWS has no operation that returns a single task. */
import { LRUCache } from 'lru-cache';
import { conditionValues, orderBy } from '../domain/filters.ts';
import { isFinished, type Task, taskIdOf, taskOf } from '../domain/tasks.ts';
import { Fault } from '../fault.ts';
import type { TaskStatus } from '../generated/schema-types.ts';
import { type Input, type Output, taskIdsPerCall } from '../upstream/operations.ts';
import { createBatchLoader, inParts } from './batches.ts';
import type { RequestScope } from './in-flight.ts';
import { fetchPageOf, type Page, type PageArguments } from './paging.ts';

/** The memory for finished tasks, in characters of their JSON: ten thousand that failed with a few refusals each. */
const maxCharacters = 8_000_000;
/** AWS's largest page: ten opportunities hardly have so many tasks. */
const maxResults = 1_000;
/** Pages that follow one another before the list counts as endless. */
const maxPages = 20;

/** The finished tasks of an account, by id. They never change, so they are kept as long as memory allows. */
export type FinishedTasks = Pick<LRUCache<string, Task>, 'get' | 'set'>;

export const createFinishedTasks = (): FinishedTasks =>
  new LRUCache<string, Task>({
    maxSize: maxCharacters,
    sizeCalculation: (task) => JSON.stringify(task).length,
  });

type TaskListInput = Input<'ListEngagementFromOpportunityTasks'>;
type SubmissionFilter = Pick<TaskListInput, 'taskIdentifier' | 'opportunityIdentifier'>;
const sort = { sortBy: 'StartTime', sortOrder: 'DESCENDING' } as const;

/** The tasks of submissions that fit a filter, latest first. @throws Fault */
export async function listSubmissions(
  filter: SubmissionFilter,
  { send }: Pick<RequestScope, 'send'>,
  finished: FinishedTasks,
): Promise<Task[]> {
  const tasks: Task[] = [];
  for (let nextToken: string | undefined, pages = 0; pages < maxPages; pages++) {
    const page = await send('ListEngagementFromOpportunityTasks', { ...filter, sort, maxResults, nextToken });
    for (const task of tasksOf(page)) {
      tasks.push(task);
      if (isFinished(task)) finished.set(task.id, task);
    }
    nextToken = page.nextToken || undefined;
    if (!nextToken) return tasks;
  }
  throw new Fault('UPSTREAM_UNAVAILABLE', `AWS's list of tasks has more than ${maxPages} pages.`);
}

type SubmissionPage = Output<'ListEngagementFromOpportunityTasks'>;

/** The tasks on a page of submissions. */
const tasksOf = (page: SubmissionPage): Task[] =>
  (page.taskSummaries ?? []).flatMap(
    (summary) => (summary && taskOf('EngagementFromOpportunityTask', summary)) ?? [],
  );

/** The arguments of a page of tasks. A submission is the only kind so far, so `kinds` leaves none out. */
export type TaskPageArguments = PageArguments & { statuses?: readonly TaskStatus[] | null | undefined };

/** AWS's order of tasks. */
const latestFirst = orderBy<Task>(({ startTime }) => startTime ?? '', 'DESCENDING');

/** The loaders of tasks of one request: what is asked for at the same time goes out ten to a call. */
export function createTaskLoaders(scope: RequestScope, finished: FinishedTasks, account: string) {
  /** Reads the tasks of ten keys per call; a call that fails costs only its own keys. */
  const inTens = async <Value>(
    keys: readonly string[],
    filter: (part: string[]) => SubmissionFilter,
    resultOf: (key: string, found: readonly Task[]) => Value,
  ): Promise<Map<string, Value | Error>> => {
    const values = new Map<string, Value | Error>();
    await Promise.all(
      inParts(keys, taskIdsPerCall).map(async (part) => {
        try {
          const found = await listSubmissions(filter(part), scope, finished);
          for (const key of part) values.set(key, resultOf(key, found));
        } catch (error) {
          for (const key of part) values.set(key, error as Error);
        }
      }),
    );
    return values;
  };

  return {
    /** A submission's task by its id in the graph; null if AWS has none. */
    submission: createBatchLoader<Task | null>(async (ids) => {
      const unknown = ids.filter((id) => !finished.get(id));
      scope.request.cached += ids.length - unknown.length;
      const read = await inTens(
        unknown,
        (part) => ({ taskIdentifier: part.map((id) => taskIdOf({ id })) }),
        (id, found) => found.find((task) => task.id === id) ?? null,
      );
      return ids.map((id) => read.get(id) ?? finished.get(id) ?? null);
    }),

    /** The tasks that have submitted an opportunity, latest first. */
    submissions: createBatchLoader<Task[]>(async (ids) => {
      const read = await inTens(
        ids,
        (opportunityIdentifier) => ({ opportunityIdentifier }),
        (id, found) => found.filter(({ opportunityId }) => opportunityId === id),
      );
      return ids.map((id) => read.get(id) ?? []);
    }),

    /** A page of tasks. @throws Fault BAD_USER_INPUT for arguments that AWS cannot take */
    page({ statuses, ...page }: TaskPageArguments): Promise<Page<Task>> {
      const input: TaskListInput = { taskStatus: conditionValues('statuses', statuses), sort };
      const list = {
        input,
        order: latestFirst,
        isEmpty: false,
        call: (input: TaskListInput) => scope.send('ListEngagementFromOpportunityTasks', input),
        itemsOf: tasksOf,
      };
      return fetchPageOf(list, page, `${account} tasks`);
    },
  };
}

export type TaskLoaders = ReturnType<typeof createTaskLoaders>;
