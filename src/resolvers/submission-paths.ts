/** Where the inputs of `submitOpportunity` and `createOpportunity` take what a submission needs. */
import { type GraphQLInputObjectType, type GraphQLSchema, isInputObjectType } from 'graphql';
import type { PlainObject } from '../domain/paths.ts';
import type { Violation } from '../domain/violation.ts';
import type { UserError } from '../generated/schema-types.ts';
import { allowedValuesOf, fromViolations } from './user-errors.ts';

/** An input, and the members of it that hold a record's fields and the options of the submission; none: itself. */
export type SubmissionInput = { value: PlainObject; fields: readonly string[]; options: readonly string[] };

/** The input of `submitOpportunity`. */
export const inSubmit = (value: PlainObject = {}): SubmissionInput => ({
  value,
  fields: ['patch'],
  options: [],
});
/** The input of `createOpportunity`. */
export const inCreate = (value: PlainObject): SubmissionInput => ({
  value,
  fields: [],
  options: ['submit'],
});

/** The options of a submission, which are not a record's. */
const optionNames: ReadonlySet<string> = new Set(['clientToken', 'id', 'tags', 'visibility']);
const associations = 'relatedEntityIdentifiers';

/** The most user errors of a payload. */
export const maxUserErrors = 100;

/** A path of a record, or an option, as a path of the input. */
function inputPath([first = '', ...rest]: readonly string[], { fields, options }: SubmissionInput): string[] {
  if (optionNames.has(first)) return [...options, first, ...rest];
  return first === associations ? ['associate', ...rest] : [...fields, first, ...rest];
}

/** The same among the mutation's variables. */
export const submissionPath = (path: readonly string[], input: SubmissionInput): string[] => [
  'input',
  ...inputPath(path, input),
];

export function patchType(schema: GraphQLSchema): GraphQLInputObjectType {
  const type = schema.getType('OpportunityPatch');
  if (!isInputObjectType(type)) throw new Error('The schema has no input type OpportunityPatch');
  return type;
}

/** Violations of a record at the paths of the input, with the allowed values where there is a list of them. */
export function placed(
  violations: readonly Violation[],
  schema: GraphQLSchema,
  input: SubmissionInput,
): Violation[] {
  const type = patchType(schema);
  return violations.map((violation) => {
    const { path, code, allowedValues } = violation;
    const needsList = code === 'REQUIRED_FIELD_MISSING' || code === 'ACTION_NOT_PERMITTED';
    const listed = allowedValues ?? (needsList ? allowedValuesOf(type, path) : null);
    return { ...violation, path: inputPath(path, input), ...(listed && { allowedValues: listed }) };
  });
}

/** What keeps a record from being submitted, as user errors. */
export function blockersOf(
  violations: readonly Violation[],
  schema: GraphQLSchema,
  input: SubmissionInput,
): UserError[] {
  const first = placed(violations.slice(0, maxUserErrors), schema, input);
  return fromViolations(first, { value: input.value, type: patchType(schema), root: ['input'] });
}
