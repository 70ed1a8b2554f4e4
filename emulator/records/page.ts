import { asObject, asString, canonical, type JsonObject, prune } from '../json.ts';
import type { Position } from './order.ts';
import { digest, readToken, writeToken } from './page-token.ts';

/** Where a request continues reading, and the query its tokens are bound to. */
export type Cursor = { readonly query: string; readonly after: Position | undefined; readonly size: number };

/** AWS: pages have twenty items by default. */
export function cursorOf(operation: string, input: JsonObject, size = 20): Cursor {
  const query = fingerprint(operation, input);
  const token = asString(input.NextToken);
  return {
    query,
    after: token === undefined ? undefined : readToken(token, query),
    size: typeof input.MaxResults === 'number' ? input.MaxResults : size,
  };
}

/** What a token is bound to: the query without page size, unset and empty members. */
function fingerprint(operation: string, input: JsonObject): string {
  const { NextToken: _token, MaxResults: _size, ...query } = asObject(prune(input));
  const set = Object.entries(query).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return digest(operation + canonical(Object.fromEntries(set)));
}

/** A page being filled. */
export type Page<Item> = {
  /** Adds an item if it matches; false if the page is full and the rest can be skipped. */
  take(item: Item): boolean;
  readonly items: readonly Item[];
  /** The token of the next page; null if there is none. */
  nextToken(): string | null;
};

/**
 * A page starts after the last item of the previous page rather than at an offset, so a write between two pages hides
 * no item.
 */
export function createPage<Item>(
  matches: (item: Item) => boolean,
  positionOf: (item: Item) => Position,
  { query, size }: Cursor,
): Page<Item> {
  const items: Item[] = [];
  let more = false;
  return {
    items,
    take: (item) => {
      if (!matches(item)) return true;
      more = items.length === size;
      if (!more) items.push(item);
      return !more;
    },
    nextToken: () => {
      const last = items.at(-1);
      return more && last !== undefined ? writeToken(query, positionOf(last)) : null;
    },
  };
}
