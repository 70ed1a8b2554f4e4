/** Section (d): the throughput of the gateway itself, compared with bare servers that have all records in memory. */
import { isDeepStrictEqual } from 'node:util';
import { createSchema } from '../../src/graphql/schema.ts';
import { resolverMaps } from '../../src/resolvers/index.ts';
import { generousQuota, startGateway } from '../tools/gateways.ts';
import { createClient, type Data } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import { cores, pinSelf } from '../tools/pinning.ts';
import { start } from '../tools/programs.ts';
import { entitiesQuery, everyField, oneQuery, refsOf } from '../tools/queries.ts';
import type { Section } from '../tools/report.ts';
import { median, round } from '../tools/statistics.ts';
import { startUpstream, type Upstream, unlimited } from '../tools/upstream.ts';
import { type Round, runRounds, type Server, type Workload } from './rounds.ts';

const baseline = 'Apollo standalone';
const peer = 'mercurius, jit';
const gatewayName = 'this gateway';
/** What a browser asks for. Only the gateway compresses, so the others need not all be measured once more. */
const asBrowsers = { 'accept-encoding': 'gzip, deflate, br, zstd' };

/** Until V8 has compiled what is executed often: the servers need 15,000 to 20,000 small responses until the CPU time for each stays the same. */
const warmUps = { small: 20_000, page: 2_000, large: 500 };

/** @param share of the responses for warming up */
function workloadsFor(ids: readonly string[], share: number): Workload[] {
  const fields = everyField(createSchema(resolverMaps), 'Opportunity');
  const warmUp = (size: keyof typeof warmUps) => ({ warmUp: Math.round(warmUps[size] * share) });
  const page = `query Page($first: Int!) { opportunities(first: $first) { nodes { ${fields} } } }`;
  return [
    { name: 'one record', query: oneQuery(fields), variables: { id: ids[0] }, ...warmUp('small') },
    { name: 'page of 20', query: page, variables: { first: 20 }, ...warmUp('page') },
    {
      name: 'page of 20, compressed',
      query: page,
      variables: { first: 20 },
      headers: asBrowsers,
      servers: [gatewayName, baseline, peer],
      ...warmUp('page'),
    },
    { name: 'page of 100', query: page, variables: { first: 100 }, ...warmUp('large') },
    { name: '100 entities', query: entitiesQuery(fields), variables: refsOf(ids), ...warmUp('large') },
  ];
}

/** The ids of the page of a hundred, since the bare servers have no other records. */
async function listedIds(url: string): Promise<string[]> {
  using client = createClient(url);
  const { data } = await client.query('{ opportunities(first: 100) { nodes { id } } }');
  return data.opportunities.nodes.map(({ id }: { id: string }) => id);
}

/** Sends every workload to every server once, to warm the gateway's cache and verify that all responses are equal. */
async function compareAnswers(servers: readonly Server[], workloads: readonly Workload[]): Promise<void> {
  for (const { name, query, variables } of workloads) {
    const answers: Data[] = [];
    for (const server of servers) {
      using client = createClient(server.url);
      const { data, errors } = await client.query(query, variables);
      if (errors[0]) throw new Error(`${server.name} returned an error for ${name}: ${errors[0].message}`);
      answers.push(data);
    }
    const other = answers.findIndex((data) => !isDeepStrictEqual(data, answers[0]));
    if (other >= 0)
      throw new Error(`${servers[other]?.name} does not return the same ${name} as the gateway`);
  }
}

/** The upstream calls per response of the gateway for each workload, with twenty callers. */
async function countCalls(gateway: Server, workloads: readonly Workload[], upstream: Upstream) {
  const calls: Record<string, number> = {};
  for (const workload of workloads) {
    await upstream.clearCalls();
    const workloads = [{ ...workload, warmUp: 0 }];
    const [result] = await runRounds({ servers: [gateway], workloads, rounds: 1, seconds: 1 });
    calls[workload.name] = round((await upstream.calls()).total / (result?.perSecond ?? 1), 3);
  }
  return calls;
}

export async function measureSpeed({ quick }: Options): Promise<Section> {
  // 35 pairs of servers and workloads: three minutes, and as much to warm up.
  const [rounds, seconds] = quick ? [1, 0.5] : [5, 1];
  await using programs = new AsyncDisposableStack();
  using _pin = pinSelf(cores.load);
  const upstream = programs.use(await startUpstream(unlimited, cores.load));
  const env = { UPSTREAM_ENDPOINT: upstream.url, NODE_ENV: 'production' };
  const core = cores.server;
  const bare = (name: string, file: string, path = '/graphql', more = {}) =>
    [name, path, () => start({ file: `bench/speed/${file}.ts`, env: { ...env, ...more }, core })] as const;
  const starting = [
    [
      gatewayName,
      '',
      () =>
        startGateway('gateway', upstream.url, { env: { ...generousQuota, CACHE_FRESH_MS: '3600000' }, core }),
    ],
    bare(baseline, 'apollo', ''),
    bare('graphql-yoga', 'yoga'),
    bare('mercurius', 'mercurius'),
    bare(peer, 'mercurius-jit'),
    bare(`${peer}, with log and request id`, 'mercurius-jit-log'),
    bare('limit: node:http, ready objects', 'ready', '/graphql', { READY: 'objects' }),
    bare('limit: node:http, ready strings', 'ready', '/graphql', { READY: 'strings' }),
  ] as const;
  const servers: Server[] = [];
  // One after the other: they share a core, and on a busy machine all at once would take longer than each may.
  for (const [name, path, program] of starting) {
    const { url, cpuMs } = programs.use(await program());
    servers.push({ name, url: url + path, cpuMs });
  }
  const gateway = servers[0] as Server;
  const workloads = workloadsFor(await listedIds(gateway.url), quick ? 0.05 : 1);
  await compareAnswers(servers, workloads);
  const results = await runRounds({ servers, workloads, rounds, seconds });
  const callsPerAnswer = await countCalls(gateway, workloads, upstream);
  const medians = summarise(results);
  return {
    title:
      '(d) Throughput of the gateway with a warm cache, compared with bare servers with the records in memory',
    tables: workloads.map(({ name }) => ({
      columns: [name, 'responses/s', 'p99 ms', 'CPU µs', `CPU: ${baseline} = 1`, `${peer} = 1`],
      rows: medians
        .filter(({ workload }) => workload === name)
        .map(({ server, perSecond, p99, cpuUs, toBaseline, toPeer }) => [
          server,
          perSecond,
          p99,
          cpuUs,
          toBaseline.toFixed(2),
          toPeer.toFixed(2),
        ]),
    })),
    notes: [
      `All fields of AWS, 20 connections, medians of ${rounds} interleaved rounds of ${seconds} s, after the same number of responses of each server to warm up; ratios of the CPU time of the server's process per response are computed per round: 2 is twice as fast. Only the gateway compresses. NODE_ENV=production. All servers returned equal responses before the first round.`,
      `The gateway runs all its plugins, and its records and pages are fresh: upstream calls per response ${Object.entries(
        callsPerAnswer,
      )
        .map(([name, calls]) => `${name} ${calls}`)
        .join(', ')}. The other servers make no calls.`,
    ],
    data: { rounds, seconds, medians, callsPerAnswer, results },
  };
}

function summarise(results: readonly Round[]) {
  const groups = Map.groupBy(results, ({ server, workload }) => `${workload}\n${server}`);
  return [...groups.values()].map((rounds) => {
    const [{ server, workload } = { server: '', workload: '' }] = rounds;
    /** How many times as much as this server another one uses for the same, round by round. */
    const ratioTo = (other: string): number => {
      const others = groups.get(`${workload}\n${other}`) ?? [];
      return round(median(rounds.map(({ cpuUs }, n) => (others[n]?.cpuUs ?? Number.NaN) / cpuUs)), 2);
    };
    return {
      server,
      workload,
      perSecond: round(median(rounds.map(({ perSecond }) => perSecond))),
      p99: round(median(rounds.map(({ p99 }) => p99)), 1),
      cpuUs: round(median(rounds.map(({ cpuUs }) => cpuUs))),
      toBaseline: ratioTo(baseline),
      toPeer: ratioTo(peer),
    };
  });
}
