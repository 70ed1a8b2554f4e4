/** Section (g): what callers see while something is broken, and whether a confirmed write was ever lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startGateway } from '../tools/gateways.ts';
import { createClient } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import { detail, oneQuery } from '../tools/queries.ts';
import type { Section } from '../tools/report.ts';
import { createRandom, percentile, round } from '../tools/statistics.ts';
import { real, startUpstream, type Upstream } from '../tools/upstream.ts';

const readers = 40;
const writers = 4;
const workingSet = 60;
/** How long a request may take here; the default would only make the run longer. */
const requestTimeoutMs = 10_000;
/** How long a caller who was refused waits before asking again, as a page would. */
const pauseMs = 1_000;

/** What is broken, and for how long at full length. */
const kinds = [
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

type Tally = { outcomes: Map<string, number>; latencies: number[]; lost: number };

/** Callers until the signal; each writer has a record of its own and knows what was confirmed to it. */
async function callers(
  url: string,
  upstream: Upstream,
  ids: readonly string[],
  own: readonly string[],
  signal: AbortSignal,
) {
  using client = createClient(url, readers + writers);
  const tally: Tally = { outcomes: new Map(), latencies: [], lost: 0 };
  const ask = async (query: string, variables: object): Promise<string> => {
    const began = performance.now();
    const { data, errors } = await client.ask(query, variables);
    tally.latencies.push(performance.now() - began);
    const code = errors[0]?.extensions.code ?? data?.updateOpportunity?.userErrors[0]?.code ?? 'ok';
    tally.outcomes.set(code, (tally.outcomes.get(code) ?? 0) + 1);
    if (code !== 'ok') await sleep(pauseMs);
    return code;
  };
  const read = async (number: number): Promise<void> => {
    const random = createRandom(number + 1);
    while (!signal.aborted) await ask(oneQuery(detail), { id: ids[Math.floor(random() * ids.length)] });
  };
  const write = async (id: string): Promise<void> => {
    let possible: string[] = [];
    for (let n = 0; !signal.aborted; n++) {
      const nextSteps = `Step ${n} of ${id}`;
      const code = await ask(patch, { input: { id, patch: { lifeCycle: { nextSteps } } } });
      if (code === 'ok') possible = [nextSteps];
      else if (code === 'OUTCOME_UNKNOWN') possible.push(nextSteps);
    }
    const stored = (await upstream.control('GET', `opportunities/${id}`)).LifeCycle.NextSteps;
    if (possible.length > 0 && !possible.includes(stored)) tally.lost += 1;
  };
  await Promise.all([...Array.from({ length: readers }, (_, number) => read(number)), ...own.map(write)]);
  return tally;
}

export async function broken({ quick }: Options): Promise<Section> {
  const rows: (string | number)[][] = [];
  const results: object[] = [];
  for (const { name, fault, seconds: full } of kinds) {
    const seconds = quick ? 3 : full;
    await using upstream = await startUpstream(real);
    await using gateway = await startGateway('gateway', upstream.url, {
      env: { REQUEST_TIMEOUT_MS: String(requestTimeoutMs) },
    });
    const ids = (await upstream.fill(workingSet)).slice(0, workingSet);
    const own: string[] = [];
    {
      using client = createClient(gateway.url);
      for (const id of ids) await client.ask(oneQuery(detail), { id });
      const { data } = await client.ask(editable);
      for (const { id } of data.opportunities.nodes) own.push(id);
    }
    await upstream.forget();
    // The oldest fault comes first: the latency has to make room, and comes back afterwards.
    await upstream.control('DELETE', 'faults');
    if (fault) await upstream.control('POST', 'faults', { times: 1_000_000_000, ...fault });
    const tally = await callers(gateway.url, upstream, ids, own, AbortSignal.timeout(seconds * 1_000));
    const { total } = await upstream.calls();
    await upstream.control('DELETE', 'faults');
    const mended = performance.now();
    {
      using client = createClient(gateway.url);
      while ((await client.ask(oneQuery(detail), { id: ids[0] })).errors.length > 0) await sleep(100);
    }
    const recoveredMs = performance.now() - mended;
    const { ok = 0, ...codes } = Object.fromEntries(tally.outcomes);
    const told = Object.entries(codes).map(([code, count]) => `${count} ${code}`);
    const p99 = round(percentile(tally.latencies, 0.99));
    rows.push([
      name,
      seconds,
      ok,
      told.join(', ') || '–',
      p99,
      total,
      tally.lost,
      round(recoveredMs / 1_000, 1),
    ]);
    results.push({
      name,
      seconds,
      ok,
      codes,
      p99,
      calls: total,
      lost: tally.lost,
      recoveredMs: round(recoveredMs),
    });
  }
  return {
    title: `(g) What callers see while something is broken: ${readers} readers, ${writers} writers`,
    tables: [
      {
        columns: ['broken', 's', 'ok', 'else', 'p99 ms', 'calls', 'lost writes', 'well again after s'],
        rows,
      },
    ],
    notes: [
      `Records of a working set of ${workingSet} that was read once before, under AWS's real quota; requests end after ${requestTimeoutMs / 1_000} s. A caller asks again at once, or ${pauseMs} ms after it was refused. Lost: a write that was confirmed, and is neither stored nor overwritten by its own writer.`,
    ],
    figures: { readers, writers, results },
  };
}
