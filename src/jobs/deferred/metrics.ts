/** What an operator learns of deferred edits. */
import { metrics, type ObservableResult } from '@opentelemetry/api';
import { isWaiting, type StoredEdit } from './model.ts';

const outcomes = ['sent', 'failed'] as const;

/** The metrics of an account's deferred edits. Each replica reports the stored ones of all, and what it has sent itself. */
export function createDeferredMetrics(account: string) {
  const meter = metrics.getMeter('partner-central-graphql');
  let counts = { waiting: 0, failed: 0 };
  let ageSeconds = 0;
  const settled = meter.createCounter('partner_central.deferred.settled', {
    description: 'Deferred edits that AWS has taken or that cannot be made, by outcome: sent, failed.',
  });
  for (const outcome of outcomes) settled.add(0, { account, outcome });
  const edits = meter.createObservableGauge('partner_central.deferred.edits', {
    description: 'Stored deferred edits, by status: waiting for AWS, or failed and waiting for a person.',
  });
  const age = meter.createObservableGauge('partner_central.deferred.age', {
    unit: 's',
    description: 'Since the oldest deferred edit was made that waits for AWS; 0 without one.',
  });
  function observeEdits(result: ObservableResult): void {
    for (const [status, count] of Object.entries(counts)) result.observe(count, { account, status });
  }
  const observeAge = (result: ObservableResult) => result.observe(ageSeconds, { account });
  edits.addCallback(observeEdits);
  age.addCallback(observeAge);
  return {
    /**
     * @param stored all edits, oldest first
     * @param now in milliseconds since 1970
     */
    saw(stored: readonly StoredEdit[], now: number): void {
      const waiting = stored.filter(isWaiting);
      counts = { waiting: waiting.length, failed: stored.length - waiting.length };
      const [oldest] = waiting;
      ageSeconds = oldest ? Math.max(0, now - Date.parse(oldest.edit.createdAt)) / 1_000 : 0;
    },
    settled: (outcome: (typeof outcomes)[number]) => settled.add(1, { account, outcome }),
    /** Reports the account's edits no longer. */
    stop(): void {
      edits.removeCallback(observeEdits);
      age.removeCallback(observeAge);
    },
  };
}

export type DeferredMetrics = ReturnType<typeof createDeferredMetrics>;
