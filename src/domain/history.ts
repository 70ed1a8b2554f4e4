/** The history of an opportunity: what has changed from one snapshot of it to the next. */
import { badInput, quoted } from './bad-input.ts';
import { plainDecimal } from './decimals.ts';
import { isEmpty } from './patch.ts';
import { isPlainObject } from './paths.ts';

/** A field that differs, with both values as text; null for none. */
export type HistoryChange = { field: string; from: string | null; to: string | null };

/** The values that a snapshot shows, by their dotted paths. A list is one value; what is empty is left out. */
function valuesOf(content: unknown, path = ''): [string, unknown][] {
  if (isEmpty(content) || content === '') return [];
  if (!isPlainObject(content)) return [[path, content]];
  return Object.entries(content).flatMap(([name, value]) => valuesOf(value, path ? `${path}.${name}` : name));
}

/** AWS writes an amount as `531` and as `531.0`, and a number as the source of its JSON. */
function scalarText(value: unknown, name: string): string {
  if (typeof value === 'string') return name === 'amount' ? plainDecimal(value) : value;
  return plainDecimal(JSON.stringify(value) ?? '');
}

/** A value in words: the items of a list are sorted, and the members of an object follow one another. */
function textOf(value: unknown, name = ''): string {
  if (Array.isArray(value))
    return value
      .map((item) => textOf(item))
      .sort()
      .join(', ');
  if (!isPlainObject(value)) return scalarText(value, name);
  return valuesOf(value)
    .map(([path, inner]) => textOf(inner, path))
    .join(' ');
}

/** The same text for values that mean the same: of two lists the order does not matter. */
function identity(value: unknown, name = ''): string {
  if (Array.isArray(value)) return JSON.stringify(value.map((item) => identity(item)).sort());
  if (!isPlainObject(value)) return JSON.stringify(scalarText(value, name));
  return JSON.stringify(
    valuesOf(value)
      .map(([path, inner]) => [path, identity(inner, path)])
      .sort(),
  );
}

const lastStep = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** The fields in which two contents differ, in their order; those of nothing and a content are all that it has. */
export function changesBetween(before: unknown, after: unknown): HistoryChange[] {
  const [was, is] = [new Map(valuesOf(before)), new Map(valuesOf(after))];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((field) => {
    const name = lastStep(field);
    const [from, to] = [was.get(field), is.get(field)];
    if (was.has(field) && is.has(field) && identity(from, name) === identity(to, name)) return [];
    const text = (value: unknown) => (value === undefined ? null : textOf(value, name));
    return [{ field, from: text(from), to: text(to) }];
  });
}

/** The revisions of an opportunity in an engagement by a template; `next` is the one to continue with, 0 for none. */
export type Series = { engagementId: string; template: string; next: number };

/** A cursor: where each series continues. @param fingerprint identifies the opportunity and its account */
export const encodeSeries = (series: readonly Series[], fingerprint: string): string =>
  Buffer.from(
    JSON.stringify([
      fingerprint,
      ...series.map(({ engagementId, template, next }) => [engagementId, template, next]),
    ]),
  ).toString('base64url');

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/**
 * The series as they continue after a cursor. One that has begun since is newer, and has nothing to continue with.
 *
 * @param series as they are now
 * @throws Fault BAD_USER_INPUT for a cursor of another history
 */
export function continueAfter(cursor: string, series: readonly Series[], fingerprint: string): Series[] {
  const parts = parse(cursor);
  const [of, ...places] = Array.isArray(parts) ? (parts as unknown[]) : [];
  if (of !== fingerprint)
    throw badInput(
      'after',
      quoted(cursor),
      'a cursor that the history of this opportunity returned, such as pageInfo.endCursor',
    );
  return series.map(({ next, ...one }) => {
    const place = places.find(
      (at) => Array.isArray(at) && at[0] === one.engagementId && at[1] === one.template,
    );
    const continued: unknown = Array.isArray(place) ? place[2] : 0;
    return { ...one, next: Number.isInteger(continued) ? Math.min(next, Number(continued)) : 0 };
  });
}
