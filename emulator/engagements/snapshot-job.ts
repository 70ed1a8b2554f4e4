import { isDeepStrictEqual } from 'node:util';
import { jobArn } from '../arns.ts';
import { formatNanoseconds } from '../records/dates.ts';
import type { Opportunity } from '../records/record.ts';
import type { PartnerState } from '../state.ts';
import type { Engagement, SnapshotJob } from './model.ts';
import { opportunitySummaryView } from './payloads.ts';
import { revisionsOf, shareOpportunity, summaryTemplate } from './snapshot.ts';
import { nextId, ownKey } from './store.ts';

/** The job that keeps an opportunity's snapshot fresh in an engagement: there is one template, and one job for it. */
export const jobOf = (
  { engagements, accountId }: PartnerState,
  engagement: Engagement,
  { Catalog, Id }: Opportunity,
): SnapshotJob | undefined =>
  engagements.jobs
    .inGroup(ownKey(accountId, Catalog, Id))
    .find(({ EngagementId }) => EngagementId === engagement.Id);

/** Creates a job, which does not run yet. */
export function createJob(
  state: PartnerState,
  engagement: Engagement,
  { Id: ResourceId, Arn: ResourceArn }: Opportunity,
): SnapshotJob {
  const { accountId, engagements, clock } = state;
  const Id = nextId(engagements, 'job-');
  const { Catalog } = engagement;
  const job: SnapshotJob = {
    Id,
    Arn: jobArn(accountId, Catalog, Id),
    Catalog,
    EngagementId: engagement.Id,
    ResourceType: 'Opportunity',
    ResourceId,
    ResourceArn,
    ResourceSnapshotTemplateName: summaryTemplate,
    CreatedAt: formatNanoseconds(clock.now()),
    Status: 'Stopped',
    owner: accountId,
  };
  engagements.jobs.set(Id, job);
  return job;
}

/** Starts a job, which runs at once and then with every change of its opportunity. One that runs is left alone. */
export function startJob(state: PartnerState, job: SnapshotJob): void {
  if (job.Status === 'Running') return;
  state.engagements.jobs.set(job.Id, { ...job, Status: 'Running' });
  runJob(state, job.Id);
}

/** Stops a job. */
export function stopJob({ engagements }: PartnerState, job: SnapshotJob): void {
  engagements.jobs.set(job.Id, { ...job, Status: 'Stopped' });
}

/** Whether a job has ever been started: each start leaves the time of its success or of its failure. */
export const hasRun = (job: SnapshotJob): boolean =>
  job.LastSuccessfulExecutionDate !== undefined || job.LastFailure !== undefined;

/** Removes a job and its tags. */
export function deleteJob({ engagements }: PartnerState, job: SnapshotJob): void {
  engagements.jobs.delete(job.Id);
  engagements.tags.delete(job.Arn);
}

/** Runs the jobs of a changed opportunity. */
export function runJobs(state: PartnerState, { Catalog, Id }: Opportunity): void {
  for (const job of state.engagements.jobs.inGroup(ownKey(state.accountId, Catalog, Id)))
    if (job.Status === 'Running') runJob(state, job.Id);
}

/**
 * Runs a job: it makes a new revision if what its template shows has changed. A job assumes a role of its partner;
 * without one it fails, and the other members see old snapshots. AWS: multi-partner opportunities.
 */
function runJob(state: PartnerState, id: string): void {
  const { accountId, clock, engagements, store } = state;
  const job = engagements.jobs.get(id);
  const record = job && store.get(job.Catalog, job.ResourceId);
  const engagement = job && engagements.engagements.get(job.EngagementId);
  if (!job || !record || !engagement) return;
  const now = formatNanoseconds(clock.now());
  if (!engagements.jobRoles.has(ownKey(accountId, job.Catalog))) {
    const LastFailure = `${now}: the selling system settings contain no role for snapshot jobs`;
    engagements.jobs.set(id, { ...job, LastFailure });
    return;
  }
  const latest = revisionsOf(state, engagement.Id, record.Id, summaryTemplate).at(-1);
  const isShared = isDeepStrictEqual(latest?.Payload, opportunitySummaryView(record));
  if (!isShared) shareOpportunity(state, engagement, record);
  engagements.jobs.set(id, { ...job, LastSuccessfulExecutionDate: now });
}
