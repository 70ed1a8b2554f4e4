/** Section (e): what ten thousand records take in memory, next to what the setting allows. */
import { plenty, startGateway } from '../tools/gateways.ts';
import { createClient } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import type { Memory } from '../tools/programs.ts';
import { detail, entitiesQuery, refsOf } from '../tools/queries.ts';
import type { Section } from '../tools/report.ts';
import { round } from '../tools/statistics.ts';
import { startUpstream, unbounded } from '../tools/upstream.ts';

/** The default of CACHE_MAX_BYTES. */
const maxBytes = 128_000_000;
const mega = (bytes: number): number => round(bytes / 1_000_000, 1);

/** Reads records whole through a gateway, a hundred to a request. */
async function readAll(url: string, ids: readonly string[]): Promise<number> {
  using client = createClient(url);
  let calls = 0;
  for (let from = 0; from < ids.length; from += 100) {
    const answer = await client.ask(entitiesQuery(detail), refsOf(ids.slice(from, from + 100)));
    if (answer.errors[0]) throw new Error(`The gateway failed to read: ${answer.errors[0].message}`);
    calls += answer.upstreamCalls;
  }
  return calls;
}

export async function fill({ quick }: Options): Promise<Section> {
  const count = quick ? 500 : 10_000;
  await using upstream = await startUpstream(unbounded);
  const ids = await upstream.fill(count);
  await using gateway = await startGateway('gateway', upstream.url, {
    env: { ...plenty, CACHE_FRESH_MS: '3600000' },
    isWatched: true,
  });
  // A first request loads code and compiles it; that is no record's memory.
  for (let times = 0; times < 5; times++) await readAll(gateway.url, ids.slice(0, 1));
  const before = await gateway.memory();
  await readAll(gateway.url, ids);
  const after = await gateway.memory();
  // The newest first: each that is held is found before anything can displace it.
  const missed = await readAll(gateway.url, ids.toReversed());
  const held = count - missed;
  const grown = after.heapUsed - before.heapUsed;
  const row = (name: string, memory: Memory) => [name, mega(memory.heapUsed), mega(memory.rss)];
  return {
    title: `(e) Memory: ${count} records read`,
    tables: [
      {
        columns: ['', 'heap MB', 'RSS MB'],
        rows: [
          row('before', before),
          row('after', after),
          row('grown', { heapUsed: grown, rss: after.rss - before.rss }),
        ],
      },
    ],
    notes: [
      `The heap after a garbage collection. CACHE_MAX_BYTES is ${mega(maxBytes)} MB, its default; ${held} of ${count} records were still held, ${round(grown / Math.max(1, held))} bytes of heap each.`,
    ],
    figures: {
      records: count,
      held,
      maxBytes,
      before,
      after,
      heapGrown: grown,
      bytesPerRecord: round(grown / Math.max(1, held)),
    },
  };
}
