/** Section (c): many callers, a working set that changes, and one account's quota. */
import { type GatewayName, startGateway } from '../tools/gateways.ts';
import { createClient } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import { detail, entitiesQuery, refsOf } from '../tools/queries.ts';
import type { Section } from '../tools/report.ts';
import { percentile, round } from '../tools/statistics.ts';
import { real, startUpstream, type Upstream } from '../tools/upstream.ts';
import { askAround, type Mix, type Tally } from './callers.ts';
import { countTraffic, keepChanging, type Traffic, untilQuiet } from './watch.ts';
import { createWitness, type Verdicts } from './witness.ts';

/** The default of CACHE_FRESH_MS. */
const freshMs = 3_000;
const callers = 200;
const mixed: Mix = { name: '9 of 10 by id, 1 of 10 a page', pages: 0.1 };
const byId: Mix = { name: 'all by id', pages: 0 };

type Result = {
  gateway: GatewayName;
  mix: string;
  seconds: number;
  answersPerSecond: number;
  latency: Record<'records' | 'pages' | 'all', { count: number; p50: number; p95: number; p99: number }>;
  errors: Record<string, number>;
  pending: number;
  changes: number;
} & Verdicts &
  Traffic;

const latencyOf = (times: number[]) => ({
  count: times.length,
  p50: round(percentile(times, 0.5), 1),
  p95: round(percentile(times, 0.95), 1),
  p99: round(percentile(times, 0.99), 1),
});

function latencies({ records, pages }: Tally): Result['latency'] {
  return { records: latencyOf(records), pages: latencyOf(pages), all: latencyOf([...records, ...pages]) };
}

type Run = { gateway: GatewayName; url: string; upstream: Upstream; ids: readonly string[] };

async function measure({ gateway, url, upstream, ids }: Run, mix: Mix, seconds: number): Promise<Result> {
  const witness = createWitness(freshMs);
  const signal = AbortSignal.timeout(seconds * 1_000);
  const [tally, changes, traffic] = await Promise.all([
    askAround({ url, ids, callers, mix, witness, signal }),
    keepChanging(upstream, ids, witness, signal),
    countTraffic(upstream, signal),
  ]);
  const latency = latencies(tally);
  return {
    gateway,
    mix: mix.name,
    seconds,
    answersPerSecond: round(latency.all.count / seconds, 1),
    latency,
    errors: Object.fromEntries(tally.errors),
    pending: tally.pending,
    changes,
    ...witness.verdicts,
    longestMs: round(witness.verdicts.longestMs),
    ...traffic,
  };
}

/** Reads the whole working set once, at the pace that the quota allows. @returns the seconds it took */
async function warm(url: string, ids: readonly string[]): Promise<number> {
  const started = performance.now();
  using client = createClient(url);
  for (let from = 0; from < ids.length; from += 100) {
    const { errors } = await client.ask(entitiesQuery(detail), refsOf(ids.slice(from, from + 100)));
    if (errors[0]) throw new Error(`The working set could not be read: ${errors[0].message}`);
  }
  return round((performance.now() - started) / 1_000, 1);
}

export async function crowd({ quick }: Options): Promise<Section> {
  const [workingSet, seconds, secondsById] = quick ? [60, 5, 0] : [500, 60, 15];
  const results: Result[] = [];
  let warmed = 0;
  for (const name of ['gateway', 'plain'] as const) {
    await using upstream = await startUpstream(real);
    const ids = (await upstream.fill(Math.max(250, workingSet))).slice(0, workingSet);
    await using gateway = await startGateway(name, upstream.url);
    const run = { gateway: name, url: gateway.url, upstream, ids };
    if (name === 'gateway') warmed = await warm(gateway.url, ids);
    results.push(await measure(run, mixed, seconds));
    if (secondsById === 0) continue;
    await untilQuiet(upstream);
    results.push(await measure(run, byId, secondsById));
  }
  return {
    title: `(c) ${callers} callers, a working set of ${workingSet}, half a change per second`,
    tables: tablesOf(results),
    notes: notesOf(warmed),
    figures: { workingSet, callers, freshMs, warmedInSeconds: warmed, results, ratios: ratiosOf(results) },
  };
}

function ratiosOf(results: Result[]): Record<string, number> {
  const of = (gateway: GatewayName, mix: string) =>
    results.find((result) => result.gateway === gateway && result.mix === mix)?.answersPerSecond ?? 0;
  return Object.fromEntries(
    [...new Set(results.map(({ mix }) => mix))].map((mix) => [
      mix,
      round(of('gateway', mix) / Math.max(0.1, of('plain', mix)), 1),
    ]),
  );
}

function tablesOf(results: Result[]): Section['tables'] {
  const ratios = ratiosOf(results);
  const label = ({ gateway, mix }: Result) => `${gateway}: ${mix}`;
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
  return [
    {
      columns: ['', 'answers/s', 'ratio', 'p50 ms', 'p95 ms', 'p99 ms', 'refused', 'unanswered'],
      rows: results.map((result) => [
        label(result),
        result.answersPerSecond,
        result.gateway === 'gateway' ? `${ratios[result.mix]}x` : '1x',
        result.latency.all.p50,
        result.latency.all.p95,
        result.latency.all.p99,
        sum(result.errors),
        result.pending,
      ]),
    },
    {
      columns: ['', 'pages p50', 'by id p50', 'stale', 'on arrival', 'went back', 'calls', 'throttles'],
      rows: results.map((result) => [
        label(result),
        result.latency.pages.count ? result.latency.pages.p50 : '-',
        result.latency.records.count ? result.latency.records.p50 : '-',
        result.stale,
        result.staleOnArrival,
        result.wentBack,
        result.calls,
        `${result.isComplete ? '' : 'over '}${result.throttles}`,
      ]),
    },
  ];
}

const notesOf = (warmed: number): string[] => [
  'Each caller asks again as soon as it has its answer, and a second later when it was refused. By id: a form’s fields of any record of the working set, all as likely. A page: 20 records with the same fields, the last modified first; half of the readers of a page go on to the next. All callers come from one address, so the gateway takes them for one caller.',
  `The gateway read the working set once before, at the quota’s pace, in ${warmed} s. The plain one keeps nothing between requests.`,
  'Stale: shown older than what the emulator held more than CACHE_FRESH_MS before it was asked for; on arrival: before the answer came. Went back: older than what the same gateway had shown before. Throttles are those of the emulator’s log.',
];
