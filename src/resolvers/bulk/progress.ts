/** The source of `Subscription.bulkJobProgress`. */
import { badInput, quoted } from '../../domain/bad-input.ts';
import { idForms } from '../../domain/ids.ts';
import { Fault } from '../../fault.ts';
import type { Context } from '../../graphql/context.ts';
import { type BulkJob, isFinished } from '../../jobs/bulk/model.ts';
import { type Backlog, createBacklog } from '../../records/backlog.ts';

/** How often a job is looked at: its row is where the replicas meet, whichever of them carries it out. */
const lookMs = 1_000;

/** Whether subscribers receive the job again. */
function isChanged(before: BulkJob, { done, failed, skipped, status, waiting }: BulkJob): boolean {
  return (
    before.done !== done ||
    before.failed !== failed ||
    before.skipped !== skipped ||
    before.status !== status ||
    before.waiting?.reason !== waiting?.reason
  );
}

/** A job whenever it has changed, until it has ended or is deleted. @throws Fault NOT_FOUND if there is none */
export async function followJob(id: string, { account }: Context): Promise<Backlog<BulkJob>> {
  const { bulk, clock } = account;
  if (!idForms.BulkJob.test(id)) throw badInput('id', quoted(id), "a bulk job's id");
  const job = await bulk.read(id);
  if (!job) throw new Fault('NOT_FOUND', `There is no bulk job ${id}.`);
  let sent = job;
  /** Whether the store could be written then: a job waits for that without a change of its row. */
  let couldWrite = bulk.canWrite();
  let isEnded = false;
  let stopTimer = () => {};
  const backlog = createBacklog<BulkJob>(() => {
    isEnded = true;
    stopTimer();
  });
  function send(current: BulkJob): void {
    backlog.push(current);
    sent = current;
    couldWrite = bulk.canWrite();
    if (isFinished(current)) backlog.end();
  }
  async function look(): Promise<void> {
    // While the store is away, nothing is sent.
    const current = await bulk.read(id).catch(() => sent);
    if (!current) backlog.end();
    // A subscriber that has not received the last one gets the next.
    else if (
      (isChanged(sent, current) || couldWrite !== bulk.canWrite()) &&
      (backlog.waiting() === 0 || isFinished(current))
    )
      send(current);
    if (!isEnded) stopTimer = clock.setTimer(look, lookMs);
  }
  send(job);
  if (!isEnded) stopTimer = clock.setTimer(look, lookMs);
  return backlog;
}
