/** One AWS account and catalog: everything that tenants must not share. */
import type { Clock } from '../clock.ts';
import { decodePicklists } from '../domain/decode.ts';
import { createRecordCache, type RecordCacheOptions } from '../records/cache.ts';
import { createChanges } from '../records/changes.ts';
import { createCoalescer } from '../records/coalesce.ts';
import { createIndexReader } from '../records/index-reader.ts';
import { createInvitationCaches, followInvitations } from '../records/invitation-caches.ts';
import { createOpportunityIndex } from '../records/opportunity-index.ts';
import { createRelatedCaches } from '../records/related.ts';
import { createSightings, type PublishRow } from '../records/sightings.ts';
import { createFinishedTasks } from '../records/task-lists.ts';
import { createTaskPoller } from '../records/task-poller.ts';
import { createTimeline } from '../records/timeline.ts';
import { createWatchedParts } from '../records/watched.ts';
import { createWriteQueue } from '../records/write-queue.ts';
import { createWritten } from '../records/written.ts';
import type { ViewRule } from '../settings/accounts.ts';
import type { Telemetry } from '../telemetry.ts';
import type { Breaker } from '../upstream/breaker.ts';
import { createDenials } from '../upstream/denials.ts';
import type { Quota } from '../upstream/quota/governor.ts';
import type { SdkSend } from '../upstream/send.ts';
import type { Audit } from './audit.ts';

/** Shared by all accounts of a process. */
export type Runtime = { clock: Clock; telemetry: Telemetry; audit: Audit };

export type AccountOptions = {
  /** Used in keys, cursors, metrics and the log. */
  name: string;
  catalog: string;
  /** Enables mutations. */
  mayWrite: boolean;
  /** Limits what its callers see; without it, they see everything. */
  view?: ViewRule | undefined;
  sdkSend: SdkSend;
  quota: Quota;
  breaker: Breaker;
  cache: Omit<RecordCacheOptions, 'clock'>;
  /** How long AWS's view of an opportunity is fresh. */
  awsSummaryFreshMs: number;
  /** Whether it keeps an index of its opportunities. */
  hasIndex: boolean;
  /** How often that is brought up to date. */
  syncIntervalMs: number;
  /** Whether it receives AWS's events. */
  hasEvents: boolean;
  /** Sends the rows of the index that this replica was the first to see to the others. */
  publishRow?: PublishRow | undefined;
};

export function createAccount(
  { cache: cacheOptions, awsSummaryFreshMs, hasIndex, publishRow, ...options }: AccountOptions,
  runtime: Runtime,
) {
  const cache = createRecordCache({ ...cacheOptions, clock: runtime.clock });
  const changes = createChanges();
  const index = hasIndex ? createOpportunityIndex() : undefined;
  const sightings = createSightings({ clock: runtime.clock, cache, changes, index, publish: publishRow });
  const finishedTasks = createFinishedTasks(changes);
  const invitations = createInvitationCaches(runtime.clock, cacheOptions.freshMs);
  changes.listen((change) => followInvitations(invitations, change));
  // AWS's events report writes as well.
  const written = index && !options.hasEvents ? createWritten(index, runtime.clock) : undefined;
  changes.listen((change) => {
    if (change.type === 'Task' && change.task.opportunityId) written?.note(change.task.opportunityId);
  });
  return {
    ...options,
    ...runtime,
    /** Applied to every AWS response, see `UpstreamOptions`. */
    decode: decodePicklists,
    cache,
    changes,
    /** Undefined with INDEX=off. */
    index,
    invitations,
    sightings,
    indexReader: index && createIndexReader(index, sightings),
    /** What the index has to be asked for; undefined without one, or if events report it. */
    written,
    denials: createDenials(),
    coalescer: createCoalescer(),
    queue: createWriteQueue(),
    related: createRelatedCaches(runtime.clock, {
      awsSummaries: awsSummaryFreshMs,
      engagements: cacheOptions.freshMs,
    }),
    finishedTasks,
    timeline: createTimeline(),
    watched: createWatchedParts(runtime.clock),
    taskPoller: createTaskPoller(runtime.clock, finishedTasks),
  };
}

export type Account = ReturnType<typeof createAccount>;
