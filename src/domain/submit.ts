/**
 * The submission of an opportunity to AWS, in steps that can be resumed: CHECK, PATCH, ASSOCIATE, START. Waiting for the
 * task that START has started is up to the caller.
 *
 * AWS itself shows what has been done: the record has the patch, the associations and the review status, and AWS keeps
 * the tasks. So there is no journal, and a submission that was interrupted, by a crash or by the end of its request,
 * is continued by the same call, in whichever process.
 */
import { Fault } from '../fault.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';
import type { StepResult } from './associate.ts';
import { type AssociationStep, planAssociations } from './associations.ts';
import type { TargetAssociations } from './entities.ts';
import { compareInstants, sameInstant } from './instants.ts';
import { applyPatch } from './list-edits.ts';
import { changedFields, isSameIn, writable } from './patch.ts';
import type { PlainObject } from './paths.ts';
import type { Involvement } from './readiness.ts';
import { isFinished, type Task } from './tasks.ts';
import type { Outcome, PendingPatch } from './update.ts';
import { uuidOf } from './uuid.ts';
import type { Violation } from './violation.ts';

/** What a caller asks to be submitted, and how. */
export type Submission = Involvement & {
  id: string;
  /** The last corrections. */
  patch: PlainObject;
  associate: TargetAssociations;
  /** The `lastModifiedDate` of the version that the caller has seen. */
  expected?: string | null | undefined;
  /** The caller's token for the task. */
  clientToken?: string | null | undefined;
  /** What AWS would refuse, of a version of the record with the patch and the associations applied. */
  violations(base: OpportunityRecord, merged: PlainObject, changed: string[]): Violation[];
};

/** One opportunity, while nothing else of this process is written to it. All but `recall` call AWS and throw `Fault`s. */
export type SubmissionStore = {
  read(): Promise<OpportunityRecord | null>;
  /** The tasks that have submitted it, latest first. */
  tasks(): Promise<Task[]>;
  /** Applies a patch to the version that has just been read. */
  update(pending: PendingPatch, base: OpportunityRecord): Promise<Outcome>;
  associate(steps: readonly AssociationStep[]): Promise<StepResult[]>;
  /** Starts the task; undefined if AWS does not say which. */
  start(clientToken: string): Promise<Task | undefined>;
  /** A version that is still cached, by its date. */
  recall(lastModifiedDate: string): OpportunityRecord | undefined;
  /** True when there is no time for another step. */
  isTimeUp(): boolean;
  /** The upstream calls that the request has made so far. */
  calls(): number;
};

export type Step = {
  name: 'CHECK' | 'PATCH' | 'ASSOCIATE' | 'START' | 'WAIT';
  outcome: 'DONE' | 'SKIPPED' | 'FAILED' | 'PENDING';
  /** The upstream calls that it made. */
  calls: number;
  association?: StepResult;
};

/** How far a submission has come. */
export type Progress =
  | { kind: 'notFound' }
  /** AWS has the opportunity already. What the input asked for beyond that was not done: `ignored`. */
  | { kind: 'submitted'; ignored: boolean }
  | { kind: 'refused'; violations: Violation[] }
  | { kind: 'conflict'; current: OpportunityRecord }
  /** A task was started, or one that is in progress was joined. */
  | { kind: 'started'; task: Task | undefined; clientToken?: string }
  /** A step was not made, or not in full: for lack of time without a fault. */
  | { kind: 'stopped'; at: Step['name']; fault?: Fault; patched?: Outcome; associated?: StepResult[] };

const inAwsHands: ReadonlySet<string> = new Set(['Submitted', 'In review', 'Approved']);

/** Checks whether AWS has a record: it was submitted, and has not come back. */
export const isSubmitted = ({ lifeCycle }: Pick<OpportunityRecord, 'lifeCycle'>): boolean =>
  inAwsHands.has(lifeCycle?.reviewStatus ?? '');

/** Checks whether the latest task is newer than a record, so that the record is from before its submission. */
function isOutdated({ lastModifiedDate }: OpportunityRecord, latest: Task | undefined): boolean {
  if (latest?.status !== 'COMPLETE' || !latest.startTime || !lastModifiedDate) return false;
  return compareInstants(lastModifiedDate, latest.startTime) <= 0;
}

/**
 * AWS's token for a submission: the same for every attempt of one, so that AWS recognises it; another one as soon as a
 * task has ended, since AWS answers a repeated token with the task of its first use.
 */
export function submissionToken(
  { id, involvementType, visibility, clientToken }: Submission,
  tasks: readonly Task[],
): string {
  return clientToken ?? uuidOf(id, involvementType, visibility, tasks.find(isFinished)?.id ?? '');
}

/** Checks whether someone else has changed a record since a version. Changes that the submission makes itself are none. */
function isChanged(
  record: OpportunityRecord,
  { expected, patch }: Submission,
  recall: SubmissionStore['recall'],
): boolean {
  if (!expected || sameInstant(expected) === sameInstant(record.lastModifiedDate ?? '')) return false;
  const seen = recall(expected);
  if (!seen) return true;
  const patched = applyPatch(writable(seen), patch);
  return changedFields(writable(seen), writable(record)).some(
    (field) => !isSameIn(record, patched, field) && !writtenByAws.has(field),
  );
}

/** AWS keeps the history of next steps, and drops the description of another solution when a solution is associated. */
const writtenByAws: ReadonlySet<string> = new Set([
  'lifeCycle.nextStepsHistory',
  'project.otherSolutionDescription',
]);

/** What is to be done for a submission, or why nothing is. */
type Verdict =
  | Exclude<Progress, { kind: 'stopped' }>
  | {
      kind: 'open';
      record: OpportunityRecord;
      changed: readonly string[];
      steps: AssociationStep[];
      clientToken: string;
    };

/** CHECK: finds out how far the submission is, and whether AWS would accept it. */
async function check(store: SubmissionStore, submission: Submission): Promise<Verdict> {
  const { patch, associate } = submission;
  const record = await store.read();
  if (!record) return { kind: 'notFound' };
  const merged = applyPatch(writable(record), patch);
  const changed = changedFields(writable(record), merged);
  const { steps } = planAssociations(record, associate);
  const submitted = { kind: 'submitted', ignored: changed.length > 0 || steps.length > 0 } as const;
  if (isSubmitted(record)) return submitted;
  if (isChanged(record, submission, store.recall)) return { kind: 'conflict', current: record };
  const violations = submission.violations(record, merged, changed);
  if (violations.length > 0) return { kind: 'refused', violations };
  const tasks = await store.tasks();
  const [latest] = tasks;
  if (isOutdated(record, latest)) return submitted;
  if (latest && !isFinished(latest)) return { kind: 'started', task: latest };
  return { kind: 'open', record, changed, steps, clientToken: submissionToken(submission, tasks) };
}

/** Keeps the steps that were made, with the calls since the one before. */
function stepLog(calls: () => number) {
  const steps: Step[] = [];
  let counted = calls();
  return {
    steps,
    add(name: Step['name'], outcome: Step['outcome']): void {
      const before = counted;
      counted = calls();
      steps.push({ name, outcome, calls: counted - before });
    },
    addAssociations(results: readonly StepResult[]): void {
      counted = calls();
      for (const association of results)
        steps.push({
          name: 'ASSOCIATE',
          outcome: association.outcome,
          calls: association.calls,
          association,
        });
    },
  };
}
type Log = ReturnType<typeof stepLog>;

/** Faults by which AWS refuses a step for what is in it. */
const refusals: ReadonlySet<Fault['code']> = new Set(['VALIDATION', 'CONFLICT', 'NOT_FOUND', 'FORBIDDEN']);

/** Makes a step, and adds it to the log if it fails. */
async function attempt<T>(log: Log, at: 'PATCH' | 'START', step: () => Promise<T>) {
  try {
    return { result: await step() };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const isRefused = refusals.has(fault.code) && !fault.mayHaveBeenApplied;
    log.add(at, isRefused ? 'FAILED' : 'PENDING');
    return { stopped: { kind: 'stopped', at, fault } as const };
  }
}

/** PATCH, ASSOCIATE and START: what AWS has already is left out. */
async function carryOut(
  log: Log,
  store: SubmissionStore,
  { patch, violations }: Submission,
  { record, changed, steps, clientToken }: Extract<Verdict, { kind: 'open' }>,
): Promise<Progress> {
  if (changed.length === 0) log.add('PATCH', 'SKIPPED');
  else {
    if (store.isTimeUp()) return { kind: 'stopped', at: 'PATCH' };
    const pending: PendingPatch = {
      patch,
      violations: (base, merged, changed) => violations(base, merged as PlainObject, changed),
    };
    const { result: patched, stopped } = await attempt(log, 'PATCH', () => store.update(pending, record));
    if (stopped) return stopped;
    if (patched.kind !== 'done') {
      log.add('PATCH', patched.kind === 'unknown' ? 'PENDING' : 'FAILED');
      return { kind: 'stopped', at: 'PATCH', patched };
    }
    log.add('PATCH', 'DONE');
  }

  const associated = await store.associate(steps);
  log.addAssociations(associated);
  if (associated.some(({ outcome }) => outcome !== 'DONE'))
    return { kind: 'stopped', at: 'ASSOCIATE', associated };

  if (store.isTimeUp()) return { kind: 'stopped', at: 'START' };
  const { result: task, stopped } = await attempt(log, 'START', () => store.start(clientToken));
  if (stopped) return stopped;
  log.add('START', 'DONE');
  return { kind: 'started', task, clientToken };
}

const order: readonly Step['name'][] = ['CHECK', 'PATCH', 'ASSOCIATE', 'START'];

/**
 * Submits an opportunity as far as time allows. Every step that AWS shows as made is left out, so the same submission can
 * be continued by another call.
 *
 * @returns the steps without WAIT, and how far it has come
 * @throws Fault if CHECK failed, so that nothing was changed
 */
export async function submit(
  store: SubmissionStore,
  submission: Submission,
): Promise<{ steps: Step[]; progress: Progress }> {
  const log = stepLog(store.calls);
  const verdict = await check(store, submission);
  const isRefused = ['notFound', 'refused', 'conflict'].includes(verdict.kind);
  log.add('CHECK', isRefused ? 'FAILED' : 'DONE');
  const progress = verdict.kind === 'open' ? await carryOut(log, store, submission, verdict) : verdict;

  // Steps that were not reached; associations are listed only if there are any.
  const rest = progress.kind === 'submitted' || progress.kind === 'started' ? 'SKIPPED' : 'PENDING';
  const reached = log.steps.at(-1)?.name ?? 'CHECK';
  for (const name of order.slice(order.indexOf(reached) + 1)) if (name !== 'ASSOCIATE') log.add(name, rest);
  return { steps: log.steps, progress };
}
