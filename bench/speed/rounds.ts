/** Interleaved rounds: the servers take turns, so that other load on the machine affects all of them. */
import autocannon from 'autocannon';

export type Server = { name: string; url: string; cpuMs(): number | undefined };
export type Workload = {
  name: string;
  query: string;
  variables: object;
  headers?: Record<string, string>;
  /** The responses of each server before its first round, since V8 goes on compiling what is executed often. */
  warmUp: number;
  /** The names of the servers that it is for; by default all. */
  servers?: readonly string[];
};
export type Round = {
  server: string;
  workload: string;
  perSecond: number;
  /** The CPU time of the server's process for each response, in microseconds. */
  cpuUs: number;
  p99: number;
};

/** As many concurrent callers as in a busy team, each with its own connection. */
const connections = 20;

/** How long a round lasts: so many seconds, or until so many responses. */
type Extent = { seconds: number } | { responses: number };

async function runRound({ url, cpuMs }: Server, { query, variables, headers }: Workload, extent: Extent) {
  const before = cpuMs();
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
    connections,
    ...('seconds' in extent ? { duration: extent.seconds } : { amount: extent.responses }),
    // A run only ends at the end of a sample, so samples must be short.
    sampleInt: 100,
  });
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0) throw new Error(`${failed} requests to ${url} failed`);
  const ms = Number(cpuMs()) - Number(before);
  return {
    perSecond: result['2xx'] / result.duration,
    cpuUs: (ms * 1_000) / result['2xx'],
    p99: result.latency.p99,
  };
}

export type RoundsOptions = {
  servers: readonly Server[];
  workloads: readonly Workload[];
  rounds: number;
  seconds: number;
};

/** Runs all rounds. Every server first answers the same number of requests, which are not counted. */
export async function runRounds(options: RoundsOptions): Promise<Round[]> {
  const { servers, workloads, rounds, seconds } = options;
  const results: Round[] = [];
  const pairs = workloads.flatMap((workload) =>
    servers
      .filter(({ name }) => workload.servers?.includes(name) ?? true)
      .map((server) => ({ workload, server })),
  );
  for (const { workload, server } of pairs)
    if (workload.warmUp > 0) await runRound(server, workload, { responses: workload.warmUp });
  for (let round = 0; round < rounds; round++)
    for (const { workload, server } of pairs) {
      const speed = await runRound(server, workload, { seconds });
      results.push({ server: server.name, workload: workload.name, ...speed });
    }
  return results;
}
