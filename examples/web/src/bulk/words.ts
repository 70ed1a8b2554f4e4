import type { BulkJobKind, BulkJobStatus, BulkJobWait, JobFragment } from '../gql/graphql.ts';

const verbs: Readonly<Record<BulkJobKind, string>> = {
  UPDATE: 'changed',
  CREATE: 'created',
  SUBMIT: 'submitted',
  UPSERT: 'created or changed',
  EXPORT: 'exported',
};

const statuses: Readonly<Record<BulkJobStatus, string>> = {
  QUEUED: 'Waiting to start',
  RUNNING: 'Running',
  PAUSED: 'Paused',
  DONE: 'Done',
  CANCELED: 'Canceled',
};

const waits: Readonly<Record<BulkJobWait, string>> = {
  START_TIME: 'It starts at the time that was set.',
  EARLIER_JOBS: 'Your earlier jobs go first.',
  AWS: 'AWS does not respond at the moment. The job continues by itself.',
  QUOTA: 'AWS accepts no more calls at the moment. The job continues by itself.',
  INDEX: 'The gateway’s index of opportunities is not complete. The job continues by itself.',
  STORE: 'The gateway’s store of jobs does not answer. The job continues by itself.',
  WRITES_DISABLED: 'The gateway does not write to this catalog at the moment.',
};

export const isOver = ({ status }: JobFragment): boolean => status === 'DONE' || status === 'CANCELED';

export const statusOf = ({ status }: JobFragment): string => statuses[status];

/** Why a job does not continue at the moment; undefined if nothing holds it up. */
export const waitOf = (job: JobFragment): string | undefined =>
  job.waitingFor && !isOver(job) ? waits[job.waitingFor] : undefined;

/** How many items have ended, and how, in words. */
export function countsOf({ kind, total, done, failed, skipped }: JobFragment): string {
  const parts = [`${done} ${verbs[kind]}`];
  if (skipped > 0) parts.push(`${skipped} had nothing to change`);
  if (failed > 0) parts.push(`${failed} failed`);
  return `${done + failed + skipped} of ${total}: ${parts.join(', ')}`;
}

/** About how long something takes, in words. */
export function durationOf(seconds: number): string {
  if (seconds < 60) return 'less than a minute';
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`;
  return `about ${Math.round(minutes / 60)} hours`;
}
