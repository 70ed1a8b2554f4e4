/** AWS's lists of tasks, one for each kind. AWS has no operation that returns a single task of most kinds. */
import { LRUCache } from 'lru-cache';
import type { TaskType } from '../domain/ids.ts';
import { isFinished, prospectingTaskOf, type Task, taskOf } from '../domain/tasks.ts';
import { Fault } from '../fault.ts';
import type { Input, Output } from '../upstream/operations.ts';
import type { Send } from '../upstream/send.ts';
import type { Changes } from './changes.ts';
import type { RequestScope } from './in-flight.ts';

/** The memory for finished tasks and for results, in characters of JSON: ten thousand that failed with a few refusals. */
const maxCharacters = 8_000_000;
/** Pages that follow one another before the list counts as endless. */
const maxPages = 20;

/** What has become of the engagements of a prospecting task. */
export type ProspectingResults = NonNullable<Output<'GetProspectingFromEngagementTask'>['engagements']>;
export type ProspectingResult = ProspectingResults[number];

/** The finished tasks of an account, by id. They never change, so they are kept as long as memory allows. */
export type FinishedTasks = {
  get(id: string): Task | undefined;
  /** Keeps a task if it has ended, and reports its end if that was not known. */
  note(task: Task): void;
  /** The results of finished prospecting tasks. */
  results: {
    get(id: string): ProspectingResults | undefined;
    set(id: string, results: ProspectingResults): void;
  };
};

const bySize = <Value extends object>() =>
  new LRUCache<string, Value>({
    maxSize: maxCharacters,
    sizeCalculation: (value) => JSON.stringify(value).length,
  });

export function createFinishedTasks(changes: Pick<Changes, 'publish'>): FinishedTasks {
  const tasks = bySize<Task>();
  return {
    get: (id) => tasks.get(id),
    results: bySize(),
    note(task) {
      if (!isFinished(task) || tasks.has(task.id)) return;
      tasks.set(task.id, task);
      changes.publish({ type: 'Task', task });
    },
  };
}

type SubmissionInput = Input<'ListEngagementFromOpportunityTasks'>;

/** A filter of any of the lists. Each has those members that its operation has. */
export type TaskFilter = Pick<SubmissionInput, 'taskIdentifier' | 'opportunityIdentifier' | 'taskStatus'> &
  Pick<Input<'ListEngagementByAcceptingInvitationTasks'>, 'engagementInvitationIdentifier'> &
  Pick<Input<'ListOpportunityFromEngagementTasks'>, 'engagementIdentifier' | 'contextIdentifier'>;

/** The request for a page. */
export type TaskListInput = TaskFilter & Pick<SubmissionInput, 'maxResults' | 'nextToken'>;
export type TaskListPage = { tasks: Task[]; nextToken: string | null | undefined };

type TaskList = {
  /** AWS's largest page. */
  maxResults: number;
  call(input: TaskListInput, send: Send): Promise<TaskListPage>;
};

/** AWS's order, which `sort` asks for. */
const sort = { sortBy: 'StartTime', sortOrder: 'DESCENDING' } as const;

type Answer<Summary> = {
  taskSummaries?: readonly (Summary | null)[] | null | undefined;
  nextToken?: string | null | undefined;
};

/** A page of tasks. Those without an id are left out. */
function pageOf<Summary>(
  { taskSummaries, nextToken }: Answer<Summary>,
  read: (summary: Summary) => Task | undefined,
): TaskListPage {
  const tasks = (taskSummaries ?? []).map((summary) => summary && read(summary)).filter((task) => !!task);
  return { tasks, nextToken };
}

export const taskLists: { readonly [Type in TaskType]: TaskList } = {
  EngagementFromOpportunityTask: {
    maxResults: 1_000,
    async call(input, send) {
      const answer = await send('ListEngagementFromOpportunityTasks', { ...input, sort });
      return pageOf(answer, (one) => taskOf('EngagementFromOpportunityTask', one));
    },
  },
  EngagementByAcceptingInvitationTask: {
    maxResults: 1_000,
    async call(input, send) {
      const answer = await send('ListEngagementByAcceptingInvitationTasks', { ...input, sort });
      return pageOf(answer, (one) => taskOf('EngagementByAcceptingInvitationTask', one));
    },
  },
  OpportunityFromEngagementTask: {
    maxResults: 1_000,
    async call(input, send) {
      const answer = await send('ListOpportunityFromEngagementTasks', { ...input, sort });
      return pageOf(answer, (one) => taskOf('OpportunityFromEngagementTask', one));
    },
  },
  ProspectingFromEngagementTask: {
    maxResults: 100,
    // These tasks have no status, so the list has no filter by it.
    async call({ taskStatus, ...input }, send) {
      const answer = await send('ListProspectingFromEngagementTasks', { ...input, sort });
      return pageOf(answer, (one) => {
        const task = prospectingTaskOf(one);
        return task && (taskStatus?.includes(task.status) ?? true) ? task : undefined;
      });
    },
  },
};

/** The tasks of a kind that fit a filter, latest first. @throws Fault */
export async function listTasks(
  type: TaskType,
  filter: TaskFilter,
  { send }: Pick<RequestScope, 'send'>,
  finished: FinishedTasks,
): Promise<Task[]> {
  const { call, maxResults } = taskLists[type];
  const tasks: Task[] = [];
  for (let nextToken: string | undefined, pages = 0; pages < maxPages; pages++) {
    const page = await call({ ...filter, maxResults, nextToken }, send);
    for (const task of page.tasks) finished.note(task);
    tasks.push(...page.tasks);
    nextToken = page.nextToken || undefined;
    if (!nextToken) return tasks;
  }
  throw new Fault('UPSTREAM_UNAVAILABLE', `AWS's list of tasks has more than ${maxPages} pages.`);
}
