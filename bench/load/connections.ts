/** Section (h): two thousand concurrent callers, each on its own connection, and what memory they take. */
import { setTimeout as sleep } from 'node:timers/promises';
import { buildPackage, startGateway } from '../tools/gateways.ts';
import { createClient, errorName } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import { detail, oneQuery } from '../tools/queries.ts';
import type { Section } from '../tools/report.ts';
import { createRandom, percentile, round } from '../tools/statistics.ts';
import { awsLike, startUpstream } from '../tools/upstream.ts';

const connections = 2_000;
const workingSet = 250;
/** The number of addresses of the callers, since the gateway serves addresses in turn. */
const addresses = 200;

/**
 * How much memory V8 may take: `NODE_OPTIONS` as `npm start` sets it on a machine without a limit, as V8 sets itself in a container
 * of 1 GiB such as that of the manifests, and as operations.md recommends for a small container.
 */
const variants = [
  { name: 'npm start', env: { NODE_OPTIONS: '--max-semi-space-size=16' } },
  {
    name: 'container of 1 GiB',
    env: { NODE_OPTIONS: '--max-semi-space-size=16 --max-old-space-size=512' },
  },
  {
    name: 'small container',
    env: {
      NODE_OPTIONS: '--max-semi-space-size=1 --max-old-space-size=112',
      MALLOC_ARENA_MAX: '2',
      CACHE_MAX_BYTES: '32000000',
    },
  },
];
type Variant = { name: string; env: Record<string, string> };

const toMegabytes = (bytes: number): number => round(bytes / 1_000_000, 1);

async function measure({ env }: Variant, seconds: number) {
  await using upstream = await startUpstream(awsLike);
  await using gateway = await startGateway('package', upstream.url, { env, reportsMemory: true });
  const ids = (await upstream.fill(workingSet)).slice(0, workingSet);
  {
    using client = createClient(gateway.url);
    for (const id of ids) await client.query(oneQuery(detail), { id });
  }
  const before = await gateway.memory();
  await upstream.clearCalls();

  const signal = AbortSignal.timeout(seconds * 1_000);
  const latencies: number[] = [];
  const errors = new Map<string, number>();
  const count = (name: string) => errors.set(name, (errors.get(name) ?? 0) + 1);
  const clients = Array.from({ length: addresses }, (_, number) =>
    createClient(gateway.url, {
      maxSockets: connections / addresses,
      localAddress: process.platform === 'linux' ? `127.0.2.${number + 1}` : undefined,
    }),
  );
  const caller = async (number: number): Promise<void> => {
    const random = createRandom(number + 1);
    const client = clients[number % addresses];
    while (client && !signal.aborted) {
      const began = performance.now();
      try {
        const answer = await client.query(oneQuery(detail), { id: ids[Math.floor(random() * ids.length)] });
        const [error] = answer.errors;
        if (error) count(errorName(error));
      } catch (error) {
        count((error as NodeJS.ErrnoException).code ?? 'connection');
      }
      latencies.push(performance.now() - began);
    }
  };
  const running = Promise.all(Array.from({ length: connections }, (_, number) => caller(number)));
  await sleep((seconds * 1_000) / 2);
  const during = await gateway.memory();
  await running;
  for (const client of clients) client[Symbol.dispose]();
  const after = await gateway.memory();
  const { total: calls } = await upstream.calls();

  const [p50, p99, max] = [0.5, 0.99, 1].map((share) => round(percentile(latencies, share)));
  const perSecond = round(latencies.length / seconds);
  return {
    answers: latencies.length,
    perSecond,
    p50,
    p99,
    max,
    errors: Object.fromEntries(errors),
    calls,
    before,
    during,
    after,
  };
}

export async function measureConnections({ quick }: Options): Promise<Section> {
  const seconds = quick ? 5 : 60;
  buildPackage();
  const own = process.env.NODE_OPTIONS;
  const measured: Variant[] = own ? [{ name: own, env: {} }] : variants;
  const results: { name: string; result: Awaited<ReturnType<typeof measure>> }[] = [];
  for (const variant of measured)
    results.push({ name: variant.name, result: await measure(variant, seconds) });
  return {
    title: `(h) ${connections} concurrent connections`,
    tables: [
      {
        columns: ['', 'responses/s', 'p50 ms', 'p99 ms', 'max ms', 'errors', 'calls'],
        rows: results.map(({ name, result: { perSecond, p50, p99, max, errors, calls } }) => [
          name,
          perSecond,
          p50 ?? 0,
          p99 ?? 0,
          max ?? 0,
          JSON.stringify(errors),
          calls,
        ]),
      },
      {
        columns: ['resident MB (heap MB)', 'before', 'during', 'after'],
        rows: results.map(({ name, result: { before, during, after } }) => [
          name,
          ...[before, during, after].map(
            ({ rss, heapUsed }) => `${toMegabytes(rss)} (${toMegabytes(heapUsed)})`,
          ),
        ]),
      },
    ],
    notes: [
      `For ${seconds} s, each caller reads a form's fields of random records out of ${workingSet}, one request after another, with the default freshness, under AWS's quota.`,
      ...(own ? [] : variants).map(
        ({ name, env }) =>
          `${name}: ${Object.entries(env)
            .map(([variable, value]) => `${variable}="${value}"`)
            .join(' ')}`,
      ),
    ],
    data: { connections, seconds, results },
  };
}
