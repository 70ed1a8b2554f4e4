import type { JsonObject } from '../json.ts';
import { badRequest } from './route.ts';

/** A whole number that has to be there. */
export function readWhole(body: JsonObject, name: string, min: number): number {
  const value = body[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min) return value;
  throw badRequest(`${name} is ${JSON.stringify(value)}; it has to be a whole number from ${min}`);
}

/** A value of a list that has to be there. */
export function readOneOf<Value extends string>(
  body: JsonObject,
  name: string,
  values: readonly Value[],
): Value {
  const value = values.find((one) => one === body[name]);
  if (value !== undefined) return value;
  throw badRequest(`${name} is ${JSON.stringify(body[name])}; it has to be one of ${values.join(', ')}`);
}

/** A text that may be left out. */
export function optionalString(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || typeof value === 'string') return value;
  throw badRequest(`${name} is ${JSON.stringify(value)}; it has to be a text`);
}

/** A switch that may be left out. */
export function optionalBoolean(body: JsonObject, name: string, otherwise: boolean): boolean {
  const value = body[name] ?? otherwise;
  if (typeof value !== 'boolean')
    throw badRequest(`${name} is ${JSON.stringify(value)}; it has to be true or false`);
  return value;
}

/** The catalog of a query; the Sandbox unless named. */
export function catalogOf(query: URLSearchParams): string {
  const catalog = query.get('catalog') ?? 'Sandbox';
  if (catalog === 'Sandbox' || catalog === 'AWS') return catalog;
  throw badRequest(`catalog is ${catalog}; it has to be Sandbox or AWS`);
}
