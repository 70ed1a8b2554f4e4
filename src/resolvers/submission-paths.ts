/** Where the input of `submitOpportunity` takes what a submission needs. */
import { type GraphQLSchema, isInputObjectType } from 'graphql';
import type { Violation } from '../domain/violation.ts';
import type { UserError } from '../generated/schema-types.ts';
import { allowedValuesOf, fromViolations } from './user-errors.ts';

/** The members of the input that are not a record's. */
const own: ReadonlySet<string> = new Set(['id', 'involvementType', 'visibility']);
const associations = 'relatedEntityIdentifiers';

/** A path of a record as a path of the input: a field is taken in the patch, an association in `associate`. */
function inputPath([first = '', ...rest]: readonly string[]): string[] {
  if (own.has(first)) return [first, ...rest];
  return first === associations ? ['associate', ...rest] : ['patch', first, ...rest];
}

/** The same among the mutation's variables. */
export const submissionPath = (path: readonly string[]): string[] => ['input', ...inputPath(path)];

/**
 * What keeps a record from being submitted, as user errors with the allowed values where there is a list of them.
 *
 * @param value the input of the mutation; what it contains is `sent`
 */
export function toBlockers(
  violations: readonly Violation[],
  schema: GraphQLSchema,
  value: object = {},
): UserError[] {
  const type = schema.getType('OpportunityPatch');
  if (!isInputObjectType(type)) throw new Error('The schema has no input type OpportunityPatch');
  return violations.flatMap((violation) => {
    const { path, code } = violation;
    const placed = { ...violation, path: inputPath(path) };
    const isUnlisted =
      !violation.allowedValues && (code === 'REQUIRED_FIELD_MISSING' || code === 'ACTION_NOT_PERMITTED');
    const [error] = fromViolations([placed], { value, type, root: ['input'] });
    return error
      ? [{ ...error, allowedValues: isUnlisted ? allowedValuesOf(type, path) : error.allowedValues }]
      : [];
  });
}
