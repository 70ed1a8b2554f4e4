/** What bulk jobs wait for, what they cost, and how they are followed. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { call, editableIds, itemsOf, nextSteps, readJob, untilJob } from './bulk-kit.ts';
import { gateway } from './kit.ts';
import { eventStream } from './streams.ts';
import { stopTime } from './time.ts';

afterEach(() => void vi.restoreAllMocks());

const writes = (calls: Record<string, number>) => calls.UpdateOpportunity ?? 0;

describe('a bulk job', () => {
  test('a job waits while AWS is away, and fails no item for that', async () => {
    using time = stopTime();
    vi.spyOn(Date, 'now').mockImplementation(time.date);
    await using gw = await gateway();
    const ids = await time.until(editableIds(gw, 5));
    await gw.emulator.injectFault({ kind: 'error', times: 100_000 });
    const items = ids.map((id) => ({ id, patch: nextSteps('Away') }));
    const { job } = await time.until(call(gw, 'bulkUpdateOpportunities', { items }));
    await time.advance(75_000);
    const waiting = await time.until(readJob(gw, job.id));
    expect(waiting).toMatchObject({ status: 'RUNNING', waitingFor: 'AWS', done: 0, failed: 0 });
    await gw.emulator.control('DELETE', 'faults');
    await time.advance(60_000);
    const after = await time.until(readJob(gw, job.id));
    expect(after).toMatchObject({ status: 'DONE', waitingFor: null, done: 5, failed: 0 });
  });

  test('a job waits with what it has to leave of the daily quota, and people still write', async () => {
    using time = stopTime();
    vi.spyOn(Date, 'now').mockImplementation(time.date);
    await using gw = await gateway({ QUOTA_WRITES_PER_DAY: '12', BULK_DAILY_RESERVE: '0.5' });
    const ids = await time.until(editableIds(gw, 11));
    const items = ids.slice(1).map((id) => ({ id, patch: nextSteps('Reserve') }));
    const { job } = await time.until(call(gw, 'bulkUpdateOpportunities', { items }));
    expect(Date.parse(job.estimatedEnd) - Date.now()).toBeGreaterThan(86_400_000);
    await time.advance(60_000);
    const waiting = await time.until(readJob(gw, job.id));
    expect(waiting).toMatchObject({ status: 'RUNNING', waitingFor: 'QUOTA', failed: 0 });
    // Up to two items have begun beside the one that used up the jobs' share.
    expect(waiting.done).toBeGreaterThanOrEqual(6);
    expect(waiting.done).toBeLessThanOrEqual(8);
    const update = `mutation { updateOpportunity(input: { id: "${ids[0]}", patch: { lifeCycle: { nextSteps: "By hand" } } }) { changed } }`;
    const { data } = await time.until(gw.query(update));
    expect(data.updateOpportunity).toEqual({ changed: true });
    const later = await time.until(readJob(gw, job.id));
    expect(later.done).toBe(waiting.done);
  });

  test('jobs of one caller are carried out one after the other, and one that starts later waits for its time', async () => {
    await using gw = await gateway();
    const [first = '', second = ''] = await editableIds(gw, 2);
    await gw.emulator.hold('UpdateOpportunity');
    const item = (id: string) => ({ items: [{ id, patch: nextSteps('In turn') }] });
    const { job: one } = await call(gw, 'bulkUpdateOpportunities', item(first));
    const { job: two } = await call(gw, 'bulkUpdateOpportunities', item(second));
    const startAfter = new Date(Date.now() + 3_600_000).toISOString();
    const { job: later } = await call(gw, 'bulkUpdateOpportunities', { ...item(second), startAfter });
    await gw.emulator.untilHeld();
    expect(await readJob(gw, two.id)).toMatchObject({ status: 'QUEUED', waitingFor: 'EARLIER_JOBS' });
    expect(await readJob(gw, later.id)).toMatchObject({ status: 'QUEUED', waitingFor: 'START_TIME' });
    expect(Date.parse((await readJob(gw, later.id)).estimatedEnd)).toBeGreaterThan(Date.parse(startAfter));
    await gw.emulator.release();
    expect(await untilJob(gw, one.id)).toMatchObject({ done: 1 });
    expect(await untilJob(gw, two.id)).toMatchObject({ done: 1 });
  });

  test('updates that change nothing cost one call for twenty, and no write', async () => {
    await using gw = await gateway({ CACHE_FRESH_MS: '3000' });
    const ids = await editableIds(gw, 20);
    const stages = await gw.query(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Opportunity { id lifeCycle { stage } } } }',
      { ids },
    );
    const items = stages.data.nodes.map(
      ({ id, lifeCycle: { stage } }: { id: string; lifeCycle: { stage: string } }) => ({
        id,
        patch: { lifeCycle: { stage } },
      }),
    );
    await gw.emulator.clearCalls();
    const body = JSON.stringify({
      query:
        'mutation ($input: BulkUpdateOpportunitiesInput!) { bulkUpdateOpportunities(input: $input) { job { id } } }',
      variables: { input: { items } },
    });
    const response = await fetch(`${gw.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { data } = (await response.json()) as {
      data: { bulkUpdateOpportunities: { job: { id: string } } };
    };
    const stream = await eventStream(gw.url, {
      query: `subscription { bulkJobProgress(id: "${data.bulkUpdateOpportunities.job.id}") { status skipped } }`,
    });
    const seen = [];
    for (let event = await stream.next(); event && event.event !== 'complete'; event = await stream.next())
      seen.push(event.data.data.bulkJobProgress);
    expect(seen.at(-1)).toEqual({ status: 'DONE', skipped: 20 });
    const calls = await gw.emulator.calls();
    expect(writes(calls)).toBe(0);
    expect(calls).toEqual({ ListOpportunities: 1 });
    const items2 = await itemsOf(gw, data.bulkUpdateOpportunities.job.id, ['SKIPPED']);
    expect(items2).toHaveLength(20);
  });
});
