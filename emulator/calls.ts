import type { Json } from './json.ts';

/** One call of an operation. Status 0: the socket was closed without a response. */
export type Call = {
  operation: string;
  at: string;
  status: number;
  error?: string;
  input: Json;
  requestId: string;
};

/** The calls made, for tests that count them. The totals are complete; the log keeps the newest thousand. */
export type Calls = {
  add(call: Call): void;
  clear(): void;
  report(): { total: number; byOperation: Record<string, number>; log: Call[] };
};

const keptCalls = 1000;

export function createCalls(): Calls {
  const counts = new Map<string, number>();
  let log: Call[] = [];
  return {
    add: (call) => {
      counts.set(call.operation, (counts.get(call.operation) ?? 0) + 1);
      log.push(call);
      if (log.length >= 2 * keptCalls) log = log.slice(-keptCalls);
    },
    clear: () => {
      counts.clear();
      log = [];
    },
    report: () => ({
      total: [...counts.values()].reduce((sum, count) => sum + count, 0),
      byOperation: Object.fromEntries(counts),
      log: log.slice(-keptCalls),
    }),
  };
}
