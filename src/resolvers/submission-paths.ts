/** Where the inputs of `submitOpportunity` and `createOpportunity` take what a submission needs. */
import { type GraphQLInputObjectType, type GraphQLSchema, isInputObjectType } from 'graphql';
import { getIn, type PlainObject } from '../domain/paths.ts';
import { refusalsOf, type Task } from '../domain/tasks.ts';
import type { Violation } from '../domain/violation.ts';
import type { UserError } from '../generated/schema-types.ts';
import { allowedValuesOf, fromIssue, fromViolations, wholeError } from './user-errors.ts';

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
const maxUserErrors = 100;

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

function patchType(schema: GraphQLSchema): GraphQLInputObjectType {
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

/** AWS's name of an association in the message of a task. */
const association = /^relatedEntityIdentifiers\.(\w+)$/i;

/** Why a submission has failed: each part of its task's message as a user error. Empty unless it has. */
export function submissionErrors(
  { status, message, reasonCode }: Task,
  schema: GraphQLSchema,
  input: SubmissionInput,
): UserError[] {
  if (status !== 'FAILED') return [];
  const { value, fields } = input;
  const given = (fields.length > 0 ? getIn(value, fields.join('.')) : value) ?? {};
  const errors = refusalsOf(message ?? '').map((refusal) => {
    const error = fromIssue(refusal, { value: given, type: patchType(schema), root: ['input', ...fields] });
    const [, kind] = association.exec(refusal.fieldName ?? '') ?? [];
    if (!kind) return error;
    return {
      ...error,
      path: ['input', 'associate', kind],
      sent: getIn(value, `associate.${kind}`) !== undefined,
    };
  });
  if (errors.length > 0) return errors.slice(0, maxUserErrors);
  const why = reasonCode ? ` (${reasonCode})` : '';
  return [
    wholeError('REFUSED_BY_AWS', `AWS did not carry out the submission${why}. Submit the opportunity again.`),
  ];
}
