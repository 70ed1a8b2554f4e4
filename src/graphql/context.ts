import type { Account } from '../accounts/account.ts';
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
import { createLoaders, type Loaders } from '../records/loaders.ts';
import { readyIndex } from '../records/opportunity-index.ts';
import { createPages } from '../records/pages.ts';
import { createFindByIdentifier } from '../records/partner-identifiers.ts';
import { createRelated, type Related } from '../records/related.ts';
import { createSharingLoader, ensureSharing } from '../records/sharing.ts';
import { setTags } from '../records/tag-writes.ts';
import { createTaskLoaders } from '../records/tasks.ts';
import type { Viewer } from '../records/viewer.ts';
import { createWriteGuard } from '../records/write-guard.ts';
import { createWriter } from '../records/writer.ts';
import type { Quota } from '../upstream/quota/governor.ts';
import type { Priority } from '../upstream/quota/ring.ts';
import type { CallerRequest } from './caller-request.ts';
import { createScope, type ScopeOptions } from './scope.ts';
import { accountFor } from './views.ts';

/** An account, and the state of its work that outlives a request. */
export type ServedAccount = Account & { jobs: Jobs; bulk: BulkJobs; deferred: DeferredEdits };

type Parts = {
  loaders?: Loaders;
  related?: Related;
  engagements?: ReturnType<typeof createEngagementWriter>;
  findByIdentifier?: ReturnType<typeof createFindByIdentifier>;
  feed?: ReturnType<typeof createFeed>;
  sharing?: ReturnType<typeof createSharingLoader>;
  tasks?: ReturnType<typeof createTaskLoaders>;
  invitations?: ReturnType<RequestContext['createInvitations']>;
  records?: ReturnType<RequestContext['createRecords']>;
};

/**
 * The context of resolvers, for one request to one account. Its parts are created on first use: most requests need one or
 * two of them, and creating all would take longer than a request that is served from the cache.
 */
class RequestContext {
  /** As the caller sees it. */
  readonly account: ServedAccount;
  readonly request: CallerRequest;
  /** What outlives the request; mutations that need it begin with `requireJobs(jobs)`. */
  readonly jobs: Jobs;
  readonly quota: Quota;
  /** How a query reads: nothing is sent any more when no one waits for the response. */
  readonly reading: RequestScope;
  /** Present if the caller sees only some of the opportunities. */
  private readonly viewer: Viewer | undefined;
  private readonly background: BackgroundWrites | undefined;
  /** Shared by the copies that Apollo Server makes of a context. */
  private readonly parts: Parts = {};
  /** Reads an opportunity as the caller sees it; null if there is none. */
  private readonly loadOpportunity = (id: string) => this.loaders.summary.load(id);

  constructor(served: ServedAccount, request: CallerRequest, background?: BackgroundWrites) {
    const { account, viewer } = accountFor(served, request, this.loadOpportunity);
    this.account = account;
    this.viewer = viewer;
    this.request = request;
    this.jobs = account.jobs;
    this.quota = account.quota;
    this.background = background;
    this.reading = this.scopeOf(background ? 'background' : 'interactive', 'abandoned');
  }

  /** What the caller sees of the opportunities, if that is limited. */
  get view() {
    return this.viewer?.view;
  }

  get loaders() {
    const { cache, coalescer, quota, clock } = this.account;
    const { reading: scope, viewer } = this;
    this.parts.loaders ??= createLoaders({ scope, coalescer, cache, quota, clock, viewer });
    return this.parts.loaders;
  }

  get related() {
    const { coalescer, clock, related: caches } = this.account;
    const { reading: scope, list: account, viewer, loadOpportunity } = this;
    const tools = { scope, coalescer, clock, caches, account, viewer, loadOpportunity };
    this.parts.related ??= createRelated(tools);
    return this.parts.related;
  }

  /** Writes of engagements. */
  get engagements() {
    const { related, changes } = this.account;
    this.parts.engagements ??= createEngagementWriter({
      ...this.writes,
      caches: related,
      related: this.related,
      changes,
    });
    return this.parts.engagements;
  }

  /** The index. @throws Fault INDEX_OFF or INDEX_BUILDING */
  readonly index = () => readyIndex(this.account.index, this.account.syncIntervalMs);

  /** The opportunity with one of the partner's own identifiers. */
  get findByIdentifier() {
    const { indexReader: reader, sightings, coalescer } = this.account;
    const { index, reading: scope } = this;
    this.parts.findByIdentifier ??= createFindByIdentifier({ index, reader, sightings, coalescer, scope });
    return this.parts.findByIdentifier;
  }

  /** The feed of changes. */
  get feed() {
    const { index, sightings, syncIntervalMs: retryAfterMs } = this.account;
    this.parts.feed ??= createFeed({
      index,
      sightings,
      scope: this.reading,
      account: this.list,
      retryAfterMs,
      viewer: this.viewer,
    });
    return this.parts.feed;
  }

  /** The problems with what this account shares in engagements, by the ids of these. */
  get sharing() {
    this.parts.sharing ??= createSharingLoader({ related: this.related, loaders: this.loaders });
    return this.parts.sharing;
  }

  get tasks() {
    const { coalescer, finishedTasks: finished } = this.account;
    const { reading: scope, list: account, viewer } = this;
    this.parts.tasks ??= createTaskLoaders({ scope, coalescer, finished, account, viewer });
    return this.parts.tasks;
  }

  get invitations() {
    this.parts.invitations ??= this.createInvitations();
    return this.parts.invitations;
  }

  get records() {
    this.parts.records ??= this.createRecords();
    return this.parts.records;
  }

  /** Names the account's lists: a cursor is not valid in those of another account. */
  private get list() {
    return `${this.account.name} ${this.account.catalog}`;
  }

  private scopeOf(priority: Priority, end: ScopeOptions['end'], mayExceed = false): RequestScope {
    return createScope(this.account, this.request, { priority, end, mayExceed });
  }

  private get writes() {
    const background = this.background;
    const { clock, queue } = this.account;
    return {
      /** Calls of mutations have priority and are completed even if the caller disconnects. */
      scope: background ? this.reading : this.scopeOf('write', 'signal'),
      /** For what follows the first write of an update: its outcome is found out regardless of the limit of calls. */
      finishing: background ? this.reading : this.scopeOf('write', 'signal', true),
      background,
      clock,
      queue,
    };
  }

  private createInvitations() {
    const { coalescer, invitations: caches, cache, changes, finishedTasks } = this.account;
    const { related, tasks } = this;
    const invitations = createInvitationLoaders({ scope: this.reading, coalescer, caches }, this.list);
    return {
      ...invitations,
      ...createInvitationWriter({
        ...this.writes,
        caches,
        cache,
        changes,
        invitations,
        tasks,
        finishedTasks,
        related,
      }),
    };
  }

  private createRecords() {
    const { cache, coalescer, quota, finishedTasks, written, sightings, related: caches } = this.account;
    const { index, list, loaders, related, reading, writes, viewer, request, background } = this;
    const { scope } = writes;
    const { ownAccount } = caches;
    const writer = createWriter({
      ...writes,
      coalescer,
      cache,
      quota,
      loaders,
      finishedTasks,
      related,
      written,
      viewer,
      guard: viewer && createWriteGuard({ viewer, request, background, load: this.loadOpportunity }),
    });
    const isIndexed = () => this.account.index?.asOf !== undefined;
    return {
      /** A page of opportunities. */
      page: createPages(reading, { coalescer, cache, sightings, account: list, index, isIndexed, viewer }),
      ...writer,
      /** Makes the tags of a resource be these, see `setTags`. @throws Fault */
      setTags: (arn: string, tags: TagInput[]) =>
        setTags(arn, tags, { scope, cache: caches.tags, write: writer.write, loader: related.tags }),
      /** Sees to it that jobs keep this account's opportunities in an engagement current. @throws Fault */
      ensureSharing: (engagementId: string, tokenOf: (resourceId: string) => string) =>
        ensureSharing(engagementId, tokenOf, { scope, coalescer, ownAccount, writer, related }),
    };
  }
}

/** @param background present for work that outlives a request: its calls are made after everyone else's */
export const createContext = (
  account: ServedAccount,
  request: CallerRequest,
  background?: BackgroundWrites,
): RequestContext => new RequestContext(account, request, background);

export type Context = RequestContext;
