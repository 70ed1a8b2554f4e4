import { asObject, asString, canonical, type JsonObject, prune } from '../json.ts';
import type { Position } from './order.ts';
import { digest, readToken, writeToken } from './page-token.ts';

/** Where a request wants to go on reading, and what binds its tokens. */
export type Cursor = { readonly query: string; readonly after: Position | undefined; readonly size: number };

/** AWS: pages have twenty items unless a request says otherwise. */
export function cursorOf(operation: string, input: JsonObject, size = 20): Cursor {
  const query = fingerprint(operation, input);
  const token = asString(input.NextToken);
  return {
    query,
    after: token === undefined ? undefined : readToken(token, query),
    size: typeof input.MaxResults === 'number' ? input.MaxResults : size,
  };
}

/** What a token is bound to: the query without its page size, with unset and empty members left out. */
function fingerprint(operation: string, input: JsonObject): string {
  const { NextToken: _token, MaxResults: _size, ...query } = asObject(prune(input));
  const set = Object.entries(query).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  return digest(operation + canonical(Object.fromEntries(set)));
}

/** A page that is being filled. */
export type Page<Item> = {
  /** Takes an item if it belongs on the page; false when the page is full and the rest need not be looked at. */
  take(item: Item): boolean;
  readonly items: readonly Item[];
  /** Where the next page begins; null when there is none. */
  nextToken(): string | null;
};

/**
 * A page begins after the last item of the page before it rather than at a count of items, so a write between two pages
 * moves nothing out of sight.
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
