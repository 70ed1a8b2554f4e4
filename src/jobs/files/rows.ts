/** Rows of CSV files as inputs of items, and back. */
import { type GraphQLInputObjectType, getNullableType, isInputObjectType, isListType } from 'graphql';
import { isPlainObject, type PlainObject } from '../../domain/paths.ts';
import { type Column, columnName, columnOf, readCell, type Steps, typeAt, writeCell } from './columns.ts';

type Container = Record<string | number, unknown>;

/**
 * Puts a value into an input, and makes the objects and lists around it.
 *
 * @returns false if there is another value already
 */
function put(input: Container, [step = '', ...rest]: Steps, value: unknown): boolean {
  if (rest.length === 0) {
    if (Object.hasOwn(input, step)) return false;
    input[step] = value;
    return true;
  }
  if (!Object.hasOwn(input, step)) input[step] = typeof rest[0] === 'number' ? [] : {};
  const inner = input[step];
  const fits = typeof rest[0] === 'number' ? Array.isArray(inner) : isPlainObject(inner);
  return fits && put(inner as Container, rest, value);
}

/** The same value; in its lists, the places that no cell is about are left out. */
function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(() => true).map(withoutHoles);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutHoles(member)]));
}

/**
 * The input that a row describes. An empty cell leaves its field unset.
 *
 * @param columns a column for each cell; undefined for those that are not read
 */
export function inputOf(
  cells: readonly string[],
  columns: readonly (Column | undefined)[],
): { input: PlainObject; problems: string[] } {
  const input: Container = {};
  const problems: string[] = [];
  for (const [index, column] of columns.entries()) {
    const value = column && readCell(cells[index] ?? '', column.type);
    if (!column || value === undefined) continue;
    // A copy for each place, since each is completed by itself.
    if (!column.targets.every((steps) => put(input, steps, structuredClone(value))))
      problems.push(`The cell in ${column.name} contradicts that of another column about the same field.`);
  }
  return { input: withoutHoles(input) as PlainObject, problems };
}

/** Lists with more items are written in one cell, so that a file has a bounded number of columns. */
const maxListColumns = 20;

/** Whether a value has cells of its own, so that reading them restores it. */
function hasLeaves(value: unknown): boolean {
  if (Array.isArray(value)) return true;
  return !isPlainObject(value) || Object.values(value).some(hasLeaves);
}

/** Whether each item of a list gets cells of its own. */
const isSpread = (list: readonly unknown[]): boolean =>
  list.length > 0 &&
  list.length <= maxListColumns &&
  list.every((item) => isPlainObject(item) && hasLeaves(item));

/** The paths in an input that get a cell, with their values. Fields that the schema does not have are left out. */
function* leavesOf(
  value: unknown,
  item: GraphQLInputObjectType,
  steps: Steps = [],
): Generator<[Steps, unknown]> {
  const found = typeAt(item, steps);
  const type = found && getNullableType(found);
  if (value === undefined || !type) return;
  if (isPlainObject(value) && isInputObjectType(type) && !type.isOneOf) {
    for (const [name, member] of Object.entries(value)) yield* leavesOf(member, item, [...steps, name]);
    return;
  }
  const items = Array.isArray(value) && isListType(type) ? getNullableType(type.ofType) : undefined;
  if (isInputObjectType(items) && !items.isOneOf && isSpread(value as unknown[])) {
    for (const [index, member] of (value as unknown[]).entries())
      yield* leavesOf(member, item, [...steps, index]);
    return;
  }
  yield [steps, value];
}

/**
 * The cells for an input by the names of their columns; the inverse of `inputOf`. The names are the short ones wherever
 * these mean the same.
 */
export function cellsOf(input: PlainObject, item: GraphQLInputObjectType): Map<string, string> {
  const exact = new Map<string, string>();
  for (const [steps, value] of leavesOf(input, item)) exact.set(columnName(steps), writeCell(value));
  const cells = new Map<string, string>();
  for (const [name, cell] of exact) {
    const short = name.replace(/^(create|patch)\./, '');
    const targets = columnOf(short, item)?.targets.map(columnName) ?? [];
    const isSame = targets.includes(name) && targets.every((target) => exact.get(target) === cell);
    cells.set(isSame ? short : name, cell);
  }
  return cells;
}
