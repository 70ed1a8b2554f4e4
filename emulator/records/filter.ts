import { getIn, type Json, type JsonObject } from '../json.ts';
import { comparePositions, type Position } from './order.ts';
import { createPage, cursorOf } from './page.ts';

/** Whether an item has one of the filter's values; an unset or empty filter matches anything. */
export const matchesAny = (filter: Json | undefined, value: Json | undefined): boolean =>
  !Array.isArray(filter) || filter.length === 0 || filter.includes(value ?? null);

/** Whether an item has none of the filter's values; an unset or empty filter matches anything. */
export const matchesNone = (filter: Json | undefined, value: Json | undefined): boolean =>
  !Array.isArray(filter) || !filter.includes(value ?? null);

/** How a list is ordered and cut into pages. */
export type ListOrder<Item> = {
  /** The operation, which its tokens are bound to. */
  operation: string;
  /** The sorted value of an item, and its id, which decides between equal values. */
  position(item: Item): Position;
  /** Default. */
  descending: boolean;
  /** The size of a page unless the request sets it. AWS: twenty. */
  size?: number;
};

/** The page that a request asks for, by its NextToken, MaxResults and Sort. For lists short enough to sort for every call. */
export function pageOf<Item>(
  items: readonly Item[],
  input: JsonObject,
  { operation, position, descending, size }: ListOrder<Item>,
): { page: Item[]; nextToken: string | null } {
  const order = getIn(input, 'Sort', 'SortOrder') ?? (descending ? 'DESCENDING' : 'ASCENDING');
  const sign = order === 'DESCENDING' ? -1 : 1;
  const compare = (one: Position, other: Position) => sign * comparePositions(one, other);
  const cursor = cursorOf(operation, input, size);
  const { after } = cursor;
  const page = createPage<Item>(() => true, position, cursor);
  items
    .filter((item) => !after || compare(position(item), after) > 0)
    .sort((one, other) => compare(position(one), position(other)))
    .every(page.take);
  return { page: [...page.items], nextToken: page.nextToken() };
}
