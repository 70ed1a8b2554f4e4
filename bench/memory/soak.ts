/** The load of section (c) at full speed for a long time, to find memory leaks. */
import { setTimeout as sleep } from 'node:timers/promises';
import { changeRecords } from '../load/activity.ts';
import { runCallers } from '../load/callers.ts';
import { createStalenessCheck } from '../load/staleness.ts';
import { generousQuota, startGateway } from '../tools/gateways.ts';
import type { Memory, Program } from '../tools/programs.ts';
import type { Section } from '../tools/report.ts';
import { round } from '../tools/statistics.ts';
import { startUpstream, unlimited } from '../tools/upstream.ts';

const sampleIntervalMs = 30_000;
const toMegabytes = (bytes: number): number => round(bytes / 1_000_000, 1);

type Sample = Memory & { atSeconds: number };

async function sampleMemory(gateway: Program, signal: AbortSignal): Promise<Sample[]> {
  const started = performance.now();
  const samples: Sample[] = [];
  for (;;) {
    const isOver = await sleep(sampleIntervalMs, false, { signal }).catch(() => true);
    const sample = { atSeconds: round((performance.now() - started) / 1_000), ...(await gateway.memory()) };
    samples.push(sample);
    console.log(
      `${sample.atSeconds} s: RSS ${toMegabytes(sample.rss)} MB, heap ${toMegabytes(sample.heapUsed)} MB`,
    );
    if (isOver) return samples;
  }
}

export async function soak(minutes: number): Promise<Section> {
  await using upstream = await startUpstream(unlimited);
  const ids = await upstream.fill(500);
  await using gateway = await startGateway('gateway', upstream.url, {
    env: generousQuota,
    reportsMemory: true,
  });
  const staleness = createStalenessCheck(3_000);
  const signal = AbortSignal.timeout(minutes * 60_000);
  const mix = { name: '90 % records, 10 % pages', pages: 0.1 };
  const options = { url: gateway.url, ids, callers: 200, mix, staleness, signal };
  const [result, samples] = await Promise.all([
    runCallers(options),
    sampleMemory(gateway, signal),
    changeRecords(upstream, ids, staleness, signal),
  ]);
  const answers = result.records.length + result.pages.length;
  const { stale, wentBackwards } = staleness.counts;
  const errors = Object.fromEntries(result.errors);
  return {
    title: `Soak test: ${minutes} minutes, ${answers} responses`,
    tables: [
      {
        columns: ['time', 'heap MB', 'RSS MB'],
        rows: samples.map(({ atSeconds, heapUsed, rss }) => [
          `${atSeconds} s`,
          toMegabytes(heapUsed),
          toMegabytes(rss),
        ]),
      },
    ],
    notes: [
      `Callers, records, mix and changes as in (c), without quota or latency upstream. Stale: ${stale}, went backwards: ${wentBackwards}, errors: ${JSON.stringify(errors)}.`,
    ],
    data: { minutes, answers, samples, errors, ...staleness.counts },
  };
}
