/** What an operator learns of bulk jobs. */
import { metrics, type ObservableResult } from '@opentelemetry/api';
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
  const jobs = meter.createObservableGauge('partner_central.bulk.jobs', {
    description: `Bulk jobs that have not ended, by status: ${statuses.join(', ')}.`,
  });
  const age = meter.createObservableGauge('partner_central.bulk.age', {
    unit: 's',
    description: 'Since the oldest bulk job was created that has not ended and is not paused; 0 without one.',
  });
  function observeJobs(result: ObservableResult): void {
    for (const status of statuses) {
      const count = unfinished.filter((job) => job.status === status).length;
      result.observe(count, { account, status });
    }
  }
  function observeAge(result: ObservableResult): void {
    const [oldest] = unfinished.filter(({ status }) => status !== 'PAUSED');
    const seconds = oldest ? (seenAt - Date.parse(oldest.createdAt)) / 1_000 : 0;
    result.observe(Math.max(0, seconds), { account });
  }
  jobs.addCallback(observeJobs);
  age.addCallback(observeAge);
  return {
    /** @param now in milliseconds since 1970 */
    sawUnfinished(jobs: readonly BulkJob[], now: number): void {
      unfinished = jobs;
      seenAt = now;
    },
    settled: (outcome: SettledOutcome) => items.add(1, { account, outcome }),
    /** Reports the account's jobs no longer. */
    stop(): void {
      jobs.removeCallback(observeJobs);
      age.removeCallback(observeAge);
    },
  };
}

export type BulkMetrics = ReturnType<typeof createBulkMetrics>;
