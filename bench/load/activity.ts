/** Activity at the upstream during a run: changes to records, and a count of its calls. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../tools/statistics.ts';
import { isThrottle, type Upstream } from '../tools/upstream.ts';
import type { StalenessCheck } from './staleness.ts';

const changeIntervalMs = 2_000;
const pollIntervalMs = 250;

/** Changes a record every two seconds, the same ones in every run, until the signal is aborted. */
export async function changeRecords(
  upstream: Upstream,
  ids: readonly string[],
  staleness: StalenessCheck,
  signal: AbortSignal,
): Promise<number> {
  const random = createRandom(2_026);
  for (let count = 0; ; count++) {
    const isOver = await sleep(changeIntervalMs, false, { signal }).catch(() => true);
    if (isOver) return count;
    const id = ids[Math.floor(random() * ids.length)] ?? '';
    staleness.recordChange(id, await upstream.touch(id, `Step ${count}`));
  }
}

export type Traffic = {
  calls: number;
  byOperation: Record<string, number>;
  throttles: number;
  /** Whether the whole log was read; otherwise there were more throttles. */
  isComplete: boolean;
};

/** Polls the upstream's log, which has the latest thousand calls, until the signal is aborted. */
export async function countTraffic(upstream: Upstream, signal: AbortSignal): Promise<Traffic> {
  await upstream.clearCalls();
  const seen = new Map<string, boolean>();
  for (;;) {
    const isOver = await sleep(pollIntervalMs, false, { signal }).catch(() => true);
    const { total, byOperation, log } = await upstream.calls();
    for (const call of log) seen.set(call.requestId, isThrottle(call));
    if (!isOver) continue;
    return {
      calls: total,
      byOperation,
      throttles: [...seen.values()].filter((isRefused) => isRefused).length,
      isComplete: seen.size === total,
    };
  }
}

/** Resolves when there have been no calls for a while, since work for disconnected callers may still be queued. */
export async function untilIdle(upstream: Upstream): Promise<void> {
  let before = -1;
  for (let polls = 0; polls < 20; polls++) {
    const { total } = await upstream.calls();
    if (total === before) return;
    before = total;
    await sleep(1_200);
  }
}
