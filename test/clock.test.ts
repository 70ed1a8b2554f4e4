/** The system clock can be set by an operator or NTP: AWS's dates and the log follow it, timeouts and queues do not. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { gateway } from './kit.ts';

const minutes = 60_000;
const read = (id: string) => `{ opportunity(id: "${id}") { id marketing { source } } }`;
const list = '{ opportunities(first: 3) { nodes { id } } }';
const patch = `mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "After the step" } } }) {
  changed userErrors { code } } }`;

describe.each([-10, 10])('a step of the system clock by %i minutes', (step) => {
  afterEach(() => vi.restoreAllMocks());

  /** Moves the system clock, as `Date` reports it, for everything in this process. */
  function stepClock(): void {
    const { now } = Date;
    vi.spyOn(Date, 'now').mockImplementation(() => now() + step * minutes);
  }

  test('a step of the system clock neither fails nor delays calls', async () => {
    await using gw = await gateway();
    await gw.query(read('O5000002'));
    stepClock();
    for (const [query, calls] of [
      [read('O5000003'), { GetOpportunity: 1 }],
      [list, { ListOpportunities: 1 }],
      [patch, { GetOpportunity: 1, UpdateOpportunity: 1 }],
    ] as const) {
      const answer = await gw.query(query);
      expect(answer.errors).toBeUndefined();
      expect(answer.calls).toEqual(calls);
      // Nothing here waits; a clock that followed the step would have it wait for minutes.
      expect(answer.extensions.upstream.waitedMs).toBeLessThan(minutes);
    }
  });

  test('a step of the system clock does not change which records are fresh', async () => {
    await using caching = await gateway({ CACHE_FRESH_MS: '600000' });
    await using reading = await gateway({ CACHE_FRESH_MS: '0' });
    for (const gw of [caching, reading]) await gw.query(read('O5000002'));
    stepClock();
    expect((await caching.query(read('O5000002'))).calls).toEqual({});
    expect((await reading.query(read('O5000002'))).calls).toEqual({ GetOpportunity: 1 });
  });

  test('the time of the next call is reported in the new system time after a step of the clock', async () => {
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '0.01' });
    await gw.query(read('O5000002'));
    stepClock();
    const { data } = await gw.query('{ quota { read { nextCallAt } } }');
    const inMs = Date.parse(data.quota.read.nextCallAt) - Date.now();
    expect(inMs).toBeGreaterThan(0);
    expect(inMs).toBeLessThan(105_000);
  });
});
