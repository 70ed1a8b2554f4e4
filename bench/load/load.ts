/** Section (c): many callers, a changing working set, and the quota of one account. */
import { type GatewayName, startGateway } from '../tools/gateways.ts';
import { createClient } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import { detail, entitiesQuery, refsOf } from '../tools/queries.ts';
import type { Section } from '../tools/report.ts';
import { percentile, round } from '../tools/statistics.ts';
import { awsLike, startUpstream, type Upstream } from '../tools/upstream.ts';
import { changeRecords, countTraffic, type Traffic, untilIdle } from './activity.ts';
import { type LoadResult, type Mix, runCallers } from './callers.ts';
import { createStalenessCheck, type StalenessCounts } from './staleness.ts';

/** The default of CACHE_FRESH_MS. */
const freshMs = 3_000;
/** What a gateway with events promises, regardless of CACHE_FRESH_MS: a second after the event, which here comes at once. */
const withEvents = { freshMs: 1_000, cacheFreshMs: 300_000 };
const callers = 200;
const mixed: Mix = { name: '90 % records, 10 % pages', pages: 0.1 };
const byId: Mix = { name: 'records only', pages: 0 };

/** What is compared: a gateway, and how long it may show a record that has changed. */
type Variant = {
  label: string;
  name: GatewayName;
  freshMs: number;
  envFor(upstream: Upstream): Record<string, string>;
};
const variants: readonly Variant[] = [
  { label: 'gateway', name: 'gateway', freshMs, envFor: () => ({}) },
  {
    label: 'gateway with events',
    name: 'gateway',
    freshMs: withEvents.freshMs,
    envFor: ({ url }) => ({
      CACHE_FRESH_MS: String(withEvents.cacheFreshMs),
      EVENTS_QUEUE_URL: `${url}/123456789012/partner-central-events`,
    }),
  },
  { label: 'plain', name: 'plain', freshMs, envFor: () => ({}) },
];

type Result = {
  gateway: string;
  mix: string;
  seconds: number;
  answersPerSecond: number;
  latency: Record<'records' | 'pages' | 'all', { count: number; p50: number; p95: number; p99: number }>;
  errors: Record<string, number>;
  pending: number;
  changes: number;
} & StalenessCounts &
  Traffic;

const latencyOf = (times: number[]) => ({
  count: times.length,
  p50: round(percentile(times, 0.5), 1),
  p95: round(percentile(times, 0.95), 1),
  p99: round(percentile(times, 0.99), 1),
});

function latencies({ records, pages }: LoadResult): Result['latency'] {
  return { records: latencyOf(records), pages: latencyOf(pages), all: latencyOf([...records, ...pages]) };
}

type Run = { variant: Variant; url: string; upstream: Upstream; ids: readonly string[] };

async function measure({ variant, url, upstream, ids }: Run, mix: Mix, seconds: number): Promise<Result> {
  const staleness = createStalenessCheck(variant.freshMs);
  const signal = AbortSignal.timeout(seconds * 1_000);
  const [loadResult, changes, traffic] = await Promise.all([
    runCallers({ url, ids, callers, mix, staleness, signal }),
    changeRecords(upstream, ids, staleness, signal),
    countTraffic(upstream, signal),
  ]);
  const latency = latencies(loadResult);
  return {
    gateway: variant.label,
    mix: mix.name,
    seconds,
    answersPerSecond: round(latency.all.count / seconds, 1),
    latency,
    errors: Object.fromEntries(loadResult.errors),
    pending: loadResult.pending,
    changes,
    ...staleness.counts,
    longestMs: round(staleness.counts.longestMs),
    ...traffic,
  };
}

/** Reads the whole working set once, at the pace of the quota. @returns the duration in seconds */
async function warmUp(url: string, ids: readonly string[]): Promise<number> {
  const started = performance.now();
  using client = createClient(url);
  for (let from = 0; from < ids.length; from += 100) {
    const { errors } = await client.query(entitiesQuery(detail), refsOf(ids.slice(from, from + 100)));
    if (errors[0]) throw new Error(`The working set could not be read: ${errors[0].message}`);
  }
  return round((performance.now() - started) / 1_000, 1);
}

export async function measureLoad({ quick }: Options): Promise<Section> {
  const [workingSet, seconds, secondsById] = quick ? [60, 5, 0] : [500, 60, 15];
  const results: Result[] = [];
  let warmUpSeconds = 0;
  for (const variant of variants) {
    await using upstream = await startUpstream(awsLike);
    const ids = (await upstream.fill(Math.max(250, workingSet))).slice(0, workingSet);
    await using gateway = await startGateway(variant.name, upstream.url, { env: variant.envFor(upstream) });
    const run = { variant, url: gateway.url, upstream, ids };
    if (variant.name === 'gateway') warmUpSeconds = await warmUp(gateway.url, ids);
    results.push(await measure(run, mixed, seconds));
    if (secondsById === 0) continue;
    await untilIdle(upstream);
    results.push(await measure(run, byId, secondsById));
  }
  return {
    title: `(c) ${callers} callers, a working set of ${workingSet}, one change every two seconds`,
    tables: tablesOf(results),
    notes: notesOf(warmUpSeconds),
    data: { workingSet, callers, freshMs, warmUpSeconds, results, ratios: ratiosOf(results) },
  };
}

const keyOf = ({ gateway, mix }: Pick<Result, 'gateway' | 'mix'>): string => `${gateway}: ${mix}`;

/** The responses of each in relation to those of the plain one. */
function ratiosOf(results: Result[]): Record<string, number> {
  const of = (gateway: string, mix: string) =>
    results.find((result) => result.gateway === gateway && result.mix === mix)?.answersPerSecond ?? 0;
  return Object.fromEntries(
    results.map(({ gateway, mix }) => [
      keyOf({ gateway, mix }),
      round(of(gateway, mix) / Math.max(0.1, of('plain', mix)), 1),
    ]),
  );
}

function tablesOf(results: Result[]): Section['tables'] {
  const ratios = ratiosOf(results);
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
  return [
    {
      columns: ['', 'responses/s', 'ratio', 'p50 ms', 'p95 ms', 'p99 ms', 'errors', 'pending'],
      rows: results.map((result) => [
        keyOf(result),
        result.answersPerSecond,
        `${ratios[keyOf(result)]}x`,
        result.latency.all.p50,
        result.latency.all.p95,
        result.latency.all.p99,
        sum(result.errors),
        result.pending,
      ]),
    },
    {
      columns: ['', 'page p50', 'record p50', 'stale', 'on arrival', 'backwards', 'calls', 'throttles'],
      rows: results.map((result) => [
        keyOf(result),
        result.latency.pages.count ? result.latency.pages.p50 : '-',
        result.latency.records.count ? result.latency.records.p50 : '-',
        result.stale,
        result.staleOnArrival,
        result.wentBackwards,
        result.calls,
        `${result.isComplete ? '' : '> '}${result.throttles}`,
      ]),
    },
  ];
}

const notesOf = (warmUpSeconds: number): string[] => [
  'Each caller sends its next request at once after a success, and a second after an error. Records: a form’s fields of a random record of the working set. Pages: 20 records with the same fields, the last modified first; half of the readers of a page continue with the next one. All callers have the same address, so the gateway treats them as one.',
  `The gateway read the working set once before, at the pace of the quota, in ${warmUpSeconds} s. The plain one has no cache between requests.`,
  `Stale: older than the emulator’s version CACHE_FRESH_MS before the request; on arrival: CACHE_FRESH_MS before the response. With events CACHE_FRESH_MS is ${withEvents.cacheFreshMs / 60_000} minutes, and ${withEvents.freshMs / 1_000} s counts instead. Backwards: older than a version that the same gateway had returned before. Throttles are counted in the emulator’s log.`,
];
