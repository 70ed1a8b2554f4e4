/** Metrics of the process. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Meter } from '@opentelemetry/api';

const resolutionMs = 10;

/** Observes the event loop delay since the last collection, and memory. Returns a function that stops it. */
export function watchProcess(meter: Meter): () => void {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  const lag = meter.createObservableGauge('nodejs.eventloop.delay', {
    unit: 's',
    description: 'Event loop delay since the last collection, by quantile.',
  });
  const memory = meter.createObservableGauge('process.memory.usage', {
    unit: 'By',
    description: 'Memory of the process: resident set size, and used heap.',
  });
  const observe: Parameters<Meter['addBatchObservableCallback']>[0] = (result) => {
    for (const [quantile, percentile] of [
      ['p50', 50],
      ['p99', 99],
      ['max', 100],
    ] as const) {
      const late = Math.max(0, delay.percentile(percentile) / 1e6 - resolutionMs);
      result.observe(lag, late / 1_000, { quantile });
    }
    delay.reset();
    const { rss, heapUsed } = process.memoryUsage();
    result.observe(memory, rss, { kind: 'resident' });
    result.observe(memory, heapUsed, { kind: 'heap' });
  };
  meter.addBatchObservableCallback(observe, [lag, memory]);
  return () => {
    meter.removeBatchObservableCallback(observe, [lag, memory]);
    delay.disable();
  };
}

/** A metric that is always 1, whose label is the version: dashboards join it, and alerts see a rollout. */
export function watchVersion(meter: Meter, version: string): void {
  meter
    .createObservableGauge('partner_central.build_info', {
      description: 'Always 1; the label is the version.',
    })
    .addCallback((result) => result.observe(1, { version }));
}
