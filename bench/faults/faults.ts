/** Section (g): the responses to callers during a fault, and whether a confirmed write was lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startGateway } from '../tools/gateways.ts';
import { createClient } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import { detail, oneQuery } from '../tools/queries.ts';
import type { Section } from '../tools/report.ts';
import { createRandom, percentile, round } from '../tools/statistics.ts';
import { awsLike, startUpstream, type Upstream } from '../tools/upstream.ts';

const readers = 40;
const writers = 4;
const workingSet = 60;
/** The request timeout; the default would only make the run longer. */
const requestTimeoutMs = 10_000;
/** The pause of a caller after an error, as a web page would make it. */
const retryDelayMs = 1_000;

/** The faults, and their duration in a full run. */
const cases = [
  { name: 'nothing', fault: undefined, seconds: 15 },
  { name: 'AWS throttles everything', fault: { kind: 'throttle' }, seconds: 60 },
  { name: 'half of all calls answer 500', fault: { kind: 'error', probability: 0.5 }, seconds: 20 },
  { name: 'all calls answer 500', fault: { kind: 'error' }, seconds: 20 },
  { name: 'half of all connections break', fault: { kind: 'drop-after', probability: 0.5 }, seconds: 20 },
  { name: 'answers take 30 s', fault: { kind: 'delay', delayMs: 30_000 }, seconds: 40 },
  { name: 'the credentials have expired', fault: { kind: 'expired-token' }, seconds: 10 },
] as const;

const patch = `mutation Patch($input: UpdateOpportunityInput!) {
  updateOpportunity(input: $input) { changed userErrors { code } } }`;
const editable = `{ opportunities(first: ${writers}, filter: { reviewStatuses: [PENDING_SUBMISSION] }) { nodes { id } } }`;

type CallerResults = { outcomes: Map<string, number>; latencies: number[]; lost: number };

/** Runs callers until the signal is aborted. Each writer has its own record, and remembers its confirmed writes. */
async function callers(
  url: string,
  upstream: Upstream,
  ids: readonly string[],
  writerIds: readonly string[],
  signal: AbortSignal,
) {
  using client = createClient(url, { maxSockets: readers + writers });
  const results: CallerResults = { outcomes: new Map(), latencies: [], lost: 0 };
  const ask = async (query: string, variables: object): Promise<string> => {
    const began = performance.now();
    const { data, errors } = await client.query(query, variables);
    results.latencies.push(performance.now() - began);
    const code = errors[0]?.extensions.code ?? data?.updateOpportunity?.userErrors[0]?.code ?? 'ok';
    results.outcomes.set(code, (results.outcomes.get(code) ?? 0) + 1);
    if (code !== 'ok') await sleep(retryDelayMs);
    return code;
  };
  const read = async (number: number): Promise<void> => {
    const random = createRandom(number + 1);
    while (!signal.aborted) await ask(oneQuery(detail), { id: ids[Math.floor(random() * ids.length)] });
  };
  const write = async (id: string): Promise<void> => {
    let isConfirmed = false;
    let possible: string[] = [];
    for (let n = 0; !signal.aborted; n++) {
      const nextSteps = `Step ${n} of ${id}`;
      const code = await ask(patch, { input: { id, patch: { lifeCycle: { nextSteps } } } });
      if (code === 'ok') [isConfirmed, possible] = [true, [nextSteps]];
      else if (code === 'OUTCOME_UNKNOWN') possible.push(nextSteps);
    }
    const stored = (await upstream.control('GET', `opportunities/${id}`)).LifeCycle.NextSteps;
    if (isConfirmed && !possible.includes(stored)) results.lost += 1;
  };
  await Promise.all([
    ...Array.from({ length: readers }, (_, number) => read(number)),
    ...writerIds.map(write),
  ]);
  return results;
}

export async function measureFaults({ quick }: Options): Promise<Section> {
  const rows: (string | number)[][] = [];
  const results: object[] = [];
  for (const { name, fault, seconds: full } of cases) {
    const seconds = quick ? 3 : full;
    await using upstream = await startUpstream(awsLike);
    await using gateway = await startGateway('gateway', upstream.url, {
      env: { REQUEST_TIMEOUT_MS: String(requestTimeoutMs) },
    });
    const ids = (await upstream.fill(workingSet)).slice(0, workingSet);
    const writerIds: string[] = [];
    {
      using client = createClient(gateway.url);
      for (const id of ids) await client.query(oneQuery(detail), { id });
      const { data } = await client.query(editable);
      for (const { id } of data.opportunities.nodes) writerIds.push(id);
    }
    await upstream.clearCalls();
    // The emulator applies the oldest fault, so the latency is removed first.
    await upstream.control('DELETE', 'faults');
    if (fault) await upstream.control('POST', 'faults', { times: 1_000_000_000, ...fault });
    const signal = AbortSignal.timeout(seconds * 1_000);
    const { outcomes, latencies, lost } = await callers(gateway.url, upstream, ids, writerIds, signal);
    const { total } = await upstream.calls();
    await upstream.control('DELETE', 'faults');
    const faultEndedAt = performance.now();
    {
      using client = createClient(gateway.url);
      while ((await client.query(oneQuery(detail), { id: ids[0] })).errors.length > 0) await sleep(100);
    }
    const recoveredMs = performance.now() - faultEndedAt;
    const { ok = 0, ...codes } = Object.fromEntries(outcomes);
    const errorCounts = Object.entries(codes).map(([code, count]) => `${count} ${code}`);
    const p99 = round(percentile(latencies, 0.99));
    rows.push([
      name,
      seconds,
      ok,
      errorCounts.join(', ') || '–',
      p99,
      total,
      lost,
      round(recoveredMs / 1_000, 1),
    ]);
    results.push({
      name,
      seconds,
      ok,
      codes,
      p99,
      calls: total,
      lost,
      recoveredMs: round(recoveredMs),
    });
  }
  return {
    title: `(g) Responses during faults: ${readers} readers, ${writers} writers`,
    tables: [
      {
        columns: ['fault', 's', 'ok', 'errors', 'p99 ms', 'calls', 'lost writes', 'recovered after s'],
        rows,
      },
    ],
    notes: [
      `A working set of ${workingSet} records that were read once before, under AWS's quota; requests time out after ${requestTimeoutMs / 1_000} s. A caller sends its next request at once after a success, and ${retryDelayMs} ms after an error. A write is lost if it was confirmed, and is neither stored nor overwritten by its own writer.`,
    ],
    data: { readers, writers, results },
  };
}
