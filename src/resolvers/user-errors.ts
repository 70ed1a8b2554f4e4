/** What AWS refused, as errors about the caller's own input. */
import { type GraphQLInputObjectType, getNamedType, isInputObjectType } from 'graphql';
import { isPlainObject } from '../domain/paths.ts';
import type { Violation } from '../domain/violation.ts';
import type { Fault, Issue } from '../fault.ts';
import type { UserError, UserErrorCode } from '../generated/schema-types.ts';

/** The codes of AWS's ValidationException that the graph has under the same name. */
const known: ReadonlySet<string> = new Set<UserErrorCode>([
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

function hasField(type: GraphQLInputObjectType, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  if (/^\d+$/.test(name)) return hasField(type, rest);
  const field = type.getFields()[name];
  if (!field) return false;
  const inner = getNamedType(field.type);
  return isInputObjectType(inner) ? hasField(inner, rest) : rest.every((step) => /^\d+$/.test(step));
}

/** The one path in an input that ends in the given one: AWS has been seen to leave out the beginning. */
function endingIn(type: GraphQLInputObjectType, tail: readonly string[]): string[] | undefined {
  if (hasField(type, tail)) return [...tail];
  for (const [name, field] of Object.entries(type.getFields())) {
    const inner = getNamedType(field.type);
    const path = isInputObjectType(inner) ? endingIn(inner, tail) : undefined;
    if (path) return [name, ...path];
  }
  return undefined;
}

/**
 * A field as AWS names it → the path in an input type, or undefined when the input has no such field.
 *
 * AWS writes `lifeCycle.targetCloseDate` without list indexes, and puts the index, counted from 1, only into the
 * message of a broken constraint: `Value at 'customer.contacts.1.member.email' …`.
 */
export function fieldPath(type: GraphQLInputObjectType, { fieldName, message }: Issue): string[] | undefined {
  const inMessage = /Value at '([^']+)'/
    .exec(message)?.[1]
    ?.replace(/\.(\d+)\.member/g, (_, n) => `.${Number(n) - 1}`);
  const plain = inMessage?.replace(/\.\d+/g, '');
  const name = inMessage && (!fieldName || plain === fieldName) ? inMessage : fieldName;
  if (!name) return undefined;
  return endingIn(
    type,
    name.split('.').map((step) => step.charAt(0).toLowerCase() + step.slice(1)),
  );
}

/** Whether an input names the field at a path: there is a value, a null or a list on the way to it. */
function isSent(input: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined || !isPlainObject(input)) return true;
  return Object.hasOwn(input, name) && input[name] !== undefined && isSent(input[name], rest);
}

const withoutIndexes = (path: readonly string[]): string =>
  path.filter((step) => !/^\d+$/.test(step)).join('.');

/** An input, the type that describes it, and its own path among the caller's variables, such as `['input', 'patch']`. */
export type CallerInput = { value: unknown; type: GraphQLInputObjectType; root: readonly string[] };

/** A user error about a whole input. */
export function wholeError(code: UserErrorCode, message: string, path = ['input']): UserError {
  return { path, code, message, field: null, sent: true, allowedValues: null, limit: null };
}

/** What this gateway found, as user errors. */
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

/** One complaint of AWS. A field that AWS will not have changed is `NOT_EDITABLE`, as when this gateway says so. */
function fromIssue(issue: Issue, { value, type, root }: CallerInput): UserError {
  const path = fieldPath(type, issue);
  const isKnown = known.has(issue.code);
  const isLocked = issue.code === 'ACTION_NOT_PERMITTED' && path !== undefined;
  const about = path || !issue.fieldName ? '' : `${issue.fieldName}: `;
  return {
    path: path ? [...root, ...path] : ['input'],
    code: isLocked ? 'NOT_EDITABLE' : isKnown ? (issue.code as UserErrorCode) : 'REFUSED_BY_AWS',
    message: `${isKnown ? '' : `${issue.code}: `}${about}${issue.message}`,
    field: path ? withoutIndexes(path) : (issue.fieldName ?? null),
    sent: path ? isSent(value, path) : !issue.fieldName,
    allowedValues: null,
    limit: null,
  };
}

/** A fault that the caller can put right, as user errors; undefined for any other fault, which is then thrown on. */
export function fromFault(fault: Fault, input: CallerInput): UserError[] | undefined {
  if (fault.code === 'CONFLICT') return [wholeError('CONFLICT', fault.message)];
  if (fault.code === 'NOT_FOUND') return [wholeError('NOT_FOUND', fault.message)];
  if (fault.code !== 'VALIDATION') return undefined;
  if (fault.issues.length === 0) return [wholeError('INVALID_VALUE', fault.message)];
  return fault.issues.map((issue) => fromIssue(issue, input));
}
