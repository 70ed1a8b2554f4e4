/** Whether what an account shares in an engagement is kept current, and if not, why. */
import type { SharingProblem } from '../generated/schema-types.ts';
import type { SnapshotJob } from '../upstream/wire.ts';
import { compareInstants } from './instants.ts';

/** An own opportunity in an engagement: the jobs that share it there, and when it was last modified. */
export type OwnShare = { jobs: readonly SnapshotJob[]; lastModifiedDate: string | null };

/** A run comes seconds after the change; one that has not come after this time does not come. */
export const graceMs = 60_000;

/** The problems in the order in which they have to be solved. */
const order: readonly SharingProblem[] = [
  'NO_JOB_ROLE',
  'NO_JOB',
  'JOB_STOPPED',
  'LAST_RUN_FAILED',
  'BEHIND',
];

const isBefore = (instant: string | null | undefined, other: string): boolean =>
  !instant || compareInstants(instant, other) < 0;

function problemsOfJob(
  { lastFailure, lastSuccessfulExecutionDate: success, createdAt }: SnapshotJob,
  lastModifiedDate: string | null,
  graceBegan: string,
): SharingProblem[] {
  // AWS keeps the text of a failure, without a date, after a run that succeeds.
  const hasRun = success && !(lastModifiedDate && isBefore(success, lastModifiedDate));
  if (hasRun) return [];
  const changed = success ? lastModifiedDate : createdAt;
  return [
    ...(lastFailure ? (['LAST_RUN_FAILED'] as const) : []),
    ...(isBefore(changed, graceBegan) ? (['BEHIND'] as const) : []),
  ];
}

/**
 * What keeps other members from seeing own opportunities as they are. A job runs when its opportunity changes, and only
 * with a role (AWS: multi-partner opportunities); that it does not is nowhere reported.
 *
 * @param graceBegan a change after this instant may still be on its way
 */
export function sharingProblems(
  shares: readonly OwnShare[],
  { hasRole, graceBegan }: { hasRole: boolean; graceBegan: string },
): SharingProblem[] {
  const found = new Set<SharingProblem>();
  if (shares.length > 0 && !hasRole) found.add('NO_JOB_ROLE');
  for (const { jobs, lastModifiedDate } of shares) {
    const running = jobs.filter(({ status }) => status === 'Running');
    if (jobs.length === 0) found.add('NO_JOB');
    else if (running.length === 0) found.add('JOB_STOPPED');
    const problems = running.map((job) => problemsOfJob(job, lastModifiedDate, graceBegan));
    // One job that works is enough.
    if (problems.every(({ length }) => length > 0)) for (const one of problems.flat()) found.add(one);
  }
  return order.filter((problem) => found.has(problem));
}
