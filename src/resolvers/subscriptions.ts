import { backgroundScope } from '../accounts/background.ts';
import { badInput, quoted } from '../domain/bad-input.ts';
import { kindOfTask, typeOfId } from '../domain/ids.ts';
import { isFinished, type Task } from '../domain/tasks.ts';
import { Fault } from '../fault.ts';
import type { Context } from '../graphql/context.ts';
import { type Backlog, createBacklog } from '../records/backlog.ts';
import type { Resolvers } from './types.generated.ts';

/** The most ids that a subscription is filtered by. */
const maxIds = 100;
/** How long a task is waited for at once. Nothing but the quota delays a poll, so it may wait for it nearly as long. */
const waitMs = 60_000;

const isTaskId = (id: string): boolean => Object.hasOwn(kindOfTask, typeOfId(id) ?? '');

/** The distinct ids of an argument. @throws Fault BAD_USER_INPUT */
function idsOf(ids: readonly string[], isValid: (id: string) => boolean, expected: string): Set<string> {
  const distinct = new Set(ids);
  if (distinct.size < 1 || distinct.size > maxIds)
    throw badInput('ids', `${distinct.size} ids`, `1 to ${maxIds}`);
  for (const [index, id] of ids.entries())
    if (!isValid(id)) throw badInput(`ids[${index}]`, quoted(id), expected);
  return distinct;
}

/** The given tasks as they end. @throws Fault BAD_USER_INPUT, or NOT_FOUND for a task that AWS does not have */
async function tasksThatEnd(ids: readonly string[], { account, tasks }: Context): Promise<Backlog<Task>> {
  const pending = idsOf(
    ids,
    isTaskId,
    "a task's id such as engagement-from-opportunity-task/task-0123456789abc",
  );
  const found = await Promise.all([...pending].map((id) => tasks.task.load(id)));
  const missing = [...pending].find((_id, index) => !found[index]);
  if (missing) throw new Fault('NOT_FOUND', `AWS has no task ${quoted(missing)}.`);

  const stopped = new AbortController();
  const backlog = createBacklog<Task>(() => {
    stopListening();
    stopped.abort();
  });
  function tell(task: Task): void {
    if (!isFinished(task) || !pending.delete(task.id)) return;
    backlog.push(task);
    if (pending.size === 0) backlog.end();
  }
  async function follow(task: Task): Promise<void> {
    for (let last = task; !stopped.signal.aborted && pending.has(task.id); tell(last))
      last = await account.taskPoller.wait(last, waitMs, backgroundScope(account, waitMs, stopped.signal));
  }
  const stopListening = account.changes.listen((change) => {
    if (change.type === 'Task') tell(change.task);
  });
  for (const task of found) {
    if (task && isFinished(task)) tell(task);
    else if (task) void follow(task);
  }
  return backlog;
}

export const resolvers: Resolvers = {
  Subscription: {
    taskFinished: {
      subscribe: (_root, { ids }, context) => tasksThatEnd(ids, context),
      resolve: (task: Task) => task,
    },
  },
};
