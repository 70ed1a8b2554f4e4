/** Rounds in which servers take turns, so that whatever else the machine does falls on all of them. */
import autocannon from 'autocannon';

export type Server = { name: string; url: string };
export type Shape = { name: string; query: string; variables: object };
export type Round = { server: string; shape: string; perSecond: number; p99: number };

/** As many callers as a busy team has, each with a socket of its own. */
const connections = 20;

async function load({ url }: Server, { query, variables }: Shape, seconds: number) {
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
    connections,
    duration: seconds,
    // It ends with a sample only, so these have to be short.
    sampleInt: 100,
  });
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0) throw new Error(`${url} failed ${failed} times`);
  return { perSecond: result['2xx'] / result.duration, p99: result.latency.p99 };
}

export type Contest = {
  servers: readonly Server[];
  shapes: readonly Shape[];
  rounds: number;
  seconds: number;
};

/** All rounds, after a short one for each that does not count: code is compiled by use. */
export async function contest({ servers, shapes, rounds, seconds }: Contest): Promise<Round[]> {
  const results: Round[] = [];
  for (let round = -1; round < rounds; round++)
    for (const shape of shapes)
      for (const server of servers) {
        const speed = await load(server, shape, seconds);
        if (round >= 0) results.push({ server: server.name, shape: shape.name, ...speed });
      }
  return results;
}
