/** What the last response cost: AWS's quota is ten reads and one write a second, for the whole company. */
import { useSyncExternalStore } from 'react';

type Upstream = { calls: Record<string, number>; cached: number };

let last: Upstream | undefined;
let listener = (): void => {};

/** Records the cost of a response; a gateway in production does not report it. */
export function recordCost({ extensions }: { extensions?: Record<string, unknown> }): void {
  const upstream = extensions?.upstream as Upstream | undefined;
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

function textOf({ calls, cached }: Upstream): string {
  const listed = Object.entries(calls).map(([operation, count]) => `${count} × ${operation}`);
  const fromCache = cached > 0 ? `, ${cached} from cache` : '';
  return `Last response: ${listed.join(', ') || 'no upstream calls'}${fromCache}`;
}

/** The line in the page's header. */
export function Cost() {
  const cost = useSyncExternalStore(subscribe, () => last);
  return <output className="cost">{cost && textOf(cost)}</output>;
}
