/** Interleaved rounds: the servers take turns, so that other load on the machine affects all of them. */
import autocannon from 'autocannon';

export type Server = { name: string; url: string; cpuMs(): number | undefined };
export type Workload = {
  name: string;
  query: string;
  variables: object;
  headers?: Record<string, string>;
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

async function runRound({ url, cpuMs }: Server, { query, variables, headers }: Workload, seconds: number) {
  const before = cpuMs();
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
    connections,
    duration: seconds,
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

/** Runs all rounds, after one round that is not counted, since code is compiled on use. */
export async function runRounds({ servers, workloads, rounds, seconds }: RoundsOptions): Promise<Round[]> {
  const results: Round[] = [];
  for (let round = -1; round < rounds; round++)
    for (const workload of workloads)
      for (const server of servers) {
        if (workload.servers && !workload.servers.includes(server.name)) continue;
        const speed = await runRound(server, workload, seconds);
        if (round >= 0) results.push({ server: server.name, workload: workload.name, ...speed });
      }
  return results;
}
