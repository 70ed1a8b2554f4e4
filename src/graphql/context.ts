import type { Account } from '../accounts/account.ts';
import type { Claims } from '../accounts/claims.ts';
import type { TagInput } from '../generated/schema-types.ts';
import type { BulkJobs } from '../jobs/bulk/jobs.ts';
import type { DeferredEdits } from '../jobs/deferred/edits.ts';
import type { Jobs } from '../jobs/open.ts';
import type { BackgroundWrites } from '../records/background-writes.ts';
import { createEngagementWriter } from '../records/engagement-writer.ts';
import { createFeed } from '../records/feed.ts';
import type { RequestScope } from '../records/in-flight.ts';
import { createInvitationWriter } from '../records/invitation-writer.ts';
import { createInvitationLoaders } from '../records/invitations.ts';
import { createLoaders } from '../records/loaders.ts';
import { readyIndex } from '../records/opportunity-index.ts';
import { createPages } from '../records/pages.ts';
import { createFindByIdentifier } from '../records/partner-identifiers.ts';
import { createRelated } from '../records/related.ts';
import { createSharingLoader, ensureSharing } from '../records/sharing.ts';
import { setTags } from '../records/tag-writes.ts';
import { createTaskLoaders } from '../records/tasks.ts';
import { createWriter } from '../records/writer.ts';
import type { Priority } from '../upstream/quota/ring.ts';
import { sendFor, type UpstreamRequest } from '../upstream/send.ts';
import type { UnknownEnumValue } from './open-enums.ts';
import type { Streamed } from './streamed.ts';

/** A caller's request, as seen by resolvers and plugins. */
export type CallerRequest = UpstreamRequest & {
  idempotencyKey: string | undefined;
  /** AWS values in the response that the schema does not have. */
  unknownEnumValues: UnknownEnumValue[];
  scopes: ReadonlySet<string>;
  /** What is claimed about the caller, by the token or the router. */
  claims: Claims;
  /** The names of the accounts that the caller may use. */
  accounts: readonly string[];
  /** The most records that the operation can return; set once its variables are known. */
  records: number;
  /** Settles when the response has been written as text; set when the operation has been executed. */
  written: Promise<void> | undefined;
  /** Aborted if the caller disconnects before the response has been sent. */
  disconnected: AbortSignal;
  /** Aborted when no one waits for the response any more: at the deadline, or if the caller disconnects. */
  abandoned: AbortSignal;
  /** Set if the request comes over a transport for subscriptions. */
  streamed: Streamed | undefined;
};

/** The counters of a new request. */
export const freshCounters = (): Pick<
  CallerRequest,
  'made' | 'calls' | 'cached' | 'waitedMs' | 'unknownEnumValues' | 'records' | 'written'
> => ({
  made: 0,
  calls: {},
  cached: 0,
  waitedMs: 0,
  unknownEnumValues: [],
  records: 0,
  written: undefined,
});

/** The same request for a dry run on its behalf. It inherits the rest, so that signals are still created on first use. */
export function planningRequest(request: CallerRequest): CallerRequest {
  return Object.assign(Object.create(request) as CallerRequest, freshCounters(), { isDryRun: true });
}

/** An account, and the state of its work that outlives a request. */
export type ServedAccount = Account & { jobs: Jobs; bulk: BulkJobs; deferred: DeferredEdits };

/**
 * The context of resolvers, for one request to one account.
 *
 * @param background present for work that outlives a request: its calls are made after everyone else's
 */
export function createContext(account: ServedAccount, request: CallerRequest, background?: BackgroundWrites) {
  const {
    cache,
    coalescer,
    queue,
    quota,
    clock,
    name,
    catalog,
    changes,
    finishedTasks,
    related: caches,
  } = account;
  const { index, sightings, syncIntervalMs: retryAfterMs } = account;
  const list = `${name} ${catalog}`;
  /** @param end the signal of the request that ends its waiting */
  const scopeOf = (priority: Priority, end: 'abandoned' | 'signal', mayExceed = false): RequestScope => ({
    request,
    priority,
    send: sendFor(account, request, { priority, waits: () => request[end], mayExceed }),
    get signal() {
      return request[end];
    },
  });
  const reading = background ? scopeOf('background', 'abandoned') : scopeOf('interactive', 'abandoned');
  /** For mutations: their calls have priority and are completed even if the caller disconnects. */
  const writing = background ? reading : scopeOf('write', 'signal');
  /** For what follows the first write of an update: its outcome is found out regardless of the limit of calls. */
  const finishing = background ? reading : scopeOf('write', 'signal', true);
  const writes = { scope: writing, finishing, background, clock, queue };
  const indexed = () => readyIndex(index, retryAfterMs);
  const loaders = createLoaders({ scope: reading, coalescer, cache, quota, clock });
  const related = createRelated({ scope: reading, coalescer, clock, caches, account: list });
  const writer = createWriter({
    ...writes,
    coalescer,
    cache,
    quota,
    loaders,
    finishedTasks,
    related,
    written: account.written,
  });
  const { ownAccount } = caches;
  const invitations = createInvitationLoaders(
    { scope: reading, coalescer, caches: account.invitations },
    list,
  );
  const tasks = createTaskLoaders({ scope: reading, coalescer, finished: finishedTasks, account: list });
  return {
    account,
    request,
    /** What outlives the request; mutations that need it begin with `requireJobs(jobs)`. */
    jobs: account.jobs,
    /** How a query reads: nothing is sent any more when no one waits for the response. */
    reading,
    quota,
    loaders,
    related,
    /** Writes of engagements. */
    engagements: createEngagementWriter({ ...writes, caches, related, changes }),
    /** The index. @throws Fault INDEX_OFF or INDEX_BUILDING */
    index: indexed,
    /** The opportunity with one of the partner's own identifiers. */
    findByIdentifier: createFindByIdentifier({
      index: indexed,
      reader: account.indexReader,
      sightings,
      coalescer,
      scope: reading,
    }),
    /** The feed of changes. */
    feed: createFeed({ index, sightings, scope: reading, account: list, retryAfterMs }),
    /** The problems with what this account shares in engagements, by the ids of these. */
    sharing: createSharingLoader({ related, loaders }),
    tasks,
    invitations: {
      ...invitations,
      ...createInvitationWriter({
        ...writes,
        caches: account.invitations,
        cache,
        changes,
        invitations,
        tasks,
        finishedTasks,
        related,
      }),
    },
    records: {
      /** A page of opportunities. */
      page: createPages(reading, { coalescer, cache, sightings, account: list, index: indexed }),
      ...writer,
      /** Makes the tags of a resource be these, see `setTags`. @throws Fault */
      setTags: (arn: string, tags: TagInput[]) =>
        setTags(arn, tags, { scope: writing, cache: caches.tags, write: writer.write, loader: related.tags }),
      /** Sees to it that jobs keep this account's opportunities in an engagement current. @throws Fault */
      ensureSharing: (engagementId: string, tokenOf: (resourceId: string) => string) =>
        ensureSharing(engagementId, tokenOf, { scope: writing, coalescer, ownAccount, writer, related }),
    },
  };
}

export type Context = ReturnType<typeof createContext>;
