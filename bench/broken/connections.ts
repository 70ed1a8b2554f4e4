/** Section (h): two thousand callers at once, each on a connection of its own. */
import { startGateway } from '../tools/gateways.ts';
import { createClient, nameOf } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import { detail, oneQuery } from '../tools/queries.ts';
import type { Section } from '../tools/report.ts';
import { createRandom, percentile, round } from '../tools/statistics.ts';
import { real, startUpstream } from '../tools/upstream.ts';

const connections = 2_000;
const workingSet = 250;
/** Callers come from so many addresses, since they take turns by address. */
const addresses = 200;
const mega = (bytes: number): number => round(bytes / 1_000_000, 1);

export async function connected({ quick }: Options): Promise<Section> {
  const seconds = quick ? 5 : 60;
  await using upstream = await startUpstream(real);
  await using gateway = await startGateway('gateway', upstream.url, { isWatched: true });
  const ids = (await upstream.fill(workingSet)).slice(0, workingSet);
  {
    using client = createClient(gateway.url);
    for (const id of ids) await client.ask(oneQuery(detail), { id });
  }
  const before = await gateway.memory();
  await upstream.forget();

  const signal = AbortSignal.timeout(seconds * 1_000);
  const latencies: number[] = [];
  const errors = new Map<string, number>();
  const count = (name: string) => errors.set(name, (errors.get(name) ?? 0) + 1);
  const clients = Array.from({ length: addresses }, (_, number) =>
    createClient(
      gateway.url,
      connections / addresses,
      process.platform === 'linux' ? `127.0.2.${number + 1}` : undefined,
    ),
  );
  const caller = async (number: number): Promise<void> => {
    const random = createRandom(number + 1);
    const client = clients[number % addresses];
    while (client && !signal.aborted) {
      const began = performance.now();
      try {
        const answer = await client.ask(oneQuery(detail), { id: ids[Math.floor(random() * ids.length)] });
        const [error] = answer.errors;
        if (error) count(nameOf(error));
      } catch (error) {
        count((error as NodeJS.ErrnoException).code ?? 'connection');
      }
      latencies.push(performance.now() - began);
    }
  };
  const running = Promise.all(Array.from({ length: connections }, (_, number) => caller(number)));
  await new Promise((resolve) => setTimeout(resolve, (seconds * 1_000) / 2));
  const during = await gateway.memory();
  await running;
  for (const client of clients) client[Symbol.dispose]();
  const after = await gateway.memory();
  const { total } = await upstream.calls();

  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => round(percentile(latencies, share)));
  const perSecond = round(latencies.length / seconds);
  const failed = Object.fromEntries(errors);
  return {
    title: `(h) ${connections} connections at once`,
    tables: [
      {
        columns: ['answers/s', 'p50 ms', 'p99 ms', 'most ms', 'errors', 'calls'],
        rows: [[perSecond, p50 ?? 0, p99 ?? 0, most ?? 0, JSON.stringify(failed), total]],
      },
      {
        columns: ['', 'heap MB', 'RSS MB'],
        rows: (
          [
            ['before', before],
            ['in the middle', during],
            ['after', after],
          ] as const
        ).map(([name, { heapUsed, rss }]) => [name, mega(heapUsed), mega(rss)]),
      },
    ],
    notes: [
      `For ${seconds} s each caller reads a form's fields of any of ${workingSet} records and asks again at once, with the default freshness, under AWS's real quota.`,
    ],
    figures: {
      connections,
      seconds,
      answers: latencies.length,
      perSecond,
      p50,
      p99,
      most,
      failed,
      before,
      during,
      after,
    },
  };
}
