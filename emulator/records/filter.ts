import type { Json, JsonObject } from '../json.ts';
import { comparePositions, type Position } from './order.ts';
import { type Cursor, createPage } from './page.ts';

/** Whether an item has one of the filter's values; an unset or empty filter matches anything. */
export const matchesAny = (filter: Json | undefined, value: Json | undefined): boolean =>
  !Array.isArray(filter) || filter.length === 0 || filter.includes(value ?? null);

/** A page of a list that is short enough to sort for every call: all but opportunities. */
export function sortedPage(
  items: readonly JsonObject[],
  positionOf: (item: JsonObject) => Position,
  descending: boolean,
  cursor: Cursor,
): { page: JsonObject[]; nextToken: string | null } {
  const sign = descending ? -1 : 1;
  const compare = (one: Position, other: Position) => sign * comparePositions(one, other);
  const { after } = cursor;
  const page = createPage<JsonObject>(() => true, positionOf, cursor);
  items
    .filter((item) => !after || compare(positionOf(item), after) > 0)
    .sort((one, other) => compare(positionOf(one), positionOf(other)))
    .every(page.take);
  return { page: [...page.items], nextToken: page.nextToken() };
}
