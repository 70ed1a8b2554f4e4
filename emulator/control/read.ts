import { requestInvalid } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import { defaultPartner } from '../partners.ts';
import { acceptedValues } from '../shapes/accepted.ts';
import { check } from '../shapes/check.ts';
import type { StructureShape } from '../shapes/shape.ts';
import type { EmulatorState } from '../state.ts';
import { badRequest } from './route.ts';

/** A required integer. */
export function readWhole(body: JsonObject, name: string, min: number): number {
  const value = body[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min) return value;
  throw badRequest(`${name} is ${JSON.stringify(value)}; expected an integer of at least ${min}`);
}

/** A required value of a list. */
export function readOneOf<Value extends string>(
  body: JsonObject,
  name: string,
  values: readonly Value[],
): Value {
  const value = values.find((one) => one === body[name]);
  if (value !== undefined) return value;
  throw badRequest(`${name} is ${JSON.stringify(body[name])}; expected one of ${values.join(', ')}`);
}

/** A required string in a form, which `expected` describes. */
export function readMatching(body: JsonObject, name: string, form: RegExp, expected: string): string {
  const value = body[name];
  if (typeof value === 'string' && form.test(value)) return value;
  throw badRequest(`${name} is ${JSON.stringify(value)}; expected ${expected}`);
}

/** An optional string. */
export function optionalString(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || typeof value === 'string') return value;
  throw badRequest(`${name} is ${JSON.stringify(value)}; expected a string`);
}

/** An optional boolean. */
export function optionalBoolean(body: JsonObject, name: string, otherwise: boolean): boolean {
  const value = body[name] ?? otherwise;
  if (typeof value !== 'boolean')
    throw badRequest(`${name} is ${JSON.stringify(value)}; expected true or false`);
  return value;
}

/** A required object. */
export function readObject(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  if (isObject(value)) return value;
  throw badRequest(`${name} is ${JSON.stringify(value)}; expected an object`);
}

/** @throws ApiError with all constraints of a shape that a value violates */
export function assertShape(shape: StructureShape, value: JsonObject, { settings }: EmulatorState): void {
  const violations = check(shape, value, { enumValues: acceptedValues(settings) });
  if (violations.length > 0) throw requestInvalid(violations);
}

/** The account of a query, an id. */
export function accountOf(query: URLSearchParams, { partners }: EmulatorState): string {
  const account = query.get('account') ?? defaultPartner.accountId;
  if (partners.get(account)) return account;
  const known = partners.list().map(({ accountId }) => accountId);
  throw badRequest(`account is ${account}; expected one of ${known.join(', ')}`);
}

/** The catalog of a query. Default: the Sandbox. */
export function catalogOf(query: URLSearchParams): string {
  const catalog = query.get('catalog') ?? 'Sandbox';
  if (catalog === 'Sandbox' || catalog === 'AWS') return catalog;
  throw badRequest(`catalog is ${catalog}; expected Sandbox or AWS`);
}
