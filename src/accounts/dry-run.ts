/**
 * Costs an operation without executing it: with the header `X-Upstream-Dry-Run: 1` it is planned as usual, but AWS calls
 * are only counted, and answered with the largest possible response.
 */
import { readOnly } from '../records/cache.ts';
import { createChanges } from '../records/changes.ts';
import { createCoalescer } from '../records/coalesce.ts';
import { createIndexReader } from '../records/index-reader.ts';
import { readOnlyInvitations } from '../records/invitation-caches.ts';
import { readOnlyRelated } from '../records/related.ts';
import { closedSightings } from '../records/sightings.ts';
import { createWriteQueue } from '../records/write-queue.ts';
import { noBreaker } from '../upstream/breaker.ts';
import { noDenials } from '../upstream/denials.ts';
import { dryRunSend } from '../upstream/dry-run-answers.ts';
import type { Account } from './account.ts';

/** The same account for a request that makes no calls: it reads the cache and changes nothing. */
export function dryRun<A extends Account>(account: A): A {
  const cache = readOnly(account.cache);
  return {
    ...account,
    cache,
    sightings: closedSightings,
    changes: createChanges(),
    invitations: readOnlyInvitations(account.invitations),
    indexReader: account.index && createIndexReader({ ...account.index }, closedSightings),
    written: undefined,
    related: readOnlyRelated(account.related),
    finishedTasks: {
      ...account.finishedTasks,
      note() {},
      results: { get: (id) => account.finishedTasks.results.get(id), set() {} },
    },
    coalescer: createCoalescer(),
    queue: createWriteQueue(),
    sdkSend: dryRunSend(),
    breaker: noBreaker,
    denials: noDenials,
    quota: { ...account.quota, take: async () => 0, throttled() {} },
    telemetry: { ...account.telemetry, call: () => ({ end() {} }) },
  };
}
