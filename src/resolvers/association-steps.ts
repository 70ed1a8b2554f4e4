/** The steps of associations as a payload reports them: outcomes, errors at the caller's paths, warnings. */
import type { StepResult } from '../domain/associate.ts';
import { dropsDescription, type AssociationStep as PlannedStep } from '../domain/associations.ts';
import { placeOf, type TargetAssociations } from '../domain/entities.ts';
import { labelOf } from '../domain/labels.ts';
import { faultCodes } from '../fault.ts';
import type { AssociationStep, UserError, UserErrorCode, Warning } from '../generated/schema-types.ts';
import type { Context } from '../graphql/context.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';
import type { Reporter } from './mutation.ts';
import { wholeError } from './user-errors.ts';

/** The time that is kept for the response, in milliseconds. */
export const reserveMs = 1_000;

/**
 * Checks when no further step may be made.
 *
 * @param waitMs the caller's time for all steps, in milliseconds; cut to what the request has left
 */
export function timeFor(
  { account: { clock }, request }: Context,
  waitMs: number | null = null,
): () => boolean {
  const end = Math.min(clock.now() + (waitMs ?? Number.POSITIVE_INFINITY), request.deadline - reserveMs);
  return () => clock.now() >= end;
}

/** The path in the caller's variables of what asks for associations, and the associations themselves if it has them. */
export type Wish = { path: readonly string[]; target?: TargetAssociations };

/** The user error for a step that was not made; null if the caller can do nothing but repeat it. */
function errorOf({ fault, ...step }: StepResult, wish: Wish, reporter: Reporter): UserError | null {
  if (!fault) return null;
  const { path, field } = placeOf(step.type, step.id, wish.target ?? {});
  const code = fault.mayHaveBeenApplied ? 'OUTCOME_UNKNOWN' : fault.code;
  const error = (code: UserErrorCode, message: string): UserError => ({
    ...wholeError(code, message, wish.target ? [...wish.path, ...path] : [...wish.path]),
    field,
  });
  if (code === 'OUTCOME_UNKNOWN') return error(code, unknownOutcomeOf(step));
  if (code === 'NOT_FOUND') return error(code, `${labelOf(path)}: ${faultCodes.NOT_FOUND}`);
  if (code === 'FORBIDDEN') return error('REFUSED_BY_AWS', fault.message);
  const [first] = reporter.explain(fault) ?? [];
  return first ? error(first.code, first.message) : null;
}

/** The message for a step of which it is unknown whether it was made. */
export function unknownOutcomeOf({ action, id }: PlannedStep): string {
  const made = action === 'ASSOCIATE' ? 'associated' : 'removed';
  return `AWS's response was lost, and the opportunity does not show that ${id} was ${made}. Send the same input again: what has been done is not repeated.`;
}

/** The steps, whether all or any were made, and the user errors of those that were not. */
export function reportSteps(results: readonly StepResult[], wish: Wish, reporter: Reporter) {
  const steps = results.map((result): AssociationStep => {
    const { action, type, id, outcome } = result;
    return { action, type, id, outcome, error: errorOf(result, wish, reporter) };
  });
  return {
    steps,
    complete: steps.every(({ outcome }) => outcome === 'DONE' || outcome === 'SKIPPED'),
    changed: steps.some(({ outcome }) => outcome === 'DONE'),
    userErrors: steps.flatMap(({ error }) => error ?? []),
  };
}

/**
 * The fault that a payload cannot report: nothing was changed, and the caller cannot fix the reason.
 */
export function faultOf(results: readonly StepResult[], reporter: Reporter) {
  const fault = results.find((result) => result.fault)?.fault;
  const isNothingDone = results.every(({ outcome }) => outcome !== 'DONE');
  return fault && isNothingDone && !reporter.explain(fault) ? fault : undefined;
}

/** The message of a warning about a description that AWS drops. */
export const descriptionDropped =
  'AWS drops the description of another solution as soon as a solution is associated.';

/** The warning about a description of another solution that AWS drops because of some steps. */
export function warningsOf(
  record: Pick<OpportunityRecord, 'project'>,
  steps: readonly PlannedStep[],
  path: readonly string[],
): Warning[] {
  if (!dropsDescription(record, steps)) return [];
  return [{ path: [...path], message: descriptionDropped, allowedValues: null }];
}
