/** Relay pages over AWS's paged lists. */
import { badInput } from '../domain/bad-input.ts';
import {
  decodeCursor,
  encodeCursor,
  maxPageSize,
  type Place,
  type Position,
  queryFingerprint,
} from '../domain/cursors.ts';
import type { Order } from '../domain/filters.ts';
import { Fault } from '../fault.ts';
import { idsPerCall } from '../upstream/operations.ts';
import { isOverLimit } from '../upstream/send.ts';
import { inParts } from './batches.ts';

/**
 * The most of AWS's pages that are read for one page, since AWS may return pages that are partly filled, or empty with a
 * token. A page is short after that, and it is an error if it is empty, unless items are left out.
 */
const maxReads = 20;

export type Edge<Item> = { readonly cursor: string; readonly summary: Item };

/** An edge whose cursor is made when it is read: clients select one or two of a page's, or none. */
class LazyEdge<Item> implements Edge<Item> {
  readonly summary: Item;
  private readonly encode: () => string;

  constructor(summary: Item, encode: () => string) {
    this.summary = summary;
    this.encode = encode;
  }

  get cursor(): string {
    return this.encode();
  }
}

export type Page<Item, E = Edge<Item>> = {
  edges: E[];
  hasNextPage: boolean;
  /** Where the next page begins, if not after the last edge. */
  endCursor?: string;
};
export type PageArguments = { first: number; after?: string | null | undefined };

/** The part of a list's request that pages need. */
type ListInput = {
  identifier?: string[] | null | undefined;
  maxResults?: number | null | undefined;
  nextToken?: string | null | undefined;
};

/** The part of a list's answer that pages need. */
type Paged = { nextToken?: string | null | undefined };

/** One of AWS's lists with a filter and an order. */
export type List<Input extends ListInput, Answer extends Paged, Item> = {
  input: Input;
  order: Order<Item>;
  /** Whether the filter matches nothing, so that no call is needed. */
  isEmpty: boolean;
  /** Makes one call. */
  call(input: Input): Promise<Answer>;
  itemsOf(answer: Answer): Item[];
  /** Whether `itemsOf` leaves out what the caller does not see. */
  isPartial?: boolean;
};

const withoutEnd = () =>
  new Fault('UPSTREAM_UNAVAILABLE', `AWS returned ${maxReads} pages, and a token for yet another one.`);

/** Fetches a list filtered by more ids than AWS allows in one call, and sorts the results as AWS would. */
async function listInParts<Input extends ListInput, Answer extends Paged, Item>(
  { call, input, itemsOf, order: { placeOf, compare } }: List<Input, Answer, Item>,
  ids: readonly string[],
): Promise<Item[]> {
  const whole = async (identifier: string[]): Promise<Item[]> => {
    const found: Item[] = [];
    for (let nextToken: string | undefined, reads = 0; reads < maxReads; reads++) {
      const page = await call({ ...input, identifier, maxResults: idsPerCall, nextToken });
      found.push(...itemsOf(page));
      nextToken = page.nextToken || undefined;
      if (!nextToken) return found;
    }
    throw withoutEnd();
  };
  const parts = await Promise.all(inParts(ids, idsPerCall).map(whole));
  return parts.flat().sort((a, b) => compare(placeOf(a), placeOf(b)));
}

/**
 * The index on a page at which a list continues after an item that may have moved or left since; undefined if that is
 * on a later page. A page that is not in our order, because AWS compares otherwise, is continued by number.
 */
function indexAfter<Item>(
  { place, number }: NonNullable<Position['after']>,
  summaries: readonly Item[],
  { placeOf, compare }: Order<Item>,
): number | undefined {
  const places = summaries.map(placeOf);
  const index = places.findIndex(({ id }) => id === place.id);
  if (places[index]?.key === place.key) return index + 1;
  const isInOrder = places.every((one, next) => compare(places[next - 1] ?? one, one) <= 0);
  if (!isInOrder) return Math.max(0, index >= 0 && index < number ? number : number - 1);
  const next = places.findIndex((one) => compare(one, place) > 0);
  return next < 0 ? undefined : next;
}

/** @throws Fault BAD_USER_INPUT for a page size that AWS does not take */
export function checkFirst(first: number): void {
  if (first < 1 || first > maxPageSize) throw badInput('first', String(first), `1 to ${maxPageSize}`);
}

/** A list that AWS returns as a whole. */
export type LocalList<Item> = {
  /** The list and its account: a cursor is not valid in another one. */
  name: string;
  /** What a cursor is valid for. */
  query: unknown;
  order: Order<Item>;
  read(): Promise<readonly Item[]>;
};

/**
 * One page of a list that is read as a whole. Items that come or go between two pages change nothing for the others.
 *
 * @throws Fault BAD_USER_INPUT if `first` is not 1 to 100, or the cursor is of another list or query
 */
export async function pageOfList<Item>(
  { name, query, order: { placeOf, compare }, read }: LocalList<Item>,
  { first, after }: PageArguments,
): Promise<Page<Item>> {
  checkFirst(first);
  const fingerprint = queryFingerprint(name, query);
  const position = after ? decodeCursor(after, fingerprint).after : undefined;
  const sorted = [...(await read())].sort((a, b) => compare(placeOf(a), placeOf(b)));
  const left = position ? sorted.filter((item) => compare(placeOf(item), position.place) > 0) : sorted;
  const cursorAfter = (item: Item) =>
    encodeCursor({ token: null, size: maxPageSize, after: { place: placeOf(item), number: 0 } }, fingerprint);
  const edges = left.slice(0, first).map((item) => new LazyEdge(item, () => cursorAfter(item)));
  return { edges, hasNextPage: left.length > first };
}

/**
 * One page of a list: `first` items after `after`.
 *
 * @param name the list and its account: a cursor is not valid in another one
 * @param readSize the size of the pages that are read, if more than `first`
 * @throws Fault BAD_USER_INPUT if `first` is not 1 to 100, or the cursor is of another list or query
 */
export async function fetchPageOf<Input extends ListInput, Answer extends Paged, Item>(
  list: List<Input, Answer, Item>,
  { first, after }: PageArguments,
  name: string,
  readSize = first,
): Promise<Page<Item>> {
  checkFirst(first);
  const { input, order, call, itemsOf, isPartial = false } = list;
  let hash: string | undefined;
  function fingerprint(): string {
    hash ??= queryFingerprint(name, input);
    return hash;
  }
  let position: Position = after ? decodeCursor(after, fingerprint()) : { token: null, size: readSize };
  if (list.isEmpty) return { edges: [], hasNextPage: false };

  const ids = input.identifier ?? [];
  const whole = ids.length > idsPerCall ? await listInParts(list, ids) : undefined;
  const edges: Edge<Item>[] = [];
  const unfinished = (): Page<Item> => ({
    edges,
    hasNextPage: true,
    // What was left out since the last edge is not read again.
    ...(isPartial && { endCursor: encodeCursor(position, fingerprint()) }),
  });
  for (let reads = 1; ; reads++) {
    const { token, after: item } = position;
    // A new page may have any size; to continue within one, it must be read at the same size again.
    const size = item ? position.size : Math.max(position.size, first);
    let page: Answer | undefined;
    try {
      if (!whole) page = await call({ ...input, maxResults: size, nextToken: token ?? undefined });
    } catch (error) {
      // A request that has used up its calls gets what it has.
      const hasSome = edges.length > 0 || (isPartial && reads > 1);
      if (hasSome && isOverLimit(error)) return unfinished();
      throw error;
    }
    const summaries = whole ?? (page ? itemsOf(page) : []);
    const nextToken = page?.nextToken || null;
    const found = item ? indexAfter(item, summaries, order) : 0;
    const start = found ?? summaries.length;
    const taken = summaries.slice(start, start + first - edges.length);
    taken.forEach((summary, index) => {
      const number = start + index + 1;
      const atEnd = number === summaries.length && nextToken !== null;
      const next = (): Position =>
        atEnd
          ? { token: nextToken, size }
          : { token, size, after: { place: order.placeOf(summary), number } };
      edges.push(new LazyEdge(summary, () => encodeCursor(next(), fingerprint())));
    });
    const left = summaries.length - start - taken.length;
    if (edges.length === first || nextToken === null)
      return { edges, hasNextPage: left > 0 || nextToken !== null };
    const isStillToCome = item && found === undefined;
    position = isStillToCome
      ? { token: nextToken, size: maxPageSize, after: { ...item, number: 0 } }
      : { token: nextToken, size };
    if (reads === maxReads) {
      if (edges.length === 0 && !isPartial) throw withoutEnd();
      return unfinished();
    }
  }
}

/** A page of items that are all at hand, as `fetchPageOf` returns one of AWS's list. @throws Fault as that does */
export function pageOfItems<Item>(
  items: readonly Item[],
  { placeOf, compare }: Order<Item>,
  { first, after }: PageArguments,
  name: string,
  query: unknown,
): Page<Item> {
  if (first < 1 || first > maxPageSize) throw badInput('first', String(first), `1 to ${maxPageSize}`);
  const fingerprint = queryFingerprint(name, query);
  const position: Position = after ? decodeCursor(after, fingerprint) : { token: null, size: first };
  const start = position.after?.place;
  const left = items
    .map((summary) => ({ summary, place: placeOf(summary) }))
    .filter(({ place }) => !start || compare(place, start) > 0)
    .sort((a, b) => compare(a.place, b.place));
  const cursorAfter = (place: Place) =>
    encodeCursor({ token: null, size: first, after: { place, number: 0 } }, fingerprint);
  const edges = left
    .slice(0, first)
    .map(({ summary, place }) => new LazyEdge(summary, () => cursorAfter(place)));
  return { edges, hasNextPage: left.length > first };
}
