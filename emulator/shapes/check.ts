import { ApiError, type Violation } from '../errors.ts';
import { instant } from '../instant.ts';
import { isObject, type Json, type JsonObject, valuesAt } from '../json.ts';
import type { IntegerShape, ListShape, Shape, StringShape, StructureShape } from './shape.ts';

export type CheckContext = {
  /** The record to be replaced. Values it already has are accepted back. */
  stored?: JsonObject | undefined;
  /** Values declared on the control surface, by the enum's name. */
  enumValues: Readonly<Record<string, readonly string[]>>;
};

/** `names` is the path of members; `text` includes list indexes, as AWS's messages print it. */
type MemberPath = { names: readonly string[]; text: string };

/**
 * Checks a request against its shape and returns every violated constraint. A wrong JSON type is thrown at once, as a
 * SerializationException: the rest could not be interpreted.
 *
 * A value outside an enum is accepted if the stored record has it in the same member: a service with newer enums would
 * accept its own value back.
 */
export function check(shape: StructureShape, input: JsonObject, context: CheckContext): Violation[] {
  const found: Violation[] = [];
  checkStructure(shape, input, { names: [], text: '' }, context, found);
  return found;
}

function checkValue(
  shape: Shape,
  value: Json,
  at: MemberPath,
  context: CheckContext,
  found: Violation[],
): void {
  if (shape.kind === 'structure') {
    if (!isObject(value)) throw unreadable(value, 'a structure', at);
    checkStructure(shape, value, at, context, found);
  } else if (shape.kind === 'list') {
    if (!Array.isArray(value)) throw unreadable(value, 'a list', at);
    checkList(shape, value, at, context, found);
  } else if (shape.kind === 'integer') {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw unreadable(value, 'an Integer', at);
    checkInteger(shape, value, at, found);
  } else {
    if (typeof value !== 'string')
      throw unreadable(value, shape.kind === 'string' ? 'a String' : 'a Timestamp', at);
    if (shape.kind === 'string') checkString(shape, value, at, context, found);
    else if (instant(value) === undefined) throw unreadable(value, 'a Timestamp', at);
  }
}

function checkStructure(
  shape: StructureShape,
  value: JsonObject,
  at: MemberPath,
  context: CheckContext,
  found: Violation[],
): void {
  if (shape.union) checkUnion(shape, value, at);
  for (const [name, member] of shape.entries) {
    const inner = value[name];
    const place = {
      names: [...at.names, name],
      text: at.text === '' ? lower(name) : `${at.text}.${lower(name)}`,
    };
    if (inner !== undefined && inner !== null) checkValue(member, inner, place, context, found);
    else if (member.required)
      found.push(constraintViolation('REQUIRED_FIELD_MISSING', place, 'null', 'Member must not be null'));
  }
}

function checkUnion(shape: StructureShape, value: JsonObject, at: MemberPath): void {
  const names = shape.entries.map(([name]) => name);
  const given = names.filter((name) => value[name] !== undefined && value[name] !== null);
  if (given.length !== 1)
    throw new ApiError(
      'SerializationException',
      `Expected one of ${names.join(', ')} at '${at.text}', got ${given.join(' and ') || 'none of them'}`,
    );
}

function checkList(
  shape: ListShape,
  value: Json[],
  at: MemberPath,
  context: CheckContext,
  found: Violation[],
): void {
  const { min, max } = shape;
  if (value.length < min)
    found.push(
      constraintViolation(
        'NOT_ENOUGH_VALUES',
        at,
        '',
        `Member must have length greater than or equal to ${min}`,
      ),
    );
  if (value.length > max)
    found.push(
      constraintViolation('TOO_MANY_VALUES', at, '', `Member must have length less than or equal to ${max}`),
    );
  for (const [index, item] of value.entries()) {
    const place = { names: at.names, text: `${at.text}.${index + 1}.member` };
    if (item !== null) checkValue(shape.item, item, place, context, found);
  }
}

function checkInteger(shape: IntegerShape, value: number, at: MemberPath, found: Violation[]): void {
  const { min, max } = shape;
  const side =
    value < min ? `greater than or equal to ${min}` : value > max ? `less than or equal to ${max}` : '';
  if (side)
    found.push(
      constraintViolation('VALUE_OUT_OF_RANGE', at, String(value), `Member must have value ${side}`),
    );
}

function checkString(
  shape: StringShape,
  value: string,
  at: MemberPath,
  context: CheckContext,
  found: Violation[],
): void {
  if (shape.pattern && !shape.pattern.test(value)) {
    const rule = `Member must satisfy regular expression pattern: ${shape.pattern.source}`;
    found.push(constraintViolation('INVALID_STRING_FORMAT', at, '', rule));
  }
  if (!shape.list || shape.list.values.has(value)) return;
  const { name, values } = shape.list;
  if (context.enumValues[name]?.includes(value) || valuesAt(context.stored, at.names).includes(value)) return;
  const rule = `Member must satisfy enum value set: [${[...values].join(', ')}]`;
  found.push(constraintViolation('INVALID_ENUM_VALUE', at, '', rule));
}

/** AWS repeats only harmless values in its messages, never customer data. */
function constraintViolation(code: string, at: MemberPath, quoted: string, rule: string): Violation {
  const value = quoted === '' ? 'Value' : `Value ${quoted}`;
  return {
    code,
    field: at.names.map(lower).join('.'),
    message: `${value} at '${at.text}' failed to satisfy constraint: ${rule}`,
  };
}

function unreadable(value: Json, expected: string, at: MemberPath): ApiError {
  const got = Array.isArray(value) ? 'a list' : isObject(value) ? 'a structure' : `a ${typeof value}`;
  return new ApiError('SerializationException', `Expected ${expected} at '${at.text}', got ${got}`);
}

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
