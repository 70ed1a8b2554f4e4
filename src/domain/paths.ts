/** Fields of a record as dotted paths, such as `lifeCycle.nextSteps`. */

export type PlainObject = Readonly<Record<string, unknown>>;

/** Checks whether a value is an object with members: not a list, null, or a number kept as its JSON source. */
export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);
}

/** An object's own member; inherited ones such as `toString` are ignored. */
export function getOwn(members: PlainObject, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** The value at a path; undefined if there is none, or if the path leads through a list. */
export function getIn(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((from, name) => (isPlainObject(from) ? getOwn(from, name) : undefined), value);
}

/** Checks whether two paths are the same, or one is within the other. */
export function pathsOverlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** The paths that overlap with any of the others. */
export function overlap(paths: readonly string[], others: readonly string[]): string[] {
  return paths.filter((path) => others.some((other) => pathsOverlap(path, other)));
}

/**
 * The fields of a patch: the paths to all values that are not objects. A list is one field; an empty object has none.
 */
export function leafPaths(patch: unknown, path = ''): string[] {
  if (patch === undefined) return [];
  if (!isPlainObject(patch)) return [path];
  return Object.entries(patch).flatMap(([name, value]) => leafPaths(value, path ? `${path}.${name}` : name));
}

/** Checks whether a step of a path is the number of a list item. */
export const isIndex = (step: string): boolean => /^\d+$/.test(step);

/** A path without the numbers of list items, dotted: the field of every item. */
export const fieldOf = (path: readonly string[]): string => path.filter((step) => !isIndex(step)).join('.');
