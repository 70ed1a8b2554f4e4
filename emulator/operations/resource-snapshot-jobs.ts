import type { SnapshotJob } from '../engagements/model.ts';
import { createJob, deleteJob, hasRun, jobOf, startJob, stopJob } from '../engagements/snapshot-job.ts';
import { addTags } from '../engagements/tag.ts';
import { ApiError, businessInvalid, notFound } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { emptyAnswer, type Operation } from '../operation.ts';
import { pageOf } from '../records/filter.ts';
import { once } from '../records/once.ts';
import { violation } from '../rules/rule.ts';
import { present } from '../shapes/present.ts';
import { jobAnswer } from '../shapes/snapshot-answers.ts';
import { createJobRequest, jobRequest, listJobsRequest } from '../shapes/snapshot-requests.ts';
import type { PartnerState } from '../state.ts';
import { sharedBy } from './resource-snapshots.ts';

/** The caller's own job that a request names. */
function jobIn(input: JsonObject, { accountId, engagements }: PartnerState): SnapshotJob {
  const id = String(input.ResourceSnapshotJobIdentifier);
  const job = engagements.jobs.get(id);
  if (job?.owner !== accountId || job.Catalog !== input.Catalog) throw notFound(id);
  return job;
}

/** Creates the job that keeps the snapshot of an opportunity in an engagement fresh. There can be only one. */
export const createResourceSnapshotJob: Operation = {
  request: createJobRequest,
  kind: 'write',
  run: (input, state) =>
    once('CreateResourceSnapshotJob', input, state, () => {
      const { engagement, record } = sharedBy(input, state);
      const known = jobOf(state, engagement, record);
      if (known)
        throw new ApiError(
          'ConflictException',
          `${known.Id} already takes snapshots of ${record.Id} in ${engagement.Id}`,
        );
      const job = createJob(state, engagement, record);
      addTags(state, job.Arn, input.Tags);
      if (state.settings.newSnapshotJob === 'Running') startJob(state, job);
      return { Id: job.Id, Arn: job.Arn };
    }),
};

export const getResourceSnapshotJob: Operation = {
  request: jobRequest,
  kind: 'read',
  run: (input, state) =>
    present(jobAnswer, jobIn(input, state), { unknown: 'drop', nulls: state.settings.nulls }),
};

/** Starts a job; one that runs stays as it is. */
export const startResourceSnapshotJob: Operation = {
  request: jobRequest,
  kind: 'write',
  run(input, state) {
    startJob(state, jobIn(input, state));
    return emptyAnswer;
  },
};

/** Stops a job that has been started; one that is stopped again stays as it is. AWS: the model. */
export const stopResourceSnapshotJob: Operation = {
  request: jobRequest,
  kind: 'write',
  run(input, state) {
    const job = jobIn(input, state);
    if (job.Status === 'Stopped' && !hasRun(job))
      throw invalidState(`${job.Id} has never been started, so it cannot be stopped`);
    stopJob(state, job);
    return emptyAnswer;
  },
};

/** Deletes a stopped job, and its tags. The snapshots that it took remain. */
export const deleteResourceSnapshotJob: Operation = {
  request: jobRequest,
  kind: 'write',
  run(input, state) {
    const job = jobIn(input, state);
    if (job.Status === 'Running') {
      const message = `${job.Id} is running; stop it first`;
      if (state.settings.runningJobDeletion === 'validation') throw invalidState(message);
      throw new ApiError('ConflictException', message);
    }
    deleteJob(state, job);
    return emptyAnswer;
  },
};

const invalidState = (message: string): ApiError =>
  businessInvalid([violation('INVALID_RESOURCE_STATE', 'ResourceSnapshotJobIdentifier', message)]);

/** Lists the caller's jobs. Default: latest first, fifty to a page. */
export const listResourceSnapshotJobs: Operation = {
  request: listJobsRequest,
  kind: 'read',
  run(input, { accountId, engagements }) {
    const matching = [...engagements.jobs.values()].filter(
      (job) =>
        job.owner === accountId &&
        job.Catalog === input.Catalog &&
        (input.EngagementIdentifier ?? job.EngagementId) === job.EngagementId &&
        (input.Status ?? job.Status) === job.Status,
    );
    const { page, nextToken } = pageOf(matching, input, {
      operation: 'ListResourceSnapshotJobs',
      position: ({ CreatedAt, Id }) => ({ key: CreatedAt, id: Id }),
      descending: true,
      size: 50,
    });
    const summaries = page.map(({ Id, Arn, EngagementId, Status }) => ({ Id, Arn, EngagementId, Status }));
    return { ResourceSnapshotJobSummaries: summaries, NextToken: nextToken };
  },
};
