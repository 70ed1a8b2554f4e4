/** Sections (a) and (b): what one answer costs upstream, and how long it takes under the real quota. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type GatewayName, startGateway } from '../tools/gateways.ts';
import { createClient, type Data, type GraphQLFault, nameOf } from '../tools/http.ts';
import type { Options } from '../tools/options.ts';
import type { Section } from '../tools/report.ts';
import { round } from '../tools/statistics.ts';
import { isThrottle, real, startUpstream, type Upstream } from '../tools/upstream.ts';
import { quickRuns, runs, type Step } from './scenarios.ts';

/** Longer than a second of the quota, so that no question pays for the one before. */
const restMs = 1_200;
/** Longer than the default CACHE_FRESH_MS, so that nothing that is held is fresh. */
const settleMs = 3_300;

export type Cost = {
  name: string;
  calls: number;
  byOperation: Record<string, number>;
  throttles: number;
  seconds: number;
  wanted: number;
  /** How many records the answer holds. A record of which a part is missing is none. */
  answered: number;
  errors: Record<string, number>;
};

/** The records of an answer, whichever field they came by. An alias answers one, everything else a list. */
function recordsOf(data: Data): Data[] {
  return data?._entities ?? data?.opportunities?.nodes ?? Object.values(data ?? {});
}

/** A record is complete when no error stands at it or below. */
function countComplete(data: Data, errors: readonly GraphQLFault[]): number {
  const isList = data?._entities || data?.opportunities;
  const keys = data?._entities || !isList ? 1 : 2;
  const broken = new Set(errors.map(({ path }) => String(isList ? path?.[keys] : path?.[0])));
  const names = isList ? undefined : Object.keys(data ?? {});
  return recordsOf(data).filter((record, index) => record && !broken.has(String(names?.[index] ?? index)))
    .length;
}

type Measured = { cost: Cost; shown: string[] };

/** @param shown the ids that the answer before held, some of which may change now */
async function measure(step: Step, url: string, upstream: Upstream, shown: string[]): Promise<Measured> {
  const { name, query, variables, wanted, isWarm, changes = 0 } = step;
  await sleep(isWarm ? settleMs : restMs);
  for (const id of shown.slice(0, changes)) await upstream.touch(id, 'Call on Monday');
  await upstream.forget();
  using client = createClient(url);
  const started = performance.now();
  const { data, errors } = await client.ask(query, variables);
  const seconds = (performance.now() - started) / 1_000;
  const { total: calls, byOperation, log } = await upstream.calls();
  const codes = Map.groupBy(errors, nameOf);
  const cost = {
    name,
    calls,
    byOperation,
    throttles: log.filter(isThrottle).length,
    seconds: round(seconds, 3),
    wanted,
    answered: countComplete(data, errors),
    errors: Object.fromEntries([...codes].map(([code, { length }]) => [code, length])),
  };
  return { cost, shown: recordsOf(data).flatMap((record) => record?.id ?? []) };
}

export async function costs(name: GatewayName, { quick }: Options): Promise<Section> {
  const figures: Cost[] = [];
  await using upstream = await startUpstream(real);
  for (const steps of quick ? quickRuns : runs) {
    await using gateway = await startGateway(name, upstream.url);
    let shown: string[] = [];
    for (const step of steps) {
      const measured = await measure(step, gateway.url, upstream, shown);
      figures.push(measured.cost);
      shown = measured.shown;
    }
  }
  const isOurs = name === 'gateway';
  return {
    title: isOurs ? '(a) What an answer costs: this gateway' : '(b) What an answer costs: the plain gateway',
    tables: [
      {
        columns: ['asked for', 'calls', 'seconds', 'throttles', 'records', 'errors'],
        rows: figures.map((cost) => [
          cost.name,
          cost.calls,
          cost.seconds.toFixed(2),
          cost.throttles,
          `${cost.answered}/${cost.wanted}`,
          Object.entries(cost.errors)
            .map(([code, count]) => `${count} ${code}`)
            .join(', '),
        ]),
      },
    ],
    notes: [
      isOurs
        ? 'Calls and throttles are the emulator’s own count. It enforces 10 reads a second; a call takes 80 ms. Each question comes when nothing is fresh any more.'
        : 'The same upstream and questions. Calls count the SDK’s own tries; records are those that came whole. The seconds are those until the answer, complete or not. The emulator refuses at once, without the 80 ms, in favour of who is refused.',
    ],
    figures: { costs: figures },
  };
}
