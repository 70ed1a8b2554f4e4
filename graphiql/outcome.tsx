/**
 * Below the response: what was wrong with it, in sentences, and what it cost, since AWS's quota is small and shared by a
 * company.
 */
import type { Estimate } from './dry-run.ts';
import { createValue, useValue } from './value.ts';

/** An error of an answer, or a user error of a mutation. */
export type Problem = { message: string; code?: string; extensions?: { code?: string } };
type Upstream = {
  calls: Record<string, number>;
  cached: number;
  waitedMs: number;
  quota: Record<'read' | 'write', { perSecond: number; remaining24h: number }>;
  dryRun?: Estimate;
};

/** An answer of the gateway. */
export interface Answer {
  data?: unknown;
  errors?: Problem[];
  extensions?: { upstream?: Upstream };
}

/** A shorter wait is only a turn of the event loop. */
const shortestWaitMs = 10;
/** The most problems that are listed; the response has them all. */
const mostProblems = 3;

const last = createValue<{ cost?: Upstream | undefined; problems: Problem[] }>({ problems: [] });

/** The `userErrors` of every mutation of an answer. */
function userErrors(data: unknown): Problem[] {
  return Object.values(data ?? {}).flatMap(
    (payload) => (payload as { userErrors?: Problem[] } | null)?.userErrors ?? [],
  );
}

/** Records an answer to what the visitor has run. One without a cost, as in production, leaves the last one. */
export function recordAnswer({ data, errors = [], extensions }: Answer): void {
  const cost = extensions?.upstream ?? last.get().cost;
  last.set({ cost, problems: [...errors, ...userErrors(data)] });
}

const listed = (calls: Record<string, number>): string =>
  Object.entries(calls)
    .map(([operation, count]) => `${count} × ${operation}`)
    .join(', ') || 'no upstream calls';

function costOf({ calls, cached, waitedMs, quota, dryRun }: Upstream): string {
  if (dryRun) return `Estimate: ${listed(dryRun.calls)}, at least ${dryRun.seconds} s`;
  const spent = [
    listed(calls),
    cached > 0 ? `${cached} from cache` : [],
    waitedMs >= shortestWaitMs ? `waited ${waitedMs} ms for quota` : [],
  ].flat();
  const left = `left (24 h): ${quota.read.remaining24h.toLocaleString('en')} reads, ${quota.write.remaining24h.toLocaleString('en')} writes`;
  return `${spent.join(', ')} · ${left}`;
}

/** The lines below the response. */
export function Outcome() {
  const { cost, problems } = useValue(last);
  const more = problems.length - mostProblems;
  return (
    <output className="outcome">
      {problems.slice(0, mostProblems).map(({ message, code, extensions }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole
        <span className="problem" key={index}>
          <strong>{code ?? extensions?.code ?? 'Error'}</strong> {message}
        </span>
      ))}
      {more > 0 && <span className="problem">… and {more} more, in the response.</span>}
      <span>{cost ? costOf(cost) : 'The upstream cost of the last response appears here.'}</span>
    </output>
  );
}
