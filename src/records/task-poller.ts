/** One poller for all who wait for tasks: AWS has no event for a task that has ended. */
import type { Clock } from '../clock.ts';
import { type TaskType, taskTypeOf } from '../domain/ids.ts';
import { isFinished, type Task, taskIdOf } from '../domain/tasks.ts';
import { taskIdsPerCall } from '../upstream/operations.ts';
import { inParts } from './batches.ts';
import type { RequestScope } from './in-flight.ts';
import { type FinishedTasks, listTasks } from './task-lists.ts';

/** The pauses before the polls of a task, so that it is polled 1, 2, 4 and 8 s after it is waited for, then every 8 s. */
const pausesMs = [1_000, 1_000, 2_000, 4_000, 8_000];

/** A task is polled at most once in this time, even if events come. */
const hintEveryMs = 1_000;

/** Someone who waits for a task. */
type Waiter = { scope: RequestScope; end(task: Task): void };

/** A task that is waited for: as it was last seen, when it is polled next and was last, and how often. */
type Watched = { task: Task; pollAt: number; polledAt: number; polls: number; waiters: Set<Waiter> };

export function createTaskPoller(clock: Pick<Clock, 'now' | 'setTimer'>, finished: FinishedTasks) {
  const watched = new Map<string, Watched>();
  let stopTimer = () => {};

  /** Sets the timer for the earliest poll; there is none while no one waits. */
  function schedule(): void {
    stopTimer();
    const times = [...watched.values()].map(({ pollAt }) => pollAt);
    if (times.length > 0) stopTimer = clock.setTimer(() => void poll(), Math.min(...times) - clock.now());
  }

  function schedulePoll(entry: Watched): void {
    entry.pollAt = clock.now() + (pausesMs[Math.min(entry.polls, pausesMs.length - 1)] ?? 0);
    entry.polls += 1;
  }

  /** Polls the tasks that are due. A call takes ten of a kind, so tasks that are due later fill it up. */
  async function poll(): Promise<void> {
    const inOrder = [...watched.values()].sort((a, b) => a.pollAt - b.pollAt);
    const calls = [...Map.groupBy(inOrder, ({ task }) => taskTypeOf(task.id))].flatMap(([type, entries]) => {
      const due = entries.filter(({ pollAt }) => pollAt <= clock.now()).length;
      const parts = inParts(entries, taskIdsPerCall).slice(0, Math.ceil(due / taskIdsPerCall));
      return parts.map((part) => ({ type, part }));
    });
    for (const { part } of calls)
      for (const entry of part) {
        entry.polledAt = clock.now();
        schedulePoll(entry);
      }
    schedule();
    await Promise.all(calls.map(({ type, part }) => pollTogether(type, part)));
  }

  /** One call, made by the request that has the most time left. If it fails, the next poll may succeed. */
  async function pollTogether(type: TaskType, entries: readonly Watched[]): Promise<void> {
    const scopes = entries.flatMap(({ waiters }) => [...waiters].map(({ scope }) => scope));
    const [scope] = scopes.sort((a, b) => b.request.deadline - a.request.deadline);
    if (!scope) return;
    const taskIdentifier = entries.map(({ task }) => taskIdOf(task));
    try {
      for (const task of await listTasks(type, { taskIdentifier }, scope, finished)) note(task);
    } catch {
      // Those who wait get the task as it was last seen.
    }
  }

  function note(task: Task): void {
    const entry = watched.get(task.id);
    if (!entry) return;
    entry.task = task;
    if (isFinished(task)) for (const { end } of [...entry.waiters]) end(task);
  }

  return {
    /** Polls the tasks that work on one of these objects at once: an event of it may mean that they have ended. */
    hint(ids: readonly string[]): void {
      for (const entry of watched.values()) {
        const { opportunityId, engagementId, engagementInvitationId } = entry.task;
        const isMeant = [opportunityId, engagementId, engagementInvitationId].some(
          (id) => id !== null && ids.includes(id),
        );
        if (isMeant)
          entry.pollAt = Math.min(entry.pollAt, Math.max(clock.now(), entry.polledAt + hintEveryMs));
      }
      schedule();
    },
    /**
     * Waits until a task has ended, for `ms` at most and no longer than the request is waited for.
     *
     * @returns the task as it was last seen
     */
    wait(task: Task, ms: number, scope: RequestScope): Promise<Task> {
      if (isFinished(task) || ms <= 0 || scope.signal.aborted) return Promise.resolve(task);
      return new Promise((resolve) => {
        const entry = watched.get(task.id) ?? {
          task,
          pollAt: 0,
          polledAt: Number.NEGATIVE_INFINITY,
          polls: 0,
          waiters: new Set(),
        };
        if (entry.polls === 0) schedulePoll(entry);
        watched.set(task.id, entry);
        const stop = () => end(entry.task);
        const stopWaiting = clock.setTimer(stop, ms);
        scope.signal.addEventListener('abort', stop, { once: true });
        function end(last: Task): void {
          stopWaiting();
          scope.signal.removeEventListener('abort', stop);
          entry.waiters.delete(waiter);
          if (entry.waiters.size === 0) watched.delete(task.id);
          schedule();
          resolve(last);
        }
        const waiter: Waiter = { scope, end };
        entry.waiters.add(waiter);
        schedule();
      });
    },
  };
}

export type TaskPoller = ReturnType<typeof createTaskPoller>;
