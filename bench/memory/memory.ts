/** Section (e): the memory of ten thousand records, compared with the limit of the setting. */

import { generousQuota, startGateway } from '../tools/gateways.ts';
import { createClient } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import type { Memory } from '../tools/programs.ts';
import { detail, entitiesQuery, refsOf } from '../tools/queries.ts';
import type { Section } from '../tools/report.ts';
import { round } from '../tools/statistics.ts';
import { startUpstream, unlimited } from '../tools/upstream.ts';
import { measureIndex } from './index.ts';

/** The default of CACHE_MAX_BYTES. */
const maxBytes = 128_000_000;
const toMegabytes = (bytes: number): number => round(bytes / 1_000_000, 1);

/** Reads whole records through a gateway, a hundred per request, and resolves with the number of upstream calls. */
async function readAll(url: string, ids: readonly string[]): Promise<number> {
  using client = createClient(url);
  let calls = 0;
  for (let from = 0; from < ids.length; from += 100) {
    const answer = await client.query(entitiesQuery(detail), refsOf(ids.slice(from, from + 100)));
    if (answer.errors[0])
      throw new Error(`The gateway could not read the records: ${answer.errors[0].message}`);
    calls += answer.upstreamCalls;
  }
  return calls;
}

export async function measureMemory({ quick }: Options): Promise<Section> {
  const count = quick ? 500 : 10_000;
  await using upstream = await startUpstream(unlimited);
  const ids = await upstream.fill(count);
  await using gateway = await startGateway('gateway', upstream.url, {
    env: { ...generousQuota, CACHE_FRESH_MS: '3600000' },
    reportsMemory: true,
  });
  // The first requests load and compile code, whose memory is not that of records.
  for (let times = 0; times < 5; times++) await readAll(gateway.url, ids.slice(0, 1));
  const before = await gateway.memory();
  await readAll(gateway.url, ids);
  const after = await gateway.memory();
  // The latest first, so that each cached record is found before another one evicts it.
  const missCount = await readAll(gateway.url, ids.toReversed());
  const cached = count - missCount;
  const growth = after.heapUsed - before.heapUsed;
  const index = await measureIndex(upstream, count, before);
  const row = (name: string, memory: Memory) => [name, toMegabytes(memory.heapUsed), toMegabytes(memory.rss)];
  return {
    title: `(e) Memory: ${count} records read`,
    tables: [
      {
        columns: ['', 'heap MB', 'RSS MB'],
        rows: [
          row('before', before),
          row('after', after),
          row('growth', { heapUsed: growth, rss: after.rss - before.rss }),
        ],
      },
      {
        columns: [
          'index of all',
          'calls to build it',
          'heap MB',
          ...Object.keys(index.milliseconds).map((name) => `${name} ms`),
        ],
        rows: [
          [
            index.opportunities,
            index.reads,
            toMegabytes(index.heapGrowth),
            ...Object.values(index.milliseconds),
          ],
        ],
      },
    ],
    notes: [
      `Heap after a garbage collection. CACHE_MAX_BYTES is ${toMegabytes(maxBytes)} MB, its default; ${cached} of ${count} records were still cached, at ${round(growth / Math.max(1, cached))} bytes of heap each.`,
    ],
    data: {
      records: count,
      cached,
      maxBytes,
      before,
      after,
      heapGrowth: growth,
      bytesPerRecord: round(growth / Math.max(1, cached)),
      index,
    },
  };
}
