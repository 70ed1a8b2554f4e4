/** What goes on upstream meanwhile: somebody changes records, and somebody counts refusals. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../tools/statistics.ts';
import { isThrottle, type Upstream } from '../tools/upstream.ts';
import type { Witness } from './witness.ts';

const changeEveryMs = 2_000;
const lookEveryMs = 250;

/** Changes half a record per second, the same ones in every run, until the signal. */
export async function keepChanging(
  upstream: Upstream,
  ids: readonly string[],
  witness: Witness,
  signal: AbortSignal,
): Promise<number> {
  const random = createRandom(2_026);
  for (let count = 0; ; count++) {
    const isOver = await sleep(changeEveryMs, false, { signal }).catch(() => true);
    if (isOver) return count;
    const id = ids[Math.floor(random() * ids.length)] ?? '';
    witness.changed(id, await upstream.touch(id, `Step ${count}`));
  }
}

export type Traffic = {
  calls: number;
  byOperation: Record<string, number>;
  throttles: number;
  /** Whether the log, which keeps the newest thousand, was seen in full; else there were more throttles. */
  isComplete: boolean;
};

/** Reads the upstream's log again and again until the signal, so that none of it is lost. */
export async function countTraffic(upstream: Upstream, signal: AbortSignal): Promise<Traffic> {
  await upstream.forget();
  const seen = new Map<string, boolean>();
  for (;;) {
    const isOver = await sleep(lookEveryMs, false, { signal }).catch(() => true);
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

/** Resolves when nothing has reached the upstream for a while: those who have hung up leave work behind. */
export async function untilQuiet(upstream: Upstream): Promise<void> {
  let before = -1;
  for (let looks = 0; looks < 20; looks++) {
    const { total } = await upstream.calls();
    if (total === before) return;
    before = total;
    await sleep(1_200);
  }
}
