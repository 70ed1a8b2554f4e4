import type { Opportunity } from '../records/record.ts';
import type { PartnerState } from '../state.ts';
import type { Engagement, SnapshotJob } from './model.ts';
import { shareOpportunity } from './snapshot.ts';
import { createJob, startJob } from './snapshot-job.ts';

/** Shares the calling account's opportunity in an engagement from now on: by a snapshot, and a job that runs. */
export function startSharing(state: PartnerState, engagement: Engagement, record: Opportunity): SnapshotJob {
  shareOpportunity(state, engagement, record);
  const job = createJob(state, engagement, record);
  startJob(state, job);
  return job;
}
