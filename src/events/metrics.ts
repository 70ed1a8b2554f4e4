/** What an operator learns of events. */
import { metrics } from '@opentelemetry/api';

/**
 * What became of an event: `foreign` are those of another account, catalog or source, `unknown` those of a type that this
 * release lacks; those that are `later` are received again.
 */
const outcomes = ['handled', 'duplicate', 'foreign', 'unknown', 'malformed', 'later'] as const;
export type EventOutcome = (typeof outcomes)[number];

/** Buckets in seconds: events are dated by the second, and usually come within a few. */
const boundaries = [1, 2, 3, 5, 10, 30, 60, 300, 900, 3_600];

/** The metrics of an account's events; each counter starts at 0, so that its first event is an increase. */
export function createEventMetrics(account: string) {
  const meter = metrics.getMeter('partner-central-graphql');
  const events = meter.createCounter('partner_central.events', {
    description: `Events of AWS, by outcome: ${outcomes.join(', ')}.`,
  });
  const lag = meter.createHistogram('partner_central.events.lag', {
    unit: 's',
    description: 'From the date of an event until it was handled.',
    advice: { explicitBucketBoundaries: boundaries },
  });
  const queueErrors = meter.createCounter('partner_central.events.queue_errors', {
    description: 'Calls of the queue of events that failed.',
  });
  for (const outcome of outcomes) events.add(0, { account, outcome });
  queueErrors.add(0, { account });
  return {
    count: (outcome: EventOutcome) => events.add(1, { account, outcome }),
    /** @param lagSeconds from the date of the event until now */
    handled(lagSeconds: number): void {
      events.add(1, { account, outcome: 'handled' });
      lag.record(Math.max(0, lagSeconds), { account });
    },
    queueError: () => queueErrors.add(1, { account }),
  };
}

export type EventMetrics = ReturnType<typeof createEventMetrics>;
