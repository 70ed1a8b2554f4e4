import { jobArn, snapshotArn } from '../arns.ts';
import { snapshotCreated } from '../events/details.ts';
import { canonical, type JsonObject } from '../json.ts';
import { formatNanoseconds } from '../records/dates.ts';
import type { Opportunity } from '../records/record.ts';
import type { EmulatorState, PartnerState } from '../state.ts';
import { membersOf } from './engagement.ts';
import type { AccountId, Engagement, Snapshot, SnapshotJob } from './model.ts';
import { notify } from './notify.ts';
import { opportunitySummaryView } from './payloads.ts';
import { associationKey, nextId, ownKey } from './store.ts';

/** The template that partners share by, visible to all members. */
export const summaryTemplate = 'OpportunitySummaryView';

/** The revisions of a resource in an engagement by one template, oldest first. */
export const revisionsOf = (
  { engagements }: EmulatorState,
  engagement: string,
  resource: string,
  template: string,
): Snapshot[] =>
  [...engagements.snapshots.values()].filter(
    ({ EngagementId, ResourceId, ResourceSnapshotTemplateName }) =>
      EngagementId === engagement && ResourceId === resource && ResourceSnapshotTemplateName === template,
  );

/** Stores the next revision, which only `targets` can see, and tells them. */
export function putSnapshot(
  state: EmulatorState,
  { Catalog, Id: EngagementId }: Engagement,
  ResourceId: string,
  {
    template,
    payload,
    creator,
    targets,
  }: {
    template: string;
    payload: JsonObject;
    creator: AccountId;
    targets: AccountId[];
  },
): Snapshot {
  const Revision = (revisionsOf(state, EngagementId, ResourceId, template).at(-1)?.Revision ?? 0) + 1;
  const snapshot: Snapshot = {
    Arn: snapshotArn(Catalog, EngagementId, ResourceId, template, Revision),
    Catalog,
    CreatedBy: creator,
    CreatedAt: formatNanoseconds(state.clock.now()),
    EngagementId,
    ResourceType: 'Opportunity',
    ResourceId,
    ResourceSnapshotTemplateName: template,
    Revision,
    Payload: payload,
    TargetMemberAccounts: targets,
  };
  state.engagements.snapshots.set(snapshot.Arn, snapshot);
  notify(state, targets, snapshotCreated(snapshot));
  return snapshot;
}

/** Shares the calling account's opportunity, as it is now, with all members of an engagement. */
export function shareOpportunity(state: PartnerState, engagement: Engagement, record: Opportunity): Snapshot {
  const { Catalog, Id: EngagementId } = engagement;
  const { accountId } = state;
  const association = {
    Catalog,
    EngagementId,
    ResourceType: 'Opportunity',
    ResourceId: record.Id,
    CreatedBy: accountId,
  } as const;
  state.engagements.associations.set(associationKey(association), association);
  return putSnapshot(state, engagement, record.Id, {
    template: summaryTemplate,
    payload: opportunitySummaryView(record),
    creator: accountId,
    targets: membersOf(engagement),
  });
}

/** The job that keeps an opportunity's snapshot fresh in an engagement: one for each template. */
export const jobOf = (
  { engagements, accountId }: PartnerState,
  engagement: string,
  resource: string,
): SnapshotJob | undefined =>
  [...engagements.jobs.values()].find(
    (job) => job.owner === accountId && job.EngagementId === engagement && job.ResourceId === resource,
  );

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

/**
 * Runs the jobs of a changed opportunity: each makes a new revision, if what its template shows has changed. A job
 * assumes a role of its partner; without one it fails, and the other members see old snapshots. AWS: multi-partner
 * opportunities.
 */
export function runJobs(state: PartnerState, record: Opportunity): void {
  const { accountId, clock, engagements } = state;
  for (const job of engagements.jobs.values()) {
    if (job.owner !== accountId || job.ResourceId !== record.Id || job.Status !== 'Running') continue;
    const engagement = engagements.engagements.get(job.EngagementId);
    const latest = revisionsOf(state, job.EngagementId, record.Id, summaryTemplate).at(-1);
    const changed = canonical(latest?.Payload ?? null) !== canonical(opportunitySummaryView(record));
    if (!engagement || !changed) continue;
    const now = formatNanoseconds(clock.now());
    const mayRun = engagements.jobRoles.has(ownKey(accountId, record.Catalog));
    if (mayRun) shareOpportunity(state, engagement, record);
    engagements.jobs.set(
      job.Id,
      mayRun
        ? { ...job, LastSuccessfulExecutionDate: now }
        : { ...job, LastFailure: `${now}: the selling system settings contain no role for snapshot jobs` },
    );
  }
}
