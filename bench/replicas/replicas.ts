/** Section (f): three replicas with a shared Redis, sixty callers, and the quota of one account. */
import { countTraffic, type Traffic } from '../load/activity.ts';
import { startGateway } from '../tools/gateways.ts';
import { createClient, errorName } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import { detail, oneQuery } from '../tools/queries.ts';
import type { Section } from '../tools/report.ts';
import { createRandom, percentile, round } from '../tools/statistics.ts';
import { awsLike, startUpstream } from '../tools/upstream.ts';
import { hasRedis, startRedis } from './redis.ts';

const replicas = 3;
const callers = 60;
/** How many of the callers write, enough that a write always waits; the others read whole records, without a cache. */
const writers = 12;
const perSecond = { read: 10, write: 1 };

const patch = `mutation Patch($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) { changed userErrors { code } } }`;

/** Records that can be patched, so that each request of a writer results in a write. */
const editable =
  '{ opportunities(first: 50, filter: { reviewStatuses: [PENDING_SUBMISSION] }) { nodes { id } } }';

type CallerResult = { answers: number; errors: Map<string, number> };

/** A caller with its own address that sends one request after another. */
async function runCaller(
  url: string,
  number: number,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<CallerResult> {
  // On Linux, every address in 127.0.0.0/8 is local; elsewhere all callers share one.
  const localAddress = process.platform === 'linux' ? `127.0.1.${number + 1}` : undefined;
  using client = createClient(url, { maxSockets: 1, localAddress });
  const random = createRandom(number + 1);
  const count: CallerResult = { answers: 0, errors: new Map() };
  while (!signal.aborted) {
    const id = ids[Math.floor(random() * ids.length)];
    const isWriter = number < writers;
    const input = { id, patch: { lifeCycle: { nextSteps: `Step ${count.answers} of ${number}` } } };
    const { errors } = await (isWriter
      ? client.query(patch, { input })
      : client.query(oneQuery(detail), { id }));
    if (signal.aborted) break;
    const [error] = errors;
    if (error) count.errors.set(errorName(error), (count.errors.get(errorName(error)) ?? 0) + 1);
    else count.answers += 1;
  }
  return count;
}

const callsOf = ({ byOperation }: Traffic, pattern: RegExp): number =>
  Object.entries(byOperation).reduce((sum, [name, calls]) => sum + (pattern.test(name) ? calls : 0), 0);

export async function measureReplicas({ quick }: Options): Promise<Section> {
  const title = `(f) ${replicas} replicas with a shared Redis, ${callers} callers, no cache`;
  if (!hasRedis())
    return { title, tables: [], notes: ['Skipped: redis-server was not found on the PATH.'], data: {} };
  const seconds = quick ? 6 : 30;
  await using stack = new AsyncDisposableStack();
  const redis = stack.use(await startRedis());
  const upstream = stack.use(await startUpstream(awsLike));
  const env = { REDIS_URL: redis.url, REPLICAS: String(replicas), CACHE_FRESH_MS: '0' };
  const gateways = await Promise.all(
    Array.from({ length: replicas }, () => startGateway('gateway', upstream.url, { env })),
  );
  for (const gateway of gateways) stack.use(gateway);
  const ids = await upstream.fill(250);
  using client = createClient(gateways[0]?.url ?? '');
  const { nodes } = (await client.query(editable)).data.opportunities;
  const writableIds: string[] = nodes.map(({ id }: { id: string }) => id);
  // Filling has spent quota of the emulator, and the replicas need time to connect to Redis.
  await new Promise((resolve) => setTimeout(resolve, 2_000));

  const signal = AbortSignal.timeout(seconds * 1_000);
  const asking = Array.from({ length: callers }, (_, number) =>
    runCaller(gateways[number % replicas]?.url ?? '', number, number < writers ? writableIds : ids, signal),
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
        columns: ['', 'quota used', 'throttles'],
        rows: [
          ['reads', `${round(used.read * 100, 1)} %`, traffic.throttles],
          ['writes', `${round(used.write * 100, 1)} %`, ''],
        ],
      },
      {
        columns: ['responses per reader', 'min', 'median', 'max', 'errors'],
        rows: [['', percentile(readers, 0), percentile(readers, 0.5), percentile(readers, 1), refused]],
      },
    ],
    notes: [
      `For ${seconds} s, ${callers - writers} callers read random whole records and ${writers} patch records, each from its own address, a third of them at each replica, each sending its next request after a response. The emulator enforces ${perSecond.read} reads and ${perSecond.write} write in any second. The gateway’s quota window is 1,040 ms, so at most 96 % can be used.`,
    ],
    data: { seconds, used, readers, refused, traffic },
  };
}
