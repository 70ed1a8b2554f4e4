/** Any JSON value: requests, records and responses. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [member: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value if it is an object, otherwise an empty one: for reading on where a member may be unset. */
export const asObject = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

export const asString = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** The member at a path of names, `undefined` if any step is missing. */
export function getIn(value: Json | undefined, ...path: string[]): Json | undefined {
  let here = value;
  for (const name of path) here = asObject(here)[name];
  return here;
}

/** Every value at a path of names, through all items of each list on the way. */
export function valuesAt(value: Json | undefined, path: readonly string[]): Json[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return value === undefined || value === null ? [] : [value];
  return valuesAt(asObject(value)[name], rest);
}

/** A copy without nulls: the form in which a record is stored. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (!isObject(value)) return value;
  const kept: JsonObject = {};
  for (const [name, member] of Object.entries(value))
    if (member !== null) define(kept, name, withoutNulls(member));
  return kept;
}

/** A request without nulls, and without the `__type` marks that a serializer may have left in it. */
export function prune(value: Json): Json {
  const marks = (name: string, member: Json) => (name === '__type' ? undefined : member);
  return JSON.parse(JSON.stringify(withoutNulls(value), marks)) as Json;
}

/** The same string for the same content, regardless of the order of members. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`);
  return `{${members.join()}}`;
}

/** RFC 7396: null removes, an object merges, anything else (lists included) replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged: JsonObject = { ...asObject(target) };
  for (const [name, member] of Object.entries(patch)) {
    if (member === null) delete merged[name];
    else define(merged, name, mergePatch(Object.hasOwn(merged, name) ? merged[name] : undefined, member));
  }
  return merged;
}

/** Sets an own member even if its name is `__proto__`. */
function define(target: JsonObject, name: string, value: Json): void {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

/** A copy with the member at a path set, or removed if there is no value. */
export function withValue(target: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const [name, ...rest] = path as [string, ...string[]];
  const copy = { ...target };
  const inner = rest.length === 0 ? value : withValue(asObject(copy[name]), rest, value);
  if (inner === undefined) delete copy[name];
  else copy[name] = inner;
  return copy;
}
