/** Pages of AWS's lists. */
import { badInput } from '../domain/bad-input.ts';
import {
  decodeCursor,
  encodeCursor,
  maxPageSize,
  type Position,
  queryFingerprint,
} from '../domain/cursors.ts';
import { type ListInput, listInput, type Order, orderOf } from '../domain/filters.ts';
import { Fault } from '../fault.ts';
import type { OpportunityFilter, OpportunitySort } from '../generated/schema-types.ts';
import { idsPerCall } from '../upstream/operations.ts';
import { isOverLimit } from '../upstream/send.ts';
import { type ListPage, type OpportunitySummary, summariesOf } from '../upstream/wire.ts';
import type { RecordCache } from './cache.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';

/**
 * The most of AWS's pages that are read for one page, since AWS may return pages that are partly filled, or empty with a
 * token. A page is short after that, and it is an error if it is empty.
 */
const maxReads = 20;

export type Edge = { cursor: string; summary: OpportunitySummary };
export type Page<E = Edge> = { edges: E[]; hasNextPage: boolean };
export type PageArguments = {
  first: number;
  after?: string | null | undefined;
  filter?: OpportunityFilter | null | undefined;
  sort?: OpportunitySort | null | undefined;
};

const withoutEnd = () =>
  new Fault('UPSTREAM_UNAVAILABLE', `AWS returned ${maxReads} pages, and a token for yet another one.`);

/** Fetches a list filtered by more ids than AWS allows in one call, and sorts the results as AWS would. */
async function listInParts(
  list: (input: ListInput) => Promise<ListPage>,
  input: ListInput,
  ids: readonly string[],
  { placeOf, compare }: Order,
): Promise<OpportunitySummary[]> {
  const starts = Array.from({ length: Math.ceil(ids.length / idsPerCall) }, (_, part) => part * idsPerCall);
  const whole = async (identifier: string[]): Promise<OpportunitySummary[]> => {
    const found: OpportunitySummary[] = [];
    for (let nextToken: string | undefined, reads = 0; reads < maxReads; reads++) {
      const page = await list({ ...input, identifier, maxResults: idsPerCall, nextToken });
      found.push(...summariesOf(page));
      nextToken = page.nextToken || undefined;
      if (!nextToken) return found;
    }
    throw withoutEnd();
  };
  const parts = await Promise.all(starts.map((start) => whole(ids.slice(start, start + idsPerCall))));
  return parts.flat().sort((a, b) => compare(placeOf(a), placeOf(b)));
}

/**
 * The index on a page at which a list continues after an item that may have moved or left since; undefined if that is
 * on a later page. A page that is not in our order, because AWS compares otherwise, is continued by number.
 */
function indexAfter(
  { place, number }: NonNullable<Position['after']>,
  summaries: readonly OpportunitySummary[],
  { placeOf, compare }: Order,
): number | undefined {
  const places = summaries.map(placeOf);
  const index = places.findIndex(({ id }) => id === place.id);
  if (places[index]?.key === place.key) return index + 1;
  const isInOrder = places.every((one, next) => compare(places[next - 1] ?? one, one) <= 0);
  if (!isInOrder) return Math.max(0, index >= 0 && index < number ? number : number - 1);
  const next = places.findIndex((one) => compare(one, place) > 0);
  return next < 0 ? undefined : next;
}

/**
 * One page of a list: `first` summaries after `after`.
 *
 * @param list one call of ListOpportunities
 * @param account the account of the list: a cursor is not valid in another one
 * @throws Fault BAD_USER_INPUT if `first` is not 1 to 100, or the cursor is of another list or query
 */
export async function fetchPage(
  list: (input: ListInput) => Promise<ListPage>,
  { first, after, filter, sort }: PageArguments,
  account: string,
): Promise<Page> {
  if (first < 1 || first > maxPageSize) throw badInput('first', String(first), `1 to ${maxPageSize}`);
  const input = listInput(filter ?? {}, sort);
  const fingerprint = queryFingerprint(account, input);
  let position: Position = after ? decodeCursor(after, fingerprint) : { token: null, size: first };
  if (filter?.ids?.length === 0) return { edges: [], hasNextPage: false };

  const order = orderOf(sort);
  const ids = input.identifier ?? [];
  const whole = ids.length > idsPerCall ? await listInParts(list, input, ids, order) : undefined;
  const edges: Edge[] = [];
  for (let reads = 1; ; reads++) {
    const { token, after: item } = position;
    // A new page may have any size; to continue within one, it must be read at the same size again.
    const size = item ? position.size : Math.max(position.size, first);
    let page: ListPage = {};
    try {
      if (!whole) page = await list({ ...input, maxResults: size, nextToken: token ?? undefined });
    } catch (error) {
      // Whoever has made all of the calls that it may make gets what it has.
      if (edges.length > 0 && isOverLimit(error)) return { edges, hasNextPage: true };
      throw error;
    }
    const summaries = whole ?? summariesOf(page);
    const nextToken = page.nextToken || null;
    const found = item ? indexAfter(item, summaries, order) : 0;
    const start = found ?? summaries.length;
    const taken = summaries.slice(start, start + first - edges.length);
    taken.forEach((summary, index) => {
      const number = start + index + 1;
      const atEnd = number === summaries.length && nextToken !== null;
      const next = atEnd
        ? { token: nextToken, size }
        : { token, size, after: { place: order.placeOf(summary), number } };
      edges.push({ cursor: encodeCursor(next, fingerprint), summary });
    });
    const left = summaries.length - start - taken.length;
    if (edges.length === first || nextToken === null)
      return { edges, hasNextPage: left > 0 || nextToken !== null };
    if (reads === maxReads) {
      if (edges.length === 0) throw withoutEnd();
      return { edges, hasNextPage: true };
    }
    const isStillToCome = item && found === undefined;
    position = isStillToCome
      ? { token: nextToken, size: maxPageSize, after: { ...item, number: 0 } }
      : { token: nextToken, size };
  }
}

type PageTools = { coalescer: Coalescer; cache: RecordCache };

/** One call of ListOpportunities, or a page in the cache. A page that is read revalidates the records in the cache. */
function listOpportunities(
  input: ListInput,
  scope: RequestScope,
  { coalescer, cache }: PageTools,
): Promise<ListPage> {
  const { request } = scope;
  const key = cache.pageKey(input);
  const cached = request.isUncached ? undefined : cache.getFreshPage(key);
  if (cached) {
    request.cached += 1;
    return Promise.resolve(cached);
  }
  return coalescer.coalesce(`ListOpportunities ${key}`, scope, async (send) => {
    const page = await send('ListOpportunities', input);
    const summaries = summariesOf(page);
    // A list can be out of date: an outdated summary revalidates nothing, and a page with one is not cached.
    const current = summaries.filter(({ id, lastModifiedDate }) => !cache.isOutdated(id, lastModifiedDate));
    for (const { id, lastModifiedDate } of current) cache.revalidate(id, lastModifiedDate);
    if (current.length === summaries.length) cache.putPage(key, page);
    return page;
  });
}

/** An edge, and whether its summary is older than the newest version, so that the record must be read instead. */
export type CheckedEdge = Edge & { isOutdated: boolean };
export type FetchOpportunities = (page: PageArguments) => Promise<Page<CheckedEdge>>;

/** The pages of opportunities for one request. A list can be older than what was returned or written before. */
export function createPages(
  scope: RequestScope,
  { account, ...tools }: PageTools & { account: string },
): FetchOpportunities {
  const { cache } = tools;
  return async (args) => {
    const page = await fetchPage((input) => listOpportunities(input, scope, tools), args, account);
    const check = ({ summary, cursor }: Edge) => ({
      cursor,
      summary,
      isOutdated: cache.isOutdated(summary.id, summary.lastModifiedDate),
    });
    return { ...page, edges: page.edges.map(check) };
  };
}
