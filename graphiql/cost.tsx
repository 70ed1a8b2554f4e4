/** What the last response cost, below it: AWS's quota is small and shared by a company. */
import { useSyncExternalStore } from 'react';

type Upstream = {
  calls: Record<string, number>;
  cached: number;
  waitedMs: number;
  quota: Record<'read' | 'write', { perSecond: number; remaining24h: number }>;
  dryRun?: { calls: Record<string, number>; seconds: number };
};

/** A shorter wait is only a turn of the event loop. */
const shortestWaitMs = 10;

let last: Upstream | undefined;
let listener = (): void => {};

/** Records the cost of a response; without one, as in production, the line does not change. */
export function recordCost(response: unknown): void {
  const { upstream } = (response as { extensions?: { upstream?: Upstream } }).extensions ?? {};
  if (!upstream) return;
  last = upstream;
  listener();
}

function subscribe(next: () => void): () => void {
  listener = next;
  return () => {
    listener = () => {};
  };
}

const listed = (calls: Record<string, number>): string =>
  Object.entries(calls)
    .map(([operation, count]) => `${count} × ${operation}`)
    .join(', ') || 'no upstream calls';

function textOf({ calls, cached, waitedMs, quota, dryRun }: Upstream): string {
  if (dryRun) return `Estimate: ${listed(dryRun.calls)}, at least ${dryRun.seconds} s`;
  const spent = [
    listed(calls),
    cached > 0 ? `${cached} from cache` : [],
    waitedMs >= shortestWaitMs ? `waited ${waitedMs} ms for quota` : [],
  ].flat();
  const left = `left (24 h): ${quota.read.remaining24h.toLocaleString('en')} reads, ${quota.write.remaining24h.toLocaleString('en')} writes`;
  return `${spent.join(', ')} · ${left}`;
}

/** The line below the response. */
export function Cost() {
  const cost = useSyncExternalStore(subscribe, () => last);
  return (
    <output className="cost">
      {cost ? textOf(cost) : 'The upstream cost of the last response appears here.'}
    </output>
  );
}
