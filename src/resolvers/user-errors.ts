/** Violations and faults as errors about the caller's own input. */
import {
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
} from 'graphql';
import { labelOf, nameOf } from '../domain/labels.ts';
import { isEdits, pathInPatch } from '../domain/list-edits.ts';
import { fieldOf, isIndex, isPlainObject } from '../domain/paths.ts';
import { picklistFields } from '../domain/picklists.ts';
import type { Violation } from '../domain/violation.ts';
import { type Fault, faultCodes, type Issue } from '../fault.ts';
import type { UserError, UserErrorCode } from '../generated/schema-types.ts';

/** The length to which AWS's message is searched for field names. */
const maxSearched = 1_000;

/** The codes of AWS's ValidationException that have the same name in the graph. */
const awsCodes: ReadonlySet<string> = new Set<UserErrorCode>([
  'REQUIRED_FIELD_MISSING',
  'INVALID_ENUM_VALUE',
  'INVALID_STRING_FORMAT',
  'INVALID_VALUE',
  'NOT_ENOUGH_VALUES',
  'TOO_MANY_VALUES',
  'INVALID_RESOURCE_STATE',
  'DUPLICATE_KEY_VALUE',
  'VALUE_OUT_OF_RANGE',
  'ACTION_NOT_PERMITTED',
]);

/** The type at a path of an input, list items numbered; undefined if the input has no such field. */
function typeAt(type: GraphQLNamedType, [name, ...rest]: readonly string[]): GraphQLNamedType | undefined {
  if (name === undefined) return type;
  if (isIndex(name)) return typeAt(type, rest);
  const field = isInputObjectType(type) ? type.getFields()[name] : undefined;
  return field && typeAt(getNamedType(field.type), rest);
}

/** The paths in an input that end with the given one: AWS has been observed to omit the beginning. */
function endingIn(type: GraphQLInputObjectType, tail: readonly string[]): string[][] {
  if (typeAt(type, tail)) return [[...tail]];
  return Object.entries(type.getFields()).flatMap(([name, field]) => {
    const inner = getNamedType(field.type);
    return isInputObjectType(inner) && !isEdits(name)
      ? endingIn(inner, tail).map((path) => [name, ...path])
      : [];
  });
}

/**
 * A field in any of AWS's notations as steps: `Contacts[0].Email`, `/contacts/0/email`, `contacts.1.member.email`. None
 * if it names no field, but only the number of an item.
 */
function stepsOf(name: string): string[] {
  const steps = name
    .replace(/\.(\d+)\.member\b/g, (_, n) => `.${Number(n) - 1}`) // Smithy counts from 1
    .replace(/\[(\d+)\]/g, '.$1')
    .replaceAll('/', '.')
    .split('.')
    .filter(Boolean)
    .map((step) => step.charAt(0).toLowerCase() + step.slice(1));
  return steps.every(isIndex) ? [] : steps;
}

/** Words joined by a dot, a bracket or a slash, and words with a capital letter inside. */
const fieldLike = /(?<!\w)(?:\/?[A-Za-z]\w*(?:(?:\.|\/|\[\d+\]\.?)\w+)+|[A-Za-z]\w*[a-z][A-Z]\w*)/g;

/** The fields of an input that a message names, as steps: `and/or` and `O5000002.docx` are none. */
function fieldsIn(type: GraphQLInputObjectType, message: string): string[][] {
  const names = message.slice(0, maxSearched).match(fieldLike) ?? [];
  return names.map(stepsOf).filter((steps) => steps.length > 0 && endingIn(type, steps).length > 0);
}

/**
 * The path of AWS's field name in an input type; undefined if the input has no such field. Of several fields with that
 * name, it is the one that the caller has sent.
 *
 * AWS writes `lifeCycle.targetCloseDate` without list indexes, and puts the index, counted from 1, only into the
 * message of a broken constraint: `Value at 'customer.contacts.1.member.email' …`. Sometimes only the message names the
 * field.
 */
export function fieldPath(
  type: GraphQLInputObjectType,
  { fieldName, message }: Issue,
  input: unknown,
): string[] | undefined {
  const given = stepsOf(fieldName ?? '');
  const isGiven = given.length > 0;
  // The message is used if it has the same field with an index, or if there is no field name.
  const indexed = fieldsIn(type, message).find((steps) => !isGiven || fieldOf(steps) === fieldOf(given));
  const steps = indexed ?? given;
  if (steps.length === 0) return undefined;
  const paths = endingIn(type, steps);
  const path = paths.find((one) => isSent(input, one)) ?? paths[0];
  if (path) return path;
  // The graph may have the members of a structure of AWS's in the input itself: `Assignee.Email` is `email`.
  const inner = steps.slice(1);
  return inner.length > 0 && typeAt(type, inner) ? inner : undefined;
}

/** Checks whether an input includes the field at a path: there is a value, a null or a list on the way to it. */
function isSent(input: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined || !isPlainObject(input)) return true;
  return Object.hasOwn(input, name) && input[name] !== undefined && isSent(input[name], rest);
}

/**
 * An input, the type that describes it, and its own path among the caller's variables, such as `['input', 'patch']`.
 */
export type CallerInput = { value: unknown; type: GraphQLInputObjectType; root: readonly string[] };

/** A user error about a whole input. */
export function wholeError(code: UserErrorCode, message: string, path = ['input']): UserError {
  return { path, code, message, field: null, sent: true, allowedValues: null, limit: null };
}

/** The user error for an input whose `id` AWS does not have. */
export const notFound = (id: string): UserError =>
  wholeError('NOT_FOUND', `Opportunity ${id} not found.`, ['input', 'id']);

/** Violations as user errors. */
export function fromViolations(violations: readonly Violation[], { value, root }: CallerInput): UserError[] {
  return violations.map(({ path, field, code, message, limit, allowedValues }) => ({
    path: [...root, ...path],
    code,
    message,
    field,
    sent: isSent(value, path),
    allowedValues: allowedValues ? [...allowedValues] : null,
    limit: limit ?? null,
  }));
}

/** What is wrong, by AWS's code. */
const predicates: ReadonlyMap<string, string> = new Map([
  ['REQUIRED_FIELD_MISSING', 'is required'],
  ['INVALID_ENUM_VALUE', 'has a value that AWS does not accept'],
  ['INVALID_STRING_FORMAT', 'does not have the form that AWS expects'],
  ['NOT_ENOUGH_VALUES', 'has too few entries'],
  ['TOO_MANY_VALUES', 'has too many entries'],
  ['VALUE_OUT_OF_RANGE', 'is out of range'],
  ['DUPLICATE_KEY_VALUE', 'has a value that is already in use'],
  ['ACTION_NOT_PERMITTED', 'cannot be changed now'],
]);

/** A message for AWS's code, to replace one that AWS wrote for programmers. */
function sentenceFor(code: string, path: readonly string[]): string {
  const label = path.length > 0 ? labelOf(path) : 'The request';
  const predicate = predicates.get(code);
  if (predicate) return `${label} ${predicate}.`;
  return path.length > 0
    ? `AWS did not accept the value of ${nameOf(path)}.`
    : 'AWS did not accept the request.';
}

/** AWS's message if it is fit for end users: without a path of its schema, a pattern or a Smithy term. */
function messageFor(
  type: GraphQLInputObjectType,
  { code, message, fieldName }: Issue,
  path: readonly string[] | undefined,
): string {
  const isForEndUsers =
    fieldsIn(type, message).length === 0 && !/regular expression|failed to satisfy|\bmember\b/i.test(message);
  return isForEndUsers ? message : sentenceFor(code, path ?? (fieldName ? stepsOf(fieldName) : []));
}

/** The allowed values of a field; null if there is no list of them. */
export function allowedValuesOf(type: GraphQLInputObjectType, path: readonly string[]): string[] | null {
  const inner = typeAt(type, path);
  if (isEnumType(inner)) return inner.getValues().map(({ name }) => name);
  const values = picklistFields.get(fieldOf(path))?.values;
  return values ? [...values] : null;
}

/**
 * Converts one of AWS's issues. A field that AWS does not allow to be changed is `NOT_EDITABLE`, as in our own check.
 */
export function fromIssue(issue: Issue, { value, type, root }: CallerInput): UserError {
  const path = fieldPath(type, issue, value);
  const sentPath = path && !isSent(value, path) ? pathInPatch(value, path) : path;
  const isKnown = awsCodes.has(issue.code);
  const isLocked = issue.code === 'ACTION_NOT_PERMITTED' && path !== undefined;
  const allowed = path && issue.code === 'INVALID_ENUM_VALUE' ? allowedValuesOf(type, path) : null;
  return {
    path: sentPath ? [...root, ...sentPath] : ['input'],
    code: isLocked ? 'NOT_EDITABLE' : isKnown ? (issue.code as UserErrorCode) : 'REFUSED_BY_AWS',
    message: messageFor(type, issue, path),
    field: path ? fieldOf(path) : (issue.fieldName ?? null),
    sent: sentPath ? isSent(value, sentPath) : !issue.fieldName,
    allowedValues: allowed,
    limit: null,
  };
}

/** A fault that the caller can fix, as user errors; undefined for any other fault. */
export function fromFault(fault: Fault, input: CallerInput): UserError[] | undefined {
  if (fault.mayHaveBeenApplied) {
    const message =
      "AWS's response was lost, so it is unknown whether the change was applied. Read the object again before you " +
      'repeat the change.';
    return [wholeError('OUTCOME_UNKNOWN', message)];
  }
  if (fault.code === 'CONFLICT') return [wholeError('CONFLICT', fault.message)];
  // AWS's own message has the ARN of the object, and with it the account.
  if (fault.code === 'NOT_FOUND') return [wholeError('NOT_FOUND', faultCodes.NOT_FOUND)];
  if (fault.code !== 'VALIDATION') return undefined;
  const whole: Issue = { code: 'INVALID_VALUE', fieldName: undefined, message: fault.message };
  return (fault.issues.length > 0 ? fault.issues : [whole]).map((issue) => fromIssue(issue, input));
}
