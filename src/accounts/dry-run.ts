/**
 * The price of an operation before it is paid: with the header `X-Upstream-Dry-Run: 1` an operation is planned as ever,
 * but every call of AWS is only counted and answered with the most that it could bring.
 */
import { readOnly } from '../records/cache.ts';
import { createCoalescer } from '../records/coalesce.ts';
import { createWriteQueue } from '../records/write-queue.ts';
import { noBreaker } from '../upstream/breaker.ts';
import { dryRunSend } from '../upstream/dry-run-answers.ts';
import type { Account } from './account.ts';

/** The same account for a request that calls nobody: it sees what is cached and leaves nothing behind. */
export function dryRun(account: Account): Account {
  const cache = readOnly(account.cache);
  return {
    ...account,
    cache,
    coalescer: createCoalescer(),
    queue: createWriteQueue(),
    sdkSend: dryRunSend(),
    breaker: noBreaker,
    quota: { ...account.quota, take: async () => 0, throttled() {} },
    telemetry: { ...account.telemetry, call: () => ({ end() {} }) },
  };
}
