/** AWS's messages about leads, at the paths of the caller's input. */
import { type GraphQLResolveInfo, isInputObjectType } from 'graphql';
import type { ConversionDoubt } from '../../domain/lead-checks.ts';
import type { Fault } from '../../fault.ts';
import type { UserError, Warning } from '../../generated/schema-types.ts';
import type { Token } from '../opportunity/new.ts';
import { fromIssue, wholeError } from '../user-errors.ts';

/** Where AWS has a lead in a request: `contexts.1.member.payload.lead.customer` or `payload.lead.interaction`. */
const beforeLead = /^.*\bpayload\.lead\./i;

/** A field of a request of AWS as the inputs name it. */
const inInput = (fieldName: string): string =>
  fieldName.replace(beforeLead, '').replace(/^interaction\b/i, 'addInteraction');

/** The refusals of AWS at the input's own paths; undefined for a fault that names no field. */
export function atLeadFields(
  { code, issues, mayHaveBeenApplied }: Fault,
  value: object,
  name: string,
  { schema }: GraphQLResolveInfo,
): UserError[] | undefined {
  if (code !== 'VALIDATION' || mayHaveBeenApplied || issues.length === 0) return undefined;
  const type = schema.getType(name);
  if (!isInputObjectType(type)) throw new Error(`The schema has no input type ${name}`);
  return issues.map((issue) =>
    fromIssue(
      { ...issue, fieldName: issue.fieldName && inInput(issue.fieldName) },
      { value, type, root: ['input'] },
    ),
  );
}

/** Doubts as warnings. @param path of the input that they are about */
export const asWarnings = (doubts: readonly ConversionDoubt[], path: readonly string[]): Warning[] =>
  doubts.map((doubt) => ({
    path: [...path, ...doubt.path],
    message: doubt.message,
    allowedValues: doubt.allowedValues ? [...doubt.allowedValues] : null,
  }));

/** The user error for an id of which there is no lead. */
export const leadNotFound = (id: string, path = ['input', 'id']): UserError =>
  wholeError('NOT_FOUND', `Lead ${id} not found.`, path);

/**
 * The user errors for a fault that has a special meaning for a write with a token, which has nothing to conflict with.
 *
 * @param what it is unknown whether this has happened
 */
export function explainToken(
  fault: Fault,
  { clientToken, isFromKey }: Token,
  what: string,
): UserError[] | undefined {
  if (fault.mayHaveBeenApplied) {
    const message = `AWS's response was lost, so it is unknown whether ${what}. Send the same input again with the clientToken ${JSON.stringify(clientToken)}: it happens at most once.`;
    return [wholeError('OUTCOME_UNKNOWN', message)];
  }
  if (fault.code !== 'CONFLICT') return undefined;
  return isFromKey
    ? [wholeError('IDEMPOTENCY_CONFLICT', 'The Idempotency-Key was used with another input before.')]
    : [wholeError('IDEMPOTENCY_CONFLICT', fault.message, ['input', 'clientToken'])];
}
