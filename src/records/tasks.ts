/** Reads of tasks, ten ids to a call. AWS has no operation that returns a single task. */
import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import { isFinished, type Task, taskIdOf, taskOf } from '../domain/tasks.ts';
import { Fault } from '../fault.ts';
import { type Input, taskIdsPerCall } from '../upstream/operations.ts';
import type { RequestScope } from './in-flight.ts';

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

/** The tasks of submissions that fit a filter, latest first. @throws Fault */
export async function listSubmissions(
  filter: Pick<Input<'ListEngagementFromOpportunityTasks'>, 'taskIdentifier' | 'opportunityIdentifier'>,
  { send }: Pick<RequestScope, 'send'>,
  finished: FinishedTasks,
): Promise<Task[]> {
  const tasks: Task[] = [];
  const sort = { sortBy: 'StartTime', sortOrder: 'DESCENDING' } as const;
  for (let nextToken: string | undefined, pages = 0; pages < maxPages; pages++) {
    const page = await send('ListEngagementFromOpportunityTasks', { ...filter, sort, maxResults, nextToken });
    for (const summary of page.taskSummaries ?? []) {
      const task = summary && taskOf('EngagementFromOpportunityTask', summary);
      if (!task) continue;
      tasks.push(task);
      if (isFinished(task)) finished.set(task.id, task);
    }
    nextToken = page.nextToken || undefined;
    if (!nextToken) return tasks;
  }
  throw new Fault('UPSTREAM_UNAVAILABLE', `AWS's list of tasks has more than ${maxPages} pages.`);
}

/** The loaders of tasks of one request: what is asked for at the same time goes out ten to a call. */
export function createTaskLoaders(scope: RequestScope, finished: FinishedTasks) {
  const options = {
    maxBatchSize: taskIdsPerCall,
    // The records of a page are completed a few per turn of the event loop; a batch takes those of the next turn, too.
    batchScheduleFn: (dispatch: () => void) => void setImmediate(dispatch),
  };
  return {
    /** A submission's task by its id in the graph; null if AWS has none. */
    submission: new DataLoader<string, Task | null>(async (ids) => {
      const known = new Map(ids.map((id) => [id, finished.get(id)]));
      const unknown = ids.filter((id) => !known.get(id));
      scope.request.cached += ids.length - unknown.length;
      const taskIdentifier = unknown.map((id) => taskIdOf({ id }));
      const found = unknown.length > 0 ? await listSubmissions({ taskIdentifier }, scope, finished) : [];
      return ids.map((id) => known.get(id) ?? found.find((task) => task.id === id) ?? null);
    }, options),

    /** The tasks that have submitted an opportunity, latest first. */
    submissions: new DataLoader<string, Task[]>(async (ids) => {
      const found = await listSubmissions({ opportunityIdentifier: [...ids] }, scope, finished);
      const byOpportunity = Map.groupBy(found, ({ opportunityId }) => opportunityId);
      return ids.map((id) => byOpportunity.get(id) ?? []);
    }, options),
  };
}

export type TaskLoaders = ReturnType<typeof createTaskLoaders>;
