/** Sections (a) and (b): the upstream cost of a response, and its duration under AWS's quota. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type GatewayName, startGateway } from '../tools/gateways.ts';
import { createClient, type Data, errorName, type ResponseError } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import type { Section } from '../tools/report.ts';
import { round } from '../tools/statistics.ts';
import { awsLike, isThrottle, startUpstream, type Upstream } from '../tools/upstream.ts';
import { quickRuns, runs, type Step } from './scenarios.ts';

/** Longer than a quota window, so that no query waits because of the one before. */
const pauseMs = 1_200;
/** Longer than the default CACHE_FRESH_MS, so that no cached record is fresh. */
const expiryMs = 3_300;

export type Cost = {
  name: string;
  calls: number;
  byOperation: Record<string, number>;
  throttles: number;
  seconds: number;
  expected: number;
  /** The number of complete records in the response. */
  answered: number;
  errors: Record<string, number>;
};

/** The records of a response, from `_entities`, a list or aliases. */
function recordsOf(data: Data): Data[] {
  return data?._entities ?? data?.opportunities?.nodes ?? Object.values(data ?? {});
}

/** The number of records without an error at or below their path. */
function countComplete(data: Data, errors: readonly ResponseError[]): number {
  const isList = data?._entities || data?.opportunities;
  const keys = data?._entities || !isList ? 1 : 2;
  const broken = new Set(errors.map(({ path }) => String(isList ? path?.[keys] : path?.[0])));
  const names = isList ? undefined : Object.keys(data ?? {});
  return recordsOf(data).filter((record, index) => record && !broken.has(String(names?.[index] ?? index)))
    .length;
}

type Measurement = { cost: Cost; ids: string[] };

/** @param previousIds the ids of the previous response, some of which are changed before the query */
async function measure(
  step: Step,
  url: string,
  upstream: Upstream,
  previousIds: string[],
): Promise<Measurement> {
  const { name, query, variables, expected, isWarm, changes = 0 } = step;
  await sleep(isWarm ? expiryMs : pauseMs);
  for (const id of previousIds.slice(0, changes)) await upstream.touch(id, 'Call on Monday');
  await upstream.clearCalls();
  using client = createClient(url);
  const started = performance.now();
  const { data, errors } = await client.query(query, variables);
  const seconds = (performance.now() - started) / 1_000;
  const { total: calls, byOperation, log } = await upstream.calls();
  const codes = Map.groupBy(errors, errorName);
  const cost = {
    name,
    calls,
    byOperation,
    throttles: log.filter(isThrottle).length,
    seconds: round(seconds, 3),
    expected,
    answered: countComplete(data, errors),
    errors: Object.fromEntries([...codes].map(([code, { length }]) => [code, length])),
  };
  return { cost, ids: recordsOf(data).flatMap((record) => record?.id ?? []) };
}

export async function measureCosts(name: GatewayName, { quick }: Options): Promise<Section> {
  const measuredCosts: Cost[] = [];
  await using upstream = await startUpstream(awsLike);
  for (const steps of quick ? quickRuns : runs) {
    await using gateway = await startGateway(name, upstream.url);
    let previousIds: string[] = [];
    for (const step of steps) {
      const { cost, ids } = await measure(step, gateway.url, upstream, previousIds);
      measuredCosts.push(cost);
      previousIds = ids;
    }
  }
  const isOurs = name === 'gateway';
  return {
    title: isOurs ? '(a) Cost of a response: this gateway' : '(b) Cost of a response: the plain gateway',
    tables: [
      {
        columns: ['query', 'calls', 'seconds', 'throttles', 'records', 'errors'],
        rows: measuredCosts.map((cost) => [
          cost.name,
          cost.calls,
          cost.seconds.toFixed(2),
          cost.throttles,
          `${cost.answered}/${cost.expected}`,
          Object.entries(cost.errors)
            .map(([code, count]) => `${count} ${code}`)
            .join(', '),
        ]),
      },
    ],
    notes: [
      isOurs
        ? 'Calls and throttles are counted by the emulator, which enforces 10 reads per second; a call takes 80 ms. Each query is sent when no cached record is fresh.'
        : 'The same upstream and queries. Calls include the SDK’s retries; only complete records are counted. The seconds are measured until the response, complete or not. The emulator throttles without the latency of 80 ms, which favours throttled clients.',
    ],
    data: { costs: measuredCosts },
  };
}
