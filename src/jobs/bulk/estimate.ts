/** When a bulk job will be done, as far as AWS's quota of writes determines it. */
import { day, windowMs } from '../../upstream/quota/windows.ts';
import { type BulkJob, isFinished } from './model.ts';

/** AWS's quota of writes as jobs see it. */
export type WriteQuota = {
  /** Writes that AWS accepts per second. */
  perSecond: number;
  /** Writes that jobs may make per day: the reserve is left out. */
  perDay: number;
  /** Writes that jobs may still make in the present 24 hours. */
  left: number;
};

/** The writes that are made until a job is done: its own, those of the caller's jobs before it, and those of other callers. */
function writesUntilDone(job: BulkJob, unfinished: readonly BulkJob[], now: number): number {
  const isActive = ({ status, startAfter }: BulkJob) =>
    status !== 'PAUSED' && !(startAfter && Date.parse(startAfter) > now);
  const active = unfinished.filter((one) => one.id !== job.id && isActive(one));
  const own = active
    .filter(({ caller, id }) => caller === job.caller && id < job.id)
    .reduce((sum, { writesLeft }) => sum + writesLeft, job.writesLeft);
  const others = new Map<string, number>();
  for (const { caller, writesLeft } of active)
    if (caller !== job.caller) others.set(caller, (others.get(caller) ?? 0) + writesLeft);
  // Callers take turns, so of each other one at most as many are made.
  return [...others.values()].reduce((sum, writes) => sum + Math.min(writes, own), own);
}

/** How long some writes take, in milliseconds: what does not fit into the present day waits until writes are free again. */
function msFor(writes: number, { perSecond, perDay, left }: WriteQuota): number {
  const paced = (count: number) => Math.ceil((count * windowMs) / perSecond);
  if (writes <= left) return paced(writes);
  const days = Math.ceil((writes - left) / Math.max(1, perDay));
  return days * day + paced((writes - left) % Math.max(1, perDay));
}

/**
 * The estimated end of a job: the writes of its open items at the pace of AWS's quota, after the caller's earlier jobs and in
 * turn with those of other callers. People's writes in the meantime delay it.
 *
 * @param unfinished all unfinished jobs
 * @returns milliseconds since 1970; undefined while it is paused, or if it has ended
 */
export function estimatedEnd(
  job: BulkJob,
  unfinished: readonly BulkJob[],
  quota: WriteQuota,
  now: number,
): number | undefined {
  if (job.status === 'PAUSED' || isFinished(job)) return undefined;
  const start = Math.max(now, job.startAfter ? Date.parse(job.startAfter) : 0);
  return start + msFor(writesUntilDone(job, unfinished, now), quota);
}
