/** What belongs to an opportunity without being part of its record, as far as an account remembers it. */
import type { Clock } from '../clock.ts';
import type { Snapshot } from '../domain/snapshots.ts';
import type { EngagementSummary, SnapshotJob, SolutionRecord } from '../upstream/wire.ts';
import { type Associations, createAssociationLoaders, type OwnAccount } from './associations.ts';
import { createSummaryLoader, type ReadSummary } from './aws-summaries.ts';
import type { Coalescer } from './coalesce.ts';
import {
  createDetailLoader,
  createEngagementDetails,
  type EngagementDetails,
  readOnlyDetails,
} from './engagement-details.ts';
import { createEngagementLoader, type EngagementPageArguments, fetchEngagements } from './engagements.ts';
import { fetchHistory } from './history.ts';
import type { RequestScope } from './in-flight.ts';
import { createMemberCache, createMemberReader, type MemberCache } from './members.ts';
import type { PageArguments } from './paging.ts';
import { readSettings, type SellingSystemSettings, settingsFreshMs, settingsKey } from './settings.ts';
import { createJobLoaders, type JobsByEngagement, jobsFreshMs } from './snapshot-jobs.ts';
import { createRevisions, createSnapshotLoaders, type Revisions } from './snapshots.ts';
import { createSolutionLoader, fetchSolutions, type SolutionPageArguments } from './solutions.ts';
import { createTagLoader, type Tags } from './tags.ts';
import { createTimedCache, readOnlyTimed, type TimedCache, timedWithout } from './timed-cache.ts';
import type { Viewer } from './viewer.ts';

/** How long solutions are fresh: a partner's portfolio changes a few times a year. */
const solutionsFreshMs = 3_600_000;
/** How long the engagements of opportunities are fresh. */
const associationsFreshMs = 60_000;
/** How long tags are fresh: other programs set them, and no list has a date of them. */
const tagsFreshMs = 60_000;

export type RelatedCaches = {
  associations: TimedCache<Associations>;
  awsSummaries: TimedCache<ReadSummary>;
  details: EngagementDetails;
  engagements: TimedCache<EngagementSummary>;
  jobDetails: TimedCache<SnapshotJob>;
  jobs: TimedCache<JobsByEngagement>;
  members: MemberCache;
  ownAccount: OwnAccount;
  revisions: Revisions;
  settings: TimedCache<SellingSystemSettings>;
  snapshots: TimedCache<Snapshot[]>;
  solutions: TimedCache<SolutionRecord>;
  tags: TimedCache<Tags>;
};

/** @param freshMs how long AWS's views of opportunities and engagements are fresh */
export const createRelatedCaches = (
  clock: Clock,
  freshMs: { awsSummaries: number; engagements: number },
): RelatedCaches => ({
  associations: createTimedCache(clock, associationsFreshMs),
  awsSummaries: createTimedCache(clock, freshMs.awsSummaries),
  details: createEngagementDetails(clock),
  engagements: createTimedCache(clock, freshMs.engagements),
  jobDetails: createTimedCache(clock, jobsFreshMs),
  jobs: createTimedCache(clock, jobsFreshMs),
  members: createMemberCache(),
  ownAccount: {},
  revisions: createRevisions(),
  settings: createTimedCache(clock, settingsFreshMs),
  snapshots: createTimedCache(clock, freshMs.engagements),
  solutions: createTimedCache(clock, solutionsFreshMs),
  tags: createTimedCache(clock, tagsFreshMs),
});

/** The same caches for a dry run, which changes nothing. */
export const readOnlyRelated = (caches: RelatedCaches): RelatedCaches => ({
  associations: readOnlyTimed(caches.associations),
  awsSummaries: readOnlyTimed(caches.awsSummaries),
  details: readOnlyDetails(caches.details),
  engagements: readOnlyTimed(caches.engagements),
  jobDetails: readOnlyTimed(caches.jobDetails),
  jobs: readOnlyTimed(caches.jobs),
  members: { ...caches.members, set() {} },
  ownAccount: { ...caches.ownAccount },
  revisions: { ...caches.revisions, set() {} },
  settings: readOnlyTimed(caches.settings),
  snapshots: readOnlyTimed(caches.snapshots),
  solutions: readOnlyTimed(caches.solutions),
  tags: readOnlyTimed(caches.tags),
});

/** The loaders of one request, which read through the account's caches. */
export function createRelated({
  scope,
  coalescer,
  clock,
  caches,
  account,
  viewer,
  loadOpportunity,
}: {
  scope: RequestScope;
  coalescer: Coalescer;
  clock: Clock;
  caches: RelatedCaches;
  account: string;
  /** Present if the caller sees only some of the opportunities. */
  viewer: Viewer | undefined;
  /** Reads an opportunity as the caller sees it; null if there is none. @throws Fault */
  loadOpportunity(id: string): Promise<object | null>;
}) {
  const solutionTools = { scope, coalescer, cache: caches.solutions };
  const awsSummary = createSummaryLoader({
    scope,
    coalescer,
    cache: viewer ? timedWithout(caches.awsSummaries, viewer.isMadeUp) : caches.awsSummaries,
  });
  const engagementTools = { scope, coalescer, engagements: caches.engagements };
  const engagement = createEngagementLoader(engagementTools);
  const { engagementIds, ...associations } = createAssociationLoaders({
    scope,
    coalescer,
    viewer,
    ...caches,
  });
  const details = createDetailLoader({ scope, coalescer, clock, engagement, ...caches });
  const snapshots = createSnapshotLoaders({ scope, coalescer, account, viewer, loadOpportunity, ...caches });
  return {
    ...associations,
    /** An engagement by its id; null if this account is not a member of such a one. */
    engagement,
    /** A page of engagements. */
    engagements: (page: EngagementPageArguments) => fetchEngagements(page, account, engagementTools),
    /** The engagements in which an opportunity is shared. @throws Fault */
    async engagementsOf(id: string): Promise<EngagementSummary[]> {
      const ids = await engagementIds.load(id);
      const found = await Promise.all(ids.map((one) => engagement.load(one)));
      return found.filter((one) => one !== null);
    },
    /** Whole engagements, with what they are about. */
    details,
    /**
     * Forgets what a write of an engagement may have changed.
     *
     * @param modifiedAt of the new version, if AWS has returned it
     */
    noteEngagementWrite(id: string, modifiedAt?: string | null): void {
      if (modifiedAt) caches.details.note(id, modifiedAt);
      caches.engagements.drop(id);
      engagement.clear(id);
      details.clear(id);
    },
    /** The members of an engagement. */
    members: createMemberReader({ scope, coalescer, members: caches.members }),
    /** The jobs that keep snapshots current. */
    jobs: createJobLoaders({ scope, coalescer, ...caches }),
    /** The settings of this account. @throws Fault */
    settings: () => readSettings({ scope, coalescer, cache: caches.settings }),
    /** Forgets the settings, which a write may have changed. */
    forgetSettings: () => caches.settings.drop(settingsKey),
    /** Notes the settings that AWS has just stored. */
    noteSettings(settings: SellingSystemSettings): void {
      caches.settings.drop(settingsKey);
      if (settings.resourceSnapshotJobRoleArn) caches.settings.put(settingsKey, settings);
    },
    /** The snapshots of opportunities in engagements. */
    snapshots,
    /** A page of an opportunity's history. */
    history: (id: string, page: PageArguments) =>
      fetchHistory(id, page, { account, engagementIds, snapshots }),
    /** AWS's view of an opportunity by the opportunity's id. */
    awsSummary,
    /** A solution by its id; null if this account has none. */
    solution: createSolutionLoader(solutionTools),
    /** A page of solutions. */
    solutions: (page: SolutionPageArguments) => fetchSolutions(page, account, solutionTools),
    /** The tags of an opportunity by its ARN. */
    tags: createTagLoader({ scope, coalescer, cache: caches.tags }),
    /** Forgets what a write of an opportunity may have changed. */
    noteWrite(id: string): void {
      caches.awsSummaries.drop(id);
      awsSummary.clear(id);
    },
  };
}

export type Related = ReturnType<typeof createRelated>;
