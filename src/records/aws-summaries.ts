/** AWS's views of opportunities, one to a call. */
import DataLoader from 'dataloader';
import { calendar } from '../clock.ts';
import { isTakenUp } from '../domain/aws-summary.ts';
import { Fault } from '../fault.ts';
import type { Send } from '../upstream/send.ts';
import type { AwsSummary } from '../upstream/wire.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { readThrough, type TimedCache } from './timed-cache.ts';

/** AWS's view, null before AWS has taken the deal up, and when it was read. */
export type ReadSummary = { summary: AwsSummary | null; asOf: string };

type SummaryTools = {
  scope: RequestScope;
  coalescer: Coalescer;
  cache: TimedCache<ReadSummary>;
};

async function readSummary(id: string, send: Send): Promise<ReadSummary> {
  const asOf = calendar.instant();
  try {
    const summary = await send('GetAwsOpportunitySummary', { relatedOpportunityIdentifier: id });
    return { summary: isTakenUp(summary) ? summary : null, asOf };
  } catch (error) {
    // AWS does not document what it answers before it has taken a deal up: an empty view, or none.
    if (error instanceof Fault && error.code === 'NOT_FOUND') return { summary: null, asOf };
    throw error;
  }
}

/** The views of one request by the ids of their opportunities. */
export function createSummaryLoader(tools: SummaryTools): DataLoader<string, ReadSummary> {
  const name = 'GetAwsOpportunitySummary';
  const read = (id: string) =>
    readThrough(tools.cache, { name, key: id }, tools, (send) => readSummary(id, send)).catch(
      (error: Error) => error,
    );
  return new DataLoader((ids) => Promise.all(ids.map(read)));
}
