/** How long bulk jobs take at AWS's quota, and how long people wait meanwhile. `UPDATES=500` makes the job longer. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { createBulkJobs } from '../src/jobs/bulk/jobs.ts';
import { createMemoryStore } from '../src/jobs/memory-store.ts';
import { windowMs } from '../src/upstream/quota/windows.ts';
import { call, editableIds, nextSteps, readJob } from './bulk-kit.ts';
import { gateway } from './kit.ts';
import { startMortal } from './mortal.ts';
import { type StoppedTime, stopTime } from './time.ts';

const updates = Number(process.env.UPDATES ?? 40);
const sweepMs = 5_000;
const aws = { QUOTA_READS_PER_SECOND: '10', QUOTA_WRITES_PER_SECOND: '1', REQUEST_TIMEOUT_MS: '60000' };

/** Stops the time of day as well: jobs are kept in it. */
function stopDay(): StoppedTime {
  const time = stopTime();
  vi.spyOn(Date, 'now').mockImplementation(time.date);
  return time;
}
afterEach(() => void vi.restoreAllMocks());

/** Prints what a longer run has measured. */
function report(text: string): void {
  if (process.env.UPDATES) process.stdout.write(`${text}\n`);
}

/** Some updates, each of which changes something. */
const changes = (ids: readonly string[], count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: ids[n % ids.length],
    patch: nextSteps(`Step ${n}`),
  }));

describe('the time of a bulk job', () => {
  test('a job takes as long as was estimated at once, although its process dies twice', async () => {
    const emulator = await startEmulator();
    await using gw = await gateway();
    const ids = await editableIds(gw, 100);
    using time = stopDay();
    const store = { ...createMemoryStore(Date.now), canWrite: () => true };
    const quota = () => ({ perSecond: 1, perDay: 9_000, left: 9_000 });
    const bulk = createBulkJobs({
      store,
      queue: { add: async () => {} },
      now: Date.now,
      ttlMs: 86_400_000,
      quota,
    });
    const items = changes(ids, updates).map((input) => ({ input, writes: 1 }));
    const header = {
      kind: 'UPDATE',
      name: null,
      startAfter: null,
      caller: 'x',
      scopes: [],
      clientToken: null,
    } as const;
    /** The steps after which each process dies. */
    const processes = [updates, 2 * updates, Number.POSITIVE_INFINITY];
    const begun = Date.now();
    const { job } = await bulk.create({ ...header, items, field: 'items' });
    const estimate = Date.parse((await bulk.estimatedEnd(job)) ?? '') - begun;
    expect(estimate).toBe(updates * windowMs);
    for (const steps of processes) {
      const mortal = startMortal(store, emulator.url, steps, { settings: aws, sweepMs });
      const done = (async () => {
        while (!(await bulk.read(job.id))?.finishedAt) await new Promise((resolve) => setImmediate(resolve));
      })();
      await time.run(Promise.race([mortal.died, done]));
      mortal.bury();
    }
    const ended = await bulk.read(job.id);
    expect(ended).toMatchObject({ status: 'DONE', done: updates, failed: 0, skipped: 0 });
    const took = Date.parse(ended?.finishedAt ?? '') - begun;
    report(`${updates} updates: estimated ${estimate} ms, took ${took} ms`);
    // Each of the three processes makes its first write at once, and finds the job after a sweep at the latest.
    expect(took).toBeGreaterThanOrEqual(estimate - processes.length * windowMs);
    expect(took).toBeLessThanOrEqual(estimate + processes.length * sweepMs);
    await emulator.stop();
  });

  test('an interactive patch takes at most 3 s in 95 of 100 cases while a job runs', async () => {
    using time = stopDay();
    await using gw = await gateway(aws);
    const ids = await time.until(editableIds(gw, 100));
    const { job } = await time.until(
      call(gw, 'bulkUpdateOpportunities', { items: changes(ids.slice(20), 300) }),
    );
    const update = `mutation ($input: UpdateOpportunityInput!) { updateOpportunity(input: $input) { changed userErrors { code } } }`;
    const took: number[] = [];
    for (let n = 0; n < 20; n++) {
      await time.advance(1_000 + 130 * n);
      const begun = Date.now();
      const input = { id: ids[n], patch: nextSteps('By hand') };
      const { data, errors } = await time.until(gw.query(update, { input }));
      expect(errors).toBeUndefined();
      expect(data.updateOpportunity).toEqual({ changed: true, userErrors: [] });
      took.push(Date.now() - begun);
    }
    const p95 = took.sort((a, b) => a - b)[Math.ceil(0.95 * took.length) - 1] ?? 0;
    const { done, status } = await time.until(readJob(gw, job.id));
    expect(status).toBe('RUNNING');
    report(`interactive patches: p95 ${p95} ms, longest ${took.at(-1)} ms, beside ${done} items`);
    expect(done).toBeGreaterThan(20);
    expect(p95).toBeLessThanOrEqual(3_000);
    await time.until(call(gw, 'cancelBulkJob', { id: job.id }));
  });
});
