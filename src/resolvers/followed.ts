/** The sources of the other subscriptions: the changes of the account, and tasks that are polled. */
import { backgroundScope } from '../accounts/background.ts';
import { quoted } from '../domain/bad-input.ts';
import { isFinished, type Task } from '../domain/tasks.ts';
import { Fault } from '../fault.ts';
import type { ParticipantType } from '../generated/schema-types.ts';
import type { Context } from '../graphql/context.ts';
import { type Backlog, createBacklog } from '../records/backlog.ts';
import { createInvitationLoaders } from '../records/invitations.ts';

/** How long the gateway's own calls for a subscription may take, waiting for the quota included. */
const waitMs = 60_000;

/** The ids of the engagements that change. @param ids of which of them, by default all */
export function followEngagements(
  ids: ReadonlySet<string> | undefined,
  { account }: Context,
): Backlog<string> {
  const backlog = createBacklog<string>(() => stopListening());
  const stopListening = account.changes.listen((change) => {
    if (change.type === 'Engagement' && (!ids || ids.has(change.id))) backlog.push(change.id);
  });
  return backlog;
}

/** The ids of the invitations of one direction that change. Each is read to find out its direction, once for all. */
export function followInvitations(direction: ParticipantType, { account }: Context): Backlog<string> {
  const { name, catalog, coalescer, invitations: caches } = account;
  const stopped = new AbortController();
  const backlog = createBacklog<string>(() => {
    stopListening();
    stopped.abort();
  });
  async function isOther(id: string): Promise<boolean> {
    const scope = backgroundScope(account, waitMs, stopped.signal);
    const { invitation, sideOf } = createInvitationLoaders(
      { scope, coalescer, caches },
      `${name} ${catalog}`,
    );
    const found = await invitation.load(id);
    return !found || (await sideOf(found)) !== direction;
  }
  /** An invitation that cannot be read is delivered, so that its subscriber sees the error. */
  let delivered = Promise.resolve();
  const stopListening = account.changes.listen((change) => {
    if (change.type !== 'EngagementInvitation') return;
    const other = isOther(change.id).catch(() => false);
    delivered = delivered.then(async () => {
      if (!(await other)) backlog.push(change.id);
    });
  });
  return backlog;
}

/** The given tasks as they end. @throws Fault NOT_FOUND for a task that AWS does not have */
export async function followTasks(pending: Set<string>, { account, tasks }: Context): Promise<Backlog<Task>> {
  const ids = [...pending];
  const found = await Promise.all(ids.map((id) => tasks.task.load(id)));
  const missing = ids.find((_id, index) => !found[index]);
  if (missing) throw new Fault('NOT_FOUND', `AWS has no task ${quoted(missing)}.`);

  const stopped = new AbortController();
  const backlog = createBacklog<Task>(() => {
    stopListening();
    stopped.abort();
  });
  function deliver(task: Task): void {
    if (!isFinished(task) || !pending.delete(task.id)) return;
    backlog.push(task);
    if (pending.size === 0) backlog.end();
  }
  async function follow(task: Task): Promise<void> {
    for (let last = task; !stopped.signal.aborted && pending.has(task.id); deliver(last))
      last = await account.taskPoller.wait(last, waitMs, backgroundScope(account, waitMs, stopped.signal));
  }
  const stopListening = account.changes.listen((change) => {
    if (change.type === 'Task') deliver(change.task);
  });
  for (const task of found) {
    if (task && isFinished(task)) deliver(task);
    else if (task) void follow(task);
  }
  return backlog;
}
