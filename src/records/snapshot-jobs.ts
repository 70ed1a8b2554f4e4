/** The jobs that keep snapshots current: a list, for one engagement or for all, and one to a call what the list lacks. */
import DataLoader from 'dataloader';
import { Fault } from '../fault.ts';
import type { SnapshotJob, SnapshotJobSummary } from '../upstream/wire.ts';
import type { BatchLoader } from './batches.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { createOneOrAllLoader } from './one-or-all.ts';
import { readThrough, type TimedCache } from './timed-cache.ts';
import { wholeList } from './whole-list.ts';

/** How long jobs are fresh: they have no date to be checked by, and no event. */
export const jobsFreshMs = 60_000;
/** AWS's largest page of jobs. */
const maxResults = 1_000;

/** The jobs of this account by engagement: of all, or of the one that was asked for. */
export type JobsByEngagement = ReadonlyMap<string, SnapshotJobSummary[]>;

export type JobTools = {
  scope: RequestScope;
  coalescer: Coalescer;
  jobs: TimedCache<JobsByEngagement>;
  jobDetails: TimedCache<SnapshotJob>;
};

/** The jobs in an engagement, or all. @throws Fault */
export async function listJobs(
  engagementIdentifier: string | undefined,
  { send }: Pick<RequestScope, 'send'>,
): Promise<JobsByEngagement> {
  const listed = await wholeList('snapshot jobs', async (nextToken) => {
    const page = await send('ListResourceSnapshotJobs', { engagementIdentifier, maxResults, nextToken });
    return { items: page.resourceSnapshotJobSummaries ?? [], nextToken: page.nextToken };
  });
  const jobs = new Map<string, SnapshotJobSummary[]>();
  for (const job of listed) {
    if (!job?.id || !job.engagementId) continue;
    const known = jobs.get(job.engagementId) ?? [];
    jobs.set(job.engagementId, known);
    known.push({ ...job, id: job.id });
  }
  return jobs;
}

/** A whole job; null if AWS has none. @throws Fault */
export async function readJob(id: string, { send }: Pick<RequestScope, 'send'>): Promise<SnapshotJob | null> {
  try {
    return { ...(await send('GetResourceSnapshotJob', { resourceSnapshotJobIdentifier: id })), id };
  } catch (error) {
    if (error instanceof Fault && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** Stands for the job of an engagement in a dry run. */
const dryRunJob = (engagementId: string): SnapshotJobSummary => ({
  id: `job-${engagementId.slice(-13)}`,
  engagementId,
});

/** The jobs of one request. */
export function createJobLoaders({ scope, coalescer, jobs, jobDetails }: JobTools) {
  const inEngagement: BatchLoader<SnapshotJobSummary[]> = createOneOrAllLoader({
    name: 'ListResourceSnapshotJobs',
    scope,
    coalescer,
    cache: jobs,
    list: listJobs,
    pick: (byEngagement, id) => byEngagement.get(id) ?? (scope.request.isDryRun ? [dryRunJob(id)] : []),
  });

  async function read(id: string): Promise<SnapshotJob | null> {
    const gone = new Fault('NOT_FOUND', `AWS has no snapshot job ${id}.`);
    try {
      return await readThrough(
        jobDetails,
        { name: 'GetResourceSnapshotJob', key: id },
        { scope, coalescer },
        async (send) => {
          const job = await readJob(id, { send });
          if (!job) throw gone;
          return job;
        },
      );
    } catch (error) {
      if (error instanceof Fault && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }
  const job = new DataLoader<string, SnapshotJob | null>((ids) =>
    Promise.all(ids.map((id) => read(id).catch((error: Error) => error))),
  );

  return {
    /** The jobs of this account in an engagement. */
    inEngagement,
    /** A whole job by its id; null if this account has none. */
    job,
    /** Forgets what a write of jobs may have changed. */
    forget(ids: readonly string[]): void {
      jobs.clear();
      inEngagement.clearAll();
      for (const id of ids) {
        jobDetails.drop(id);
        job.clear(id);
      }
    },
  };
}
