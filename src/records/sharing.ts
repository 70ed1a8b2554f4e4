/** Whether the opportunities that this account shares in engagements are kept current there, and the jobs that do it. */
import DataLoader from 'dataloader';
import { calendar } from '../clock.ts';
import { graceMs, type OwnShare, sharingProblems } from '../domain/sharing.ts';
import { partnerTemplate } from '../domain/snapshots.ts';
import { Fault } from '../fault.ts';
import type { SharingProblem } from '../generated/schema-types.ts';
import type { SnapshotJob, SnapshotJobSummary } from '../upstream/wire.ts';
import { isOwn, listAssociations, type OwnAccount } from './associations.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import type { Loaders } from './loaders.ts';
import type { Related } from './related.ts';
import { listJobs, readJob } from './snapshot-jobs.ts';
import type { Writer } from './writer.ts';

type SharingTools = {
  related: Pick<Related, 'resources' | 'isOwn' | 'jobs' | 'settings'>;
  loaders: Pick<Loaders, 'summary'>;
};

const exists = <Value>(value: Value | null): value is Value => value !== null;

/** The problems with what this account shares in engagements, by the ids of these. */
export function createSharingLoader({
  related,
  loaders,
}: SharingTools): DataLoader<string, SharingProblem[]> {
  async function ownIn(engagementId: string): Promise<string[]> {
    const resources = await related.resources.load(engagementId);
    const isOurs = await Promise.all(resources.map(related.isOwn));
    return resources.filter((_, index) => isOurs[index]).map(({ resourceId }) => resourceId);
  }

  async function jobsIn(engagementId: string): Promise<SnapshotJob[]> {
    const jobs = await related.jobs.inEngagement.load(engagementId);
    return (await Promise.all(jobs.map(({ id }) => related.jobs.job.load(id)))).filter(exists);
  }

  async function problemsIn(engagementId: string): Promise<SharingProblem[]> {
    const own = await ownIn(engagementId);
    // Who shares nothing has nothing to keep current.
    if (own.length === 0) return [];
    const [jobs, settings, records] = await Promise.all([
      jobsIn(engagementId),
      related.settings(),
      Promise.all(own.map((id) => loaders.summary.load(id))),
    ]);
    const shares = own.map(
      (id, index): OwnShare => ({
        jobs: jobs.filter(({ resourceId }) => resourceId === id),
        lastModifiedDate: records[index]?.lastModifiedDate ?? null,
      }),
    );
    const hasRole = Boolean(settings.resourceSnapshotJobRoleArn);
    return sharingProblems(shares, { hasRole, graceBegan: calendar.instant(-graceMs) });
  }

  return new DataLoader((ids) => Promise.all(ids.map((id) => problemsIn(id).catch((error: Error) => error))));
}

/** What `ensure` finds, and what it has done. */
export type EnsuredSharing =
  | { outcome: 'NOTHING_SHARED' | 'NO_JOB_ROLE' }
  | { outcome: 'ENSURED'; jobs: SnapshotJobSummary[]; changed: boolean };

type EnsureTools = {
  /** Sends at the priority of writes. */
  scope: RequestScope;
  coalescer: Coalescer;
  ownAccount: OwnAccount;
  writer: Pick<Writer, 'write' | 'inTurn'>;
  related: Pick<Related, 'jobs'>;
};

/** The jobs of an opportunity in an engagement, read from AWS. */
async function jobsOf(resourceId: string, engagementId: string, scope: RequestScope): Promise<SnapshotJob[]> {
  const listed = (await listJobs(engagementId, scope)).get(engagementId) ?? [];
  const jobs = await Promise.all(listed.map(({ id }) => readJob(id, scope)));
  return jobs.filter(exists).filter((job) => job.resourceId === resourceId);
}

/**
 * Sees to it that a job keeps each own opportunity in an engagement current. What is right already is left as it is,
 * so repeating it after any failure is safe.
 *
 * @param tokenOf AWS's idempotency token for the new job of an opportunity
 * @throws Fault
 */
export async function ensureSharing(
  engagementId: string,
  tokenOf: (resourceId: string) => string,
  { scope, coalescer, ownAccount, writer, related }: EnsureTools,
): Promise<EnsuredSharing> {
  const { isDryRun } = scope.request;
  const associations = await listAssociations(engagementId, scope);
  const resources = associations.resourcesIn.get(engagementId) ?? [];
  const lookUp = (id: string) => coalescer.lookUp(id, scope);
  const isOurs = await Promise.all(resources.map((one) => isOwn(one, ownAccount, lookUp)));
  const found = resources.filter((_, index) => isOurs[index]).map(({ resourceId }) => resourceId);
  const own = isDryRun ? ['O0'] : found;
  if (own.length === 0) return { outcome: 'NOTHING_SHARED' };
  const settings = await scope.send('GetSellingSystemSettings', {});
  if (!settings.resourceSnapshotJobRoleArn && !isDryRun) return { outcome: 'NO_JOB_ROLE' };

  const touched: string[] = [];
  const start = async (resourceSnapshotJobIdentifier: string) => {
    touched.push(resourceSnapshotJobIdentifier);
    await writer.write('StartResourceSnapshotJob', { resourceSnapshotJobIdentifier });
  };

  /** The id of a new job; undefined if another program has just created one. */
  async function create(resourceIdentifier: string): Promise<string | undefined> {
    try {
      const { id } = await writer.write('CreateResourceSnapshotJob', {
        clientToken: tokenOf(resourceIdentifier),
        engagementIdentifier: engagementId,
        resourceType: 'Opportunity',
        resourceIdentifier,
        resourceSnapshotTemplateIdentifier: partnerTemplate,
      });
      return id ?? undefined;
    } catch (error) {
      if (error instanceof Fault && error.code === 'CONFLICT') return undefined;
      throw error;
    }
  }

  const ensure = (resourceId: string): Promise<SnapshotJobSummary[]> =>
    writer.inTurn(resourceId, async () => {
      let jobs = await jobsOf(resourceId, engagementId, scope);
      if (jobs.length === 0) {
        const id = await create(resourceId);
        // AWS was recorded to create jobs that do not run yet.
        if (id) {
          await start(id);
          return [{ id, engagementId, status: 'Running' }];
        }
        jobs = await jobsOf(resourceId, engagementId, scope);
      }
      const [first] = jobs;
      if (!first || jobs.some(({ status }) => status === 'Running')) return jobs;
      await start(first.id);
      return [{ ...first, status: 'Running' }];
    });

  try {
    const jobs = [];
    for (const resourceId of own) jobs.push(...(await ensure(resourceId)));
    return { outcome: 'ENSURED', jobs, changed: touched.length > 0 };
  } finally {
    related.jobs.forget(touched);
  }
}
