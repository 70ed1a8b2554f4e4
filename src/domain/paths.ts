/** Fields of a record as dotted paths, such as `lifeCycle.nextSteps`. */

export type PlainObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object with members: no list, no null, and no number that is kept as text. */
export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);
}

/** A member that is an object's own: no name reaches what every object inherits. */
export function getOwn(members: PlainObject, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** The value at a path; undefined where there is none. A path through a list ends there. */
export function getIn(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((from, name) => (isPlainObject(from) ? getOwn(from, name) : undefined), value);
}

/** Whether one path is the other, or lies within it. */
export function pathsOverlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/** Those of some paths that touch any of others. */
export function overlap(paths: readonly string[], others: readonly string[]): string[] {
  return paths.filter((path) => others.some((other) => pathsOverlap(path, other)));
}

/**
 * The fields that a patch names: each path down to what is no object. A list is one field; an empty object names
 * nothing.
 */
export function leafPaths(patch: unknown, path = ''): string[] {
  if (patch === undefined) return [];
  if (!isPlainObject(patch)) return [path];
  return Object.entries(patch).flatMap(([name, value]) => leafPaths(value, path ? `${path}.${name}` : name));
}

/** Whether a step of a path is the number of a list item. */
export const isIndex = (step: string): boolean => /^\d+$/.test(step);

/** A path without the numbers of list items, dotted: the field of every item. */
export const fieldOf = (path: readonly string[]): string => path.filter((step) => !isIndex(step)).join('.');
