import type { Json } from './json.ts';

/** One call of an operation. Status 0: the socket was closed without a response. */
export type Call = {
  /** The partner account whose key signed the call. */
  account: string;
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
  /** The calls of one account, or of all. */
  report(account?: string): { total: number; byOperation: Record<string, number>; log: Call[] };
};

const keptCalls = 1000;

export function createCalls(): Calls {
  /** By account, then by operation. */
  const counts = new Map<string, Map<string, number>>();
  let log: Call[] = [];
  return {
    add: (call) => {
      const own = counts.get(call.account) ?? new Map<string, number>();
      own.set(call.operation, (own.get(call.operation) ?? 0) + 1);
      counts.set(call.account, own);
      log.push(call);
      if (log.length >= 2 * keptCalls) log = log.slice(-keptCalls);
    },
    clear: () => {
      counts.clear();
      log = [];
    },
    report: (account) => {
      const byOperation: Record<string, number> = {};
      for (const [owner, own] of counts)
        if (account === undefined || owner === account)
          for (const [operation, count] of own)
            byOperation[operation] = (byOperation[operation] ?? 0) + count;
      return {
        total: Object.values(byOperation).reduce((sum, count) => sum + count, 0),
        byOperation,
        log: log.slice(-keptCalls).filter((call) => account === undefined || call.account === account),
      };
    },
  };
}
