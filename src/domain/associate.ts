/**
 * Makes the steps of associations, each once. AWS has neither a token nor a lock for them, but the record shows whether
 * a step was made: so after a lost response it is read, and a step that it does not show may be sent again.
 */
import { Fault } from '../fault.ts';
import { provesNothingApplied } from '../upstream/errors.ts';
import type { AssociationStep } from './associations.ts';
import { type AssociatedRecord, isAssociated, isOffer } from './entities.ts';

/** The opportunity whose associations are changed. `read` and `send` call AWS and throw `Fault`s. */
export type AssociationStore = {
  /** Reads the record from AWS, never from the cache. */
  read(): Promise<AssociatedRecord | null>;
  send(step: AssociationStep): Promise<unknown>;
  /** Waits, longer with each attempt. @throws Fault if the request's deadline is nearer than that */
  pause(attempt: number): Promise<void>;
  /** The upstream calls that the request has made so far. */
  calls(): number;
};

/**
 * The result of a step: made, not necessary, refused by AWS, or still to be made. `fault` is why; without one, it was not
 * tried. It is unknown whether a pending step was made if its fault `mayHaveBeenApplied`. `calls` are the upstream calls
 * that it took.
 */
export type StepResult = AssociationStep & {
  outcome: 'DONE' | 'SKIPPED' | 'FAILED' | 'PENDING';
  calls: number;
  fault?: Fault;
};

/** The maximum number of times that a step is sent. */
const maxAttempts = 5;

/** Faults by which AWS refuses a step itself, so that others may succeed. */
const refusals: ReadonlySet<Fault['code']> = new Set(['VALIDATION', 'NOT_FOUND', 'CONFLICT']);

const isDuplicate = ({ issues }: Fault): boolean => issues.some(({ code }) => code === 'DUPLICATE_KEY_VALUE');

/** Checks whether a refusal may mean that the opportunity is already as the step would make it. */
function mayMeanDone(fault: Fault, { action }: AssociationStep): boolean {
  if (fault.code === 'CONFLICT') return true; // observed for a repeated association, although not declared
  return action === 'ASSOCIATE' ? isDuplicate(fault) : fault.code === 'NOT_FOUND';
}

/** Checks whether the record is as a step would make it. */
export const isMade = (record: AssociatedRecord, { action, type, id }: AssociationStep): boolean =>
  isAssociated(record, type, id) === (action === 'ASSOCIATE');

async function trySend(store: AssociationStore, step: AssociationStep): Promise<Fault | undefined> {
  try {
    await store.send(step);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

/**
 * Makes one step. It succeeds if the opportunity is already as the step would make it.
 *
 * @throws Fault if AWS refuses the step or cannot be reached; it is unknown whether the step was made if the fault
 *   `mayHaveBeenApplied`
 */
export async function makeStep(store: AssociationStore, step: AssociationStep): Promise<void> {
  let isUnconfirmed = false;
  for (let attempt = 1; ; attempt++) {
    const fault = await trySend(store, step);
    if (!fault) return;
    // Only an offer can be in use elsewhere.
    if (step.action === 'ASSOCIATE' && isDuplicate(fault) && !isOffer(step.type)) return;
    isUnconfirmed ||= fault.mayHaveBeenApplied;
    if (!isUnconfirmed && !mayMeanDone(fault, step)) throw fault;
    const last = isUnconfirmed && !provesNothingApplied(fault) ? fault.withUnknownOutcome() : fault;
    const record = await lookUp(store, attempt, last);
    if (!record) throw new Fault('NOT_FOUND', 'The opportunity is gone.', { cause: last });
    // AWS finds the opportunity, so what it does not find is the association.
    if (isMade(record, step) || (step.action === 'DISASSOCIATE' && fault.code === 'NOT_FOUND')) return;
    const mayRepeat = fault.code === 'CONFLICT' || last.mayHaveBeenApplied;
    if (!mayRepeat || attempt >= maxAttempts) throw last;
  }
}

/** Reads the record after a step that failed. @throws `last` if that is impossible */
async function lookUp(
  store: AssociationStore,
  attempt: number,
  last: Fault,
): Promise<AssociatedRecord | null> {
  try {
    await store.pause(attempt);
    return await store.read();
  } catch (error) {
    throw error instanceof Fault ? last : error;
  }
}

/**
 * Makes steps in their order. After one that AWS refuses, the others are made, but nothing is disassociated any more
 * once something could not be associated: it may have been meant as the replacement. After any other failure, and when
 * the time is up, the rest stays pending.
 */
export async function makeSteps(
  store: AssociationStore,
  steps: readonly AssociationStep[],
  isTimeUp: () => boolean,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  let isStopped = false;
  let isIncomplete = false;
  for (const step of steps) {
    isStopped ||= isTimeUp();
    if (isStopped || (isIncomplete && step.action === 'DISASSOCIATE')) {
      results.push({ ...step, outcome: 'PENDING', calls: 0 });
      continue;
    }
    const before = store.calls();
    try {
      await makeStep(store, step);
      results.push({ ...step, outcome: 'DONE', calls: store.calls() - before });
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      const isRefused = refusals.has(fault.code) && !fault.mayHaveBeenApplied;
      isStopped = !isRefused;
      isIncomplete ||= step.action === 'ASSOCIATE';
      results.push({
        ...step,
        outcome: isRefused || fault.code === 'FORBIDDEN' ? 'FAILED' : 'PENDING',
        calls: store.calls() - before,
        fault,
      });
    }
  }
  return results;
}
