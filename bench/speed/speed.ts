/** Section (d): how fast the gateway is by itself, next to bare servers that have everything in memory. */
import { isDeepStrictEqual } from 'node:util';
import { createSchema } from '../../src/graphql/schema.ts';
import { resolverMaps } from '../../src/resolvers/index.ts';
import { plenty, startGateway } from '../tools/gateways.ts';
import { createClient, type Data } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import { cores, pinSelf } from '../tools/pinning.ts';
import { type Program, start } from '../tools/programs.ts';
import { everyField, oneQuery } from '../tools/queries.ts';
import type { Section } from '../tools/report.ts';
import { median, round } from '../tools/statistics.ts';
import { startUpstream, type Upstream, unbounded } from '../tools/upstream.ts';
import { contest, type Round, type Server, type Shape } from './contest.ts';

const base = 'Apollo standalone';

function shapes(id: string): Shape[] {
  const fields = everyField(
    createSchema(resolverMaps, () => {}),
    'Opportunity',
  );
  const page = `query Page($first: Int!) { opportunities(first: $first) { nodes { ${fields} } } }`;
  return [
    { name: 'one record', query: oneQuery(fields), variables: { id } },
    { name: 'page of 20', query: page, variables: { first: 20 } },
    { name: 'page of 100', query: page, variables: { first: 100 } },
  ];
}

/** The id of a record that is on the page of a hundred, which is all that the bare servers have. */
async function anyListed(url: string): Promise<string> {
  using client = createClient(url);
  const { data } = await client.ask('{ opportunities(first: 50) { nodes { id } } }');
  return data.opportunities.nodes.at(-1).id;
}

/** Asks every server for every shape once: warms the gateway's cache, and shows that all give the same answer. */
async function compareAnswers(servers: readonly Server[], asked: readonly Shape[]): Promise<void> {
  for (const { name, query, variables } of asked) {
    const answers: Data[] = [];
    for (const server of servers) {
      using client = createClient(server.url);
      const { data, errors } = await client.ask(query, variables);
      if (errors[0]) throw new Error(`${server.name} answers ${name} with: ${errors[0].message}`);
      answers.push(data);
    }
    const other = answers.findIndex((data) => !isDeepStrictEqual(data, answers[0]));
    if (other >= 0) throw new Error(`${servers[other]?.name} answers ${name} otherwise than the gateway`);
  }
}

/** How often the gateway calls the emulator for each shape while twenty callers ask. */
async function countCalls(gateway: Server, asked: readonly Shape[], upstream: Upstream) {
  const calls: Record<string, number> = {};
  for (const shape of asked) {
    await upstream.forget();
    const [result] = await contest({ servers: [gateway], shapes: [shape], rounds: 1, seconds: 0.5 });
    // Two rounds of half a second each, the one for warming included.
    calls[shape.name] = round((await upstream.calls()).total / (result?.perSecond ?? 1), 3);
  }
  return calls;
}

export async function speed({ quick }: Options): Promise<Section> {
  const [rounds, seconds] = quick ? [1, 0.5] : [5, 1.5];
  await using programs = new AsyncDisposableStack();
  using _pin = pinSelf(cores.load);
  const upstream = programs.use(await startUpstream(unbounded, cores.load));
  const env = { UPSTREAM_ENDPOINT: upstream.url, NODE_ENV: 'production' };
  const startServer = async (name: string, program: Promise<Program>, path = '') => {
    const { url } = programs.use(await program);
    return { name, url: url + path };
  };
  const core = cores.server;
  const servers: Server[] = await Promise.all([
    startServer(
      'this gateway',
      startGateway('gateway', upstream.url, { env: { ...plenty, CACHE_FRESH_MS: '3600000' }, core }),
    ),
    startServer(base, start({ file: 'bench/speed/apollo.ts', env, core })),
    startServer('graphql-yoga', start({ file: 'bench/speed/yoga.ts', env, core }), '/graphql'),
    startServer('mercurius', start({ file: 'bench/speed/mercurius.ts', env, core }), '/graphql'),
  ]);
  const gateway = servers[0] as Server;
  const asked = shapes(await anyListed(gateway.url));
  await compareAnswers(servers, asked);
  const results = await contest({ servers, shapes: asked, rounds, seconds });
  const callsPerAnswer = await countCalls(gateway, asked, upstream);
  const medians = summarise(results);
  return {
    title: '(d) The gateway by itself, warm, against bare servers with the records in memory',
    tables: asked.map(({ name }) => ({
      columns: [name, 'answers/s', 'p99 ms', `ratio to ${base}`],
      rows: medians
        .filter(({ shape }) => shape === name)
        .map(({ server, perSecond, p99, ratio }) => [server, perSecond, p99, ratio.toFixed(2)]),
    })),
    notes: [
      `Every field that AWS has, 20 connections, medians of ${rounds} interleaved rounds of ${seconds} s; a ratio is taken in each round. NODE_ENV=production. All servers gave the same answers before.`,
      `The gateway has all its plugins on, and its records and pages are fresh: calls per answer ${Object.entries(
        callsPerAnswer,
      )
        .map(([name, calls]) => `${name} ${calls}`)
        .join(', ')}. The other servers make none.`,
    ],
    figures: { rounds, seconds, medians, callsPerAnswer, results },
  };
}

function summarise(results: readonly Round[]) {
  const groups = Map.groupBy(results, ({ server, shape }) => `${shape}\n${server}`);
  return [...groups.values()].map((rounds) => {
    const [{ server, shape } = { server: '', shape: '' }] = rounds;
    const bases = groups.get(`${shape}\n${base}`) ?? [];
    return {
      server,
      shape,
      perSecond: round(median(rounds.map(({ perSecond }) => perSecond))),
      p99: round(median(rounds.map(({ p99 }) => p99)), 1),
      ratio: round(
        median(rounds.map(({ perSecond }, n) => perSecond / (bases[n]?.perSecond ?? Number.NaN))),
        2,
      ),
    };
  });
}
