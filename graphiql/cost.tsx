/** What the last answer has cost, below it: AWS's quota is small and a whole company's. */
import { useSyncExternalStore } from 'react';

type Upstream = {
  calls: Record<string, number>;
  cached: number;
  waitedMs: number;
  quota: Record<'read' | 'write', { perSecond: number; remaining24h: number }>;
  dryRun?: { calls: Record<string, number>; seconds: number };
};

/** In milliseconds: what is shorter is no wait, only a turn of the event loop. */
const shortestWait = 10;

let last: Upstream | undefined;
let listener = (): void => {};

/** Takes note of an answer; one without a cost, such as introspection, leaves what is shown. */
export function recordCost(answer: unknown): void {
  const { upstream } = (answer as { extensions?: { upstream?: Upstream } }).extensions ?? {};
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
    .join(', ') || 'no upstream call';

function textOf({ calls, cached, waitedMs, quota, dryRun }: Upstream): string {
  if (dryRun) return `It would cost: ${listed(dryRun.calls)}, at least ${dryRun.seconds} s`;
  const spent = [
    listed(calls),
    cached > 0 ? `${cached} from memory` : [],
    waitedMs >= shortestWait ? `waited ${waitedMs} ms for the quota` : [],
  ].flat();
  const left = `left today: ${quota.read.remaining24h.toLocaleString('en')} reads, ${quota.write.remaining24h.toLocaleString('en')} writes`;
  return `${spent.join(', ')} · ${left}`;
}

/** The line below the answer. */
export function Cost() {
  const cost = useSyncExternalStore(subscribe, () => last);
  return (
    <output className="cost">{cost ? textOf(cost) : 'What an answer costs upstream is told here.'}</output>
  );
}
