/** The machine's clock can be set, by an operator or by NTP; AWS's dates and the log follow it, and nothing that waits does. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { gateway } from './kit.ts';

const minutes = 60_000;
const read = (id: string) => `{ opportunity(id: "${id}") { id marketing { source } } }`;
const list = '{ opportunities(first: 3) { nodes { id } } }';
const patch = `mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "After the step" } } }) {
  changed userErrors { code } } }`;

describe.each([-10, 10])("a step of the machine's clock by %i minutes", (step) => {
  afterEach(() => vi.restoreAllMocks());

  /** Moves what `Date` says, for everything in this process. */
  function stepClock(): void {
    const { now } = Date;
    vi.spyOn(Date, 'now').mockImplementation(() => now() + step * minutes);
  }

  test('refuses no operation that calls AWS, and makes none wait', async () => {
    await using gw = await gateway({ REQUEST_TIMEOUT_MS: '5000' });
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
      expect(answer.extensions.upstream.waitedMs).toBeLessThan(1_000);
    }
  });

  test('keeps a fresh record fresh, and makes none fresh that has to be read anew each time', async () => {
    await using caching = await gateway({ CACHE_FRESH_MS: '600000' });
    await using reading = await gateway({ CACHE_FRESH_MS: '0' });
    for (const gw of [caching, reading]) await gw.query(read('O5000002'));
    stepClock();
    expect((await caching.query(read('O5000002'))).calls).toEqual({});
    expect((await reading.query(read('O5000002'))).calls).toEqual({ GetOpportunity: 1 });
  });

  test("says when the next call can go out in the machine's new time", async () => {
    await using gw = await gateway({ QUOTA_READS_PER_SECOND: '0.01' });
    await gw.query(read('O5000002'));
    stepClock();
    const { data } = await gw.query('{ quota { read { nextCallAt } } }');
    const inMs = Date.parse(data.quota.read.nextCallAt) - Date.now();
    expect(inMs).toBeGreaterThan(0);
    expect(inMs).toBeLessThan(105_000);
  });
});
