/** What an operator learns of bulk jobs. */
import { metrics } from '@opentelemetry/api';
import type { BulkJob, SettledOutcome } from './model.ts';

const statuses = ['QUEUED', 'RUNNING', 'PAUSED'] as const;
const outcomes = ['DONE', 'SKIPPED', 'FAILED'] as const satisfies readonly SettledOutcome[];

/** The metrics of an account's bulk jobs. Each replica that carries out jobs reports the unfinished ones of all. */
export function createBulkMetrics(account: string) {
  const meter = metrics.getMeter('partner-central-graphql');
  let unfinished: readonly BulkJob[] = [];
  let seenAt = 0;
  const items = meter.createCounter('partner_central.bulk.items', {
    description: `Items of bulk jobs that were settled, by outcome: ${outcomes.join(', ')}.`,
  });
  for (const outcome of outcomes) items.add(0, { account, outcome });
  meter
    .createObservableGauge('partner_central.bulk.jobs', {
      description: `Bulk jobs that have not ended, by status: ${statuses.join(', ')}.`,
    })
    .addCallback((result) => {
      for (const status of statuses) {
        const count = unfinished.filter((job) => job.status === status).length;
        result.observe(count, { account, status });
      }
    });
  meter
    .createObservableGauge('partner_central.bulk.age', {
      unit: 's',
      description:
        'Since the oldest bulk job was created that has not ended and is not paused; 0 without one.',
    })
    .addCallback((result) => {
      const [oldest] = unfinished.filter(({ status }) => status !== 'PAUSED');
      const seconds = oldest ? (seenAt - Date.parse(oldest.createdAt)) / 1_000 : 0;
      result.observe(Math.max(0, seconds), { account });
    });
  return {
    /** @param now in milliseconds since 1970 */
    sawUnfinished(jobs: readonly BulkJob[], now: number): void {
      unfinished = jobs;
      seenAt = now;
    },
    settled: (outcome: SettledOutcome) => items.add(1, { account, outcome }),
  };
}

export type BulkMetrics = ReturnType<typeof createBulkMetrics>;
