/** What the last response cost: AWS's quota is ten reads and one write a second, for the whole company. */
import { createStore } from './store.ts';

type Upstream = { calls: Record<string, number>; cached: number };

const last = createStore<Upstream | undefined>(undefined);

/** Records the cost of a response; a gateway in production does not report it. */
export function recordCost({ extensions }: { extensions?: Record<string, unknown> }): void {
  const upstream = extensions?.upstream as Upstream | undefined;
  if (upstream) last.set(upstream);
}

function textOf({ calls, cached }: Upstream): string {
  const listed = Object.entries(calls).map(([operation, count]) => `${count} × ${operation}`);
  const fromCache = cached > 0 ? `, ${cached} from cache` : '';
  return `Last response: ${listed.join(', ') || 'no upstream calls'}${fromCache}`;
}

/** The line in the page's footer. */
export function Cost() {
  const cost = last.use();
  return <p className="cost">{cost && textOf(cost)}</p>;
}
