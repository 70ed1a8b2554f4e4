/** Section (f): three replicas on one Redis, sixty callers, and the quota of one account. */
import { countTraffic, type Traffic } from '../crowd/watch.ts';
import { startGateway } from '../tools/gateways.ts';
import { createClient, nameOf } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import { detail, oneQuery } from '../tools/queries.ts';
import type { Section } from '../tools/report.ts';
import { createRandom, percentile, round } from '../tools/statistics.ts';
import { real, startUpstream } from '../tools/upstream.ts';
import { hasRedis, startRedis } from './redis.ts';

const replicas = 3;
const callers = 60;
/** Of all callers, those who write, enough that one always waits; the others read records whole, which nobody holds. */
const writers = 12;
const perSecond = { read: 10, write: 1 };

const patch = `mutation Patch($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) { changed userErrors { code } } }`;

/** Records that take a patch, so that what a writer asks for is always a write. */
const editable =
  '{ opportunities(first: 50, filter: { reviewStatuses: [PENDING_SUBMISSION] }) { nodes { id } } }';

type Count = { answers: number; errors: Map<string, number> };

/** One caller with an address of its own, who asks again and again. */
async function work(
  url: string,
  number: number,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Count> {
  // Every address of 127.0.0.0/8 is this machine's on Linux; elsewhere all callers share one.
  const from = process.platform === 'linux' ? `127.0.1.${number + 1}` : undefined;
  using client = createClient(url, 1, from);
  const random = createRandom(number + 1);
  const count: Count = { answers: 0, errors: new Map() };
  while (!signal.aborted) {
    const id = ids[Math.floor(random() * ids.length)];
    const isWriter = number < writers;
    const input = { id, patch: { lifeCycle: { nextSteps: `Step ${count.answers} of ${number}` } } };
    const { errors } = await (isWriter ? client.ask(patch, { input }) : client.ask(oneQuery(detail), { id }));
    if (signal.aborted) break;
    const [error] = errors;
    if (error) count.errors.set(nameOf(error), (count.errors.get(nameOf(error)) ?? 0) + 1);
    else count.answers += 1;
  }
  return count;
}

const callsOf = ({ byOperation }: Traffic, pattern: RegExp): number =>
  Object.entries(byOperation).reduce((sum, [name, calls]) => sum + (pattern.test(name) ? calls : 0), 0);

export async function replicated({ quick }: Options): Promise<Section> {
  const title = `(f) ${replicas} replicas on one Redis, ${callers} callers, nothing held`;
  if (!hasRedis())
    return { title, tables: [], notes: ['There is no redis-server on the PATH.'], figures: {} };
  const seconds = quick ? 6 : 30;
  await using things = new AsyncDisposableStack();
  const redis = things.use(await startRedis());
  const upstream = things.use(await startUpstream(real));
  const env = { REDIS_URL: redis.url, REPLICAS: String(replicas), CACHE_FRESH_MS: '0' };
  const gateways = await Promise.all(
    Array.from({ length: replicas }, () => startGateway('gateway', upstream.url, { env })),
  );
  for (const gateway of gateways) things.use(gateway);
  const ids = await upstream.fill(250);
  using client = createClient(gateways[0]?.url ?? '');
  const { nodes } = (await client.ask(editable)).data.opportunities;
  const patched: string[] = nodes.map(({ id }: { id: string }) => id);
  // The fill has spent tokens of the emulator's second, and the replicas have to find their Redis.
  await new Promise((resolve) => setTimeout(resolve, 2_000));

  const signal = AbortSignal.timeout(seconds * 1_000);
  const asking = Array.from({ length: callers }, (_, number) =>
    work(gateways[number % replicas]?.url ?? '', number, number < writers ? patched : ids, signal),
  );
  const traffic = await countTraffic(upstream, signal);
  const counts = await Promise.all(asking);

  const used = {
    read: callsOf(traffic, /^(Get|List)/) / (perSecond.read * seconds),
    write: callsOf(traffic, /^Update/) / (perSecond.write * seconds),
  };
  const readers = counts.slice(writers).map(({ answers }) => answers);
  const refused = counts.reduce(
    (sum, { errors }) => sum + [...errors.values()].reduce((a, b) => a + b, 0),
    0,
  );
  return {
    title,
    tables: [
      {
        columns: ['', 'of the quota used', 'throttles'],
        rows: [
          ['reads', `${round(used.read * 100, 1)} %`, traffic.throttles],
          ['writes', `${round(used.write * 100, 1)} %`, ''],
        ],
      },
      {
        columns: ['answers to each reader', 'fewest', 'median', 'most', 'refused'],
        rows: [['', percentile(readers, 0), percentile(readers, 0.5), percentile(readers, 1), refused]],
      },
    ],
    notes: [
      `For ${seconds} s ${callers - writers} callers read random records whole and ${writers} patch them, each with an address of its own, a third of them at each replica, each asking again when answered. The emulator enforces ${perSecond.read} reads and ${perSecond.write} write in any second. A second of the gateway’s is 1,040 ms, so that 96 % can be used at most.`,
    ],
    figures: { seconds, used, readers, refused, traffic },
  };
}
