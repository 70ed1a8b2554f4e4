/** What became of a submission, as its payload reports it: errors at the caller's paths, and warnings. */
import type { GraphQLSchema } from 'graphql';
import { type AssociationStep, dropsDescription } from '../domain/associations.ts';
import type { TargetAssociations } from '../domain/entities.ts';
import { submissionDoubts } from '../domain/readiness.ts';
import type { Progress, Step } from '../domain/submit.ts';
import type { Outcome } from '../domain/update.ts';
import { unknownPicklistValues } from '../domain/validation.ts';
import type { Fault } from '../fault.ts';
import type { SubmissionStep, UserError, Warning } from '../generated/schema-types.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';
import { reportSteps, warningsOf } from './association-steps.ts';
import type { Reporter } from './mutation.ts';
import { blockersOf, type SubmissionInput, submissionPath } from './submission-paths.ts';
import { notFound, wholeError } from './user-errors.ts';

/** The context of a report: the caller's input, the schema that describes it, and the mutation's reporter. */
export type ReportTools = {
  input: SubmissionInput;
  associate: TargetAssociations;
  schema: GraphQLSchema;
  reporter: Reporter;
};

const wishOf = ({ input, associate }: ReportTools) => ({
  target: associate,
  path: submissionPath(['relatedEntityIdentifiers'], input),
});

/** Steps with their associations, and the errors of those. */
export function stepsOf(steps: readonly Step[], tools: ReportTools): SubmissionStep[] {
  return steps.map(({ name, outcome, calls, association }) => {
    const [reported = null] = association
      ? reportSteps([association], wishOf(tools), tools.reporter).steps
      : [];
    return { name, outcome, calls, association: reported };
  });
}

/** Why a patch was not applied. */
function patchErrors(outcome: Outcome, { schema, input }: ReportTools): UserError[] {
  const path = ['input', ...input.fields];
  switch (outcome.kind) {
    case 'done':
      return [];
    case 'refused':
      return blockersOf(outcome.violations, schema, input);
    case 'notFound':
      return [wholeError('NOT_FOUND', 'AWS has the opportunity no more.', ['input'])];
    case 'conflict': {
      const message = 'Nothing was submitted: someone else changed the same fields in the meantime.';
      return [wholeError('CONFLICT', message, path), ...blockersOf(outcome.edits, schema, input)];
    }
    case 'unknown': {
      const message =
        "AWS's response to the patch was lost, and the opportunity does not show whether it was applied. Send the same input again: what has been done is not repeated.";
      return [wholeError('OUTCOME_UNKNOWN', message, path)];
    }
  }
}

/** Why the task was not started; undefined if the caller cannot fix it. */
function startErrors(fault: Fault, { input, reporter }: ReportTools): UserError[] | undefined {
  if (fault.mayHaveBeenApplied) {
    const message =
      "AWS's response was lost, so it is unknown whether the opportunity was submitted. Send the same input again: it is submitted at most once.";
    return [wholeError('OUTCOME_UNKNOWN', message)];
  }
  // The same submission has always the same content, so a conflict is one of the caller's own token or tags.
  if (fault.code === 'CONFLICT')
    return [wholeError('IDEMPOTENCY_CONFLICT', fault.message, submissionPath(['clientToken'], input))];
  return reporter.explain(fault);
}

/**
 * Why a submission was not made, at the caller's paths; empty if it was, or if there was only too little time. Undefined
 * for a fault that the caller cannot fix.
 */
export function errorsOf(progress: Progress, id: string, tools: ReportTools): UserError[] | undefined {
  const { input, schema, reporter } = tools;
  switch (progress.kind) {
    case 'submitted':
    case 'started':
      return [];
    case 'notFound':
      return [notFound(id)];
    case 'refused':
      return blockersOf(progress.violations, schema, input);
    case 'conflict': {
      const message = `Nothing was submitted: the opportunity was last modified at ${progress.current.lastModifiedDate}.`;
      return [wholeError('CONFLICT', message, ['input', 'expectedLastModifiedDate'])];
    }
    case 'stopped': {
      const { fault, patched, associated } = progress;
      if (patched) return patchErrors(patched, tools);
      if (associated) {
        const { userErrors } = reportSteps(associated, wishOf(tools), reporter);
        const unexplained = associated.find(({ fault }) => fault && !reporter.explain(fault));
        return userErrors.length > 0 || !unexplained ? userErrors : undefined;
      }
      if (!fault) return [];
      return progress.at === 'START' ? startErrors(fault, tools) : reporter.explain(fault);
    }
  }
}

/** The fault that has stopped a submission. */
export function faultOf(progress: Progress): Fault | undefined {
  if (progress.kind !== 'stopped') return undefined;
  return progress.fault ?? progress.associated?.find(({ fault }) => fault)?.fault;
}

/** What may go wrong with a record that is about to be submitted. */
export function warningsAbout(
  {
    patch,
    target,
    base,
    steps,
  }: { patch: unknown; target: unknown; base: OpportunityRecord; steps: AssociationStep[] },
  { input }: ReportTools,
): Warning[] {
  const values = unknownPicklistValues(patch, target).map((one) => ({
    ...one,
    path: submissionPath(one.path, input),
    allowedValues: [...one.allowedValues],
  }));
  const doubts = submissionDoubts(target).map(({ path, message }) => ({
    path: submissionPath(path, input),
    message,
    allowedValues: null,
  }));
  const dropped = dropsDescription(base, steps)
    ? warningsOf(base, steps, submissionPath(['relatedEntityIdentifiers'], input))
    : [];
  return [...values, ...dropped, ...doubts];
}

/** The warning that something was left out, because AWS had the opportunity before. */
export const ignoredWarning = (): Warning => ({
  path: ['input'],
  message:
    'The opportunity had already been submitted, so nothing else of the input was applied. AWS decides whether it can still be changed.',
  allowedValues: null,
});
