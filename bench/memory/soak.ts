/** The load of section (c) at full speed and for long: does memory grow? */
import { setTimeout as sleep } from 'node:timers/promises';
import { askAround } from '../crowd/callers.ts';
import { keepChanging } from '../crowd/watch.ts';
import { createWitness } from '../crowd/witness.ts';
import { plenty, startGateway } from '../tools/gateways.ts';
import type { Memory, Program } from '../tools/programs.ts';
import type { Section } from '../tools/report.ts';
import { round } from '../tools/statistics.ts';
import { startUpstream, unbounded } from '../tools/upstream.ts';

const lookEveryMs = 30_000;
const mega = (bytes: number): number => round(bytes / 1_000_000, 1);

type Sample = Memory & { atSeconds: number };

async function watch(gateway: Program, signal: AbortSignal): Promise<Sample[]> {
  const started = performance.now();
  const samples: Sample[] = [];
  for (;;) {
    const isOver = await sleep(lookEveryMs, false, { signal }).catch(() => true);
    const sample = { atSeconds: round((performance.now() - started) / 1_000), ...(await gateway.memory()) };
    samples.push(sample);
    console.log(`${sample.atSeconds} s: RSS ${mega(sample.rss)} MB, heap ${mega(sample.heapUsed)} MB`);
    if (isOver) return samples;
  }
}

export async function soak(minutes: number): Promise<Section> {
  await using upstream = await startUpstream(unbounded);
  const ids = await upstream.fill(500);
  await using gateway = await startGateway('gateway', upstream.url, { env: plenty, isWatched: true });
  const witness = createWitness(3_000);
  const signal = AbortSignal.timeout(minutes * 60_000);
  const mix = { name: '9 of 10 by id, 1 of 10 a page', pages: 0.1 };
  const crowd = { url: gateway.url, ids, callers: 200, mix, witness, signal };
  const [tally, samples] = await Promise.all([
    askAround(crowd),
    watch(gateway, signal),
    keepChanging(upstream, ids, witness, signal),
  ]);
  const answers = tally.records.length + tally.pages.length;
  const { stale, wentBack } = witness.verdicts;
  const errors = Object.fromEntries(tally.errors);
  return {
    title: `Soak: ${minutes} minutes, ${answers} answers`,
    tables: [
      {
        columns: ['at', 'heap MB', 'RSS MB'],
        rows: samples.map(({ atSeconds, heapUsed, rss }) => [`${atSeconds} s`, mega(heapUsed), mega(rss)]),
      },
    ],
    notes: [
      `Callers, records, mix and changes as in (c), without a quota or latency upstream. Stale ${stale}, went back ${wentBack}, refused ${JSON.stringify(errors)}.`,
    ],
    figures: { minutes, answers, samples, errors, ...witness.verdicts },
  };
}
