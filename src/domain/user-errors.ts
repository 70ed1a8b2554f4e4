/** What AWS refused, as errors about the caller's own input. */
import { type GraphQLInputObjectType, getNamedType, isInputObjectType } from 'graphql';
import type { Fault, Issue } from '../fault.ts';
import type { UserError, UserErrorCode } from '../resolvers/types.generated.ts';

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
  const withoutIndexes = inMessage?.replace(/\.\d+/g, '');
  const name = inMessage && (!fieldName || withoutIndexes === fieldName) ? inMessage : fieldName;
  if (!name) return undefined;
  return endingIn(
    type,
    name.split('.').map((step) => step.charAt(0).toLowerCase() + step.slice(1)),
  );
}

/**
 * A fault that the caller can put right, as user errors; undefined for any other fault, which is then thrown on.
 *
 * @param root the path of the input object that AWS's field names begin in, such as `['input', 'patch']`
 */
export function toUserErrors(
  fault: Fault,
  type: GraphQLInputObjectType,
  root: string[],
): UserError[] | undefined {
  const whole = (code: UserErrorCode): UserError[] => [{ path: ['input'], code, message: fault.message }];
  if (fault.code === 'CONFLICT') return whole('CONFLICT');
  if (fault.code === 'NOT_FOUND') return whole('NOT_FOUND');
  if (fault.code !== 'VALIDATION') return undefined;
  if (fault.issues.length === 0) return whole('INVALID_VALUE');
  return fault.issues.map((issue) => {
    const path = fieldPath(type, issue);
    const code = known.has(issue.code) ? (issue.code as UserErrorCode) : 'REFUSED_BY_AWS';
    const about = path || !issue.fieldName ? '' : `${issue.fieldName}: `;
    const prefix = code === 'REFUSED_BY_AWS' ? `${issue.code}: ${about}` : about;
    return { path: path ? [...root, ...path] : ['input'], code, message: `${prefix}${issue.message}` };
  });
}
