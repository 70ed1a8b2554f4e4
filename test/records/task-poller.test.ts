/** One poller for the tasks of all kinds: ten of a kind to a call, shared by all who wait. */
import { expect, test } from 'vitest';
import type { Task } from '../../src/domain/tasks.ts';
import type { RequestScope } from '../../src/records/in-flight.ts';
import { createFinishedTasks } from '../../src/records/task-lists.ts';
import { createTaskPoller } from '../../src/records/task-poller.ts';
import { fakeClock } from '../clock.ts';

const idOf = (kind: string, n: number) => `${kind}-task/task-${String(n).padStart(13, '0')}`;
const open = (id: string) => ({ id, status: 'IN_PROGRESS' }) as Task;

/** A poller on lists that answer every task they are asked for, ended from `endsAt` on. */
function pollerOn(endsAt: number) {
  const time = fakeClock();
  const calls: [operation: string, ids: number][] = [];
  const told: string[] = [];
  const send = async (operation: string, { taskIdentifier }: { taskIdentifier: string[] }) => {
    calls.push([operation, taskIdentifier.length]);
    const isOver = time.clock.now() >= endsAt;
    const taskStatus = isOver ? 'COMPLETE' : 'IN_PROGRESS';
    const endTime = isOver ? '2031-05-14T12:00:00Z' : undefined;
    return { taskSummaries: taskIdentifier.map((taskId) => ({ taskId, taskStatus, endTime })) };
  };
  const scope = {
    send,
    request: { deadline: 60_000 },
    signal: new AbortController().signal,
  } as unknown as RequestScope;
  const finished = createFinishedTasks({
    publish: (change) => void (change.type === 'Task' && told.push(change.task.id)),
  });
  const poller = createTaskPoller(time.clock, finished);
  return { time, calls, told, finished, wait: (id: string, ms = 30_000) => poller.wait(open(id), ms, scope) };
}

test('tasks of several kinds are polled together, each kind by its own list, at 1, 2, 4 and 8 s', async () => {
  const { time, calls, wait } = pollerOn(8_000);
  const waiting = [
    ...Array.from({ length: 12 }, (_, n) => wait(idOf('engagement-from-opportunity', n))),
    ...Array.from({ length: 3 }, (_, n) => wait(idOf('engagement-by-accepting-invitation', n))),
    wait(idOf('opportunity-from-engagement', 1)),
    wait(idOf('prospecting-from-engagement', 1)),
  ];
  const poll = [
    ['ListEngagementFromOpportunityTasks', 10],
    ['ListEngagementFromOpportunityTasks', 2],
    ['ListEngagementByAcceptingInvitationTasks', 3],
    ['ListOpportunityFromEngagementTasks', 1],
    ['ListProspectingFromEngagementTasks', 1],
  ];
  for (const [ms, polls] of [
    [1_000, 1],
    [1_000, 2],
    [2_000, 3],
    [4_000, 4],
  ] as const) {
    await time.advance(ms);
    expect(calls).toEqual(Array.from({ length: polls }, () => poll).flat());
  }
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(waiting.map(() => 'COMPLETE'));
  expect(time.timers()).toBe(0);
});

test('a task that has ended is reported once, however many wait for it', async () => {
  const { time, calls, told, finished, wait } = pollerOn(0);
  const id = idOf('prospecting-from-engagement', 1);
  const waiting = [wait(id), wait(id), wait(id)];
  await time.advance(1_000);
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(3).fill('COMPLETE'));
  expect([calls.length, told]).toEqual([1, [id]]);
  finished.note({ ...open(id), status: 'COMPLETE' });
  expect(told).toEqual([id]);
});
