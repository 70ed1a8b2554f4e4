/** Pages of AWS's lists. */
import { maxPageSize } from '../domain/cursors.ts';
import { type ListInput, listInput, orderOf } from '../domain/filters.ts';
import { isSearch, matcherOf } from '../domain/matching.ts';
import type { OpportunityFilter, OpportunitySort } from '../generated/schema-types.ts';
import { type ListPage, type OpportunitySummary, summariesOf } from '../upstream/wire.ts';
import type { RecordCache } from './cache.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import type { OpportunityIndex } from './opportunity-index.ts';
import { type Edge, fetchPageOf, type Page, type PageArguments, pageOfItems } from './paging.ts';
import type { Sightings } from './sightings.ts';
import type { Viewer } from './viewer.ts';

export type OpportunityPageArguments = PageArguments & {
  filter?: OpportunityFilter | null | undefined;
  sort?: OpportunitySort | null | undefined;
};

/**
 * One page of opportunities: `first` summaries after `after`.
 *
 * @param list one call of ListOpportunities
 * @param account the account of the list: a cursor is not valid in another one
 * @param viewer of a caller who sees only some of them: AWS's largest pages are read, since there is no filter for that
 * @throws Fault BAD_USER_INPUT if `first` is not 1 to 100, or the cursor is of another list or query
 */
export function fetchPage(
  list: (input: ListInput) => Promise<ListPage>,
  { filter, sort, ...page }: OpportunityPageArguments,
  account: string,
  viewer?: Viewer,
): Promise<Page<OpportunitySummary>> {
  const input = listInput(filter ?? {}, sort);
  const isEmpty = filter?.ids?.length === 0;
  const opportunities = { input, order: orderOf(sort), isEmpty, call: list };
  if (!viewer) return fetchPageOf({ ...opportunities, itemsOf: summariesOf }, page, account);
  const itemsOf = (answer: ListPage) => summariesOf(answer).filter(viewer.sees);
  return fetchPageOf({ ...opportunities, itemsOf, isPartial: true }, page, account, maxPageSize);
}

/** A page of what the index has, since AWS's list cannot search, and has no views. The arguments are those of `fetchPage`. */
function searchPage(
  index: OpportunityIndex,
  { filter, sort, ...page }: OpportunityPageArguments,
  account: string,
): Page<OpportunitySummary> {
  const query = [listInput(filter ?? {}, sort), filter?.search];
  return pageOfItems(index.summaries().filter(matcherOf(filter)), orderOf(sort), page, account, query);
}

type PageTools = { coalescer: Coalescer; cache: RecordCache; sightings: Sightings };

/** One call of ListOpportunities, or a page in the cache. A page that is read revalidates the records in the cache. */
function listOpportunities(
  input: ListInput,
  scope: RequestScope,
  { coalescer, cache, sightings }: PageTools,
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
    const isUnwritten = cache.pageKey(input) === key;
    // A list can be out of date: an outdated summary revalidates nothing, and a page with one is not cached.
    const current = sightings.note(summaries);
    // A change that this page was the first to show has made the key another.
    if (current.length === summaries.length && isUnwritten) cache.putPage(cache.pageKey(input), page);
    return page;
  });
}

/** An edge, and whether its summary is older than the newest version, so that the record must be read instead. */
export type CheckedEdge = Edge<OpportunitySummary> & { isOutdated: boolean };
export type FetchOpportunities = (
  page: OpportunityPageArguments,
) => Promise<Page<OpportunitySummary, CheckedEdge>>;

/** The pages of opportunities for one request. A list can be older than what was returned or written before. */
export function createPages(
  scope: RequestScope,
  {
    account,
    index,
    isIndexed,
    viewer,
    ...tools
  }: PageTools & {
    account: string;
    /** @throws Fault without one that can answer */
    index(): OpportunityIndex;
    /** Whether there is one. */
    isIndexed(): boolean;
    viewer: Viewer | undefined;
  },
): FetchOpportunities {
  const { cache } = tools;
  return async (args) => {
    const page =
      isSearch(args.filter) || (viewer && isIndexed())
        ? searchPage(index(), args, account)
        : await fetchPage((input) => listOpportunities(input, scope, tools), args, account, viewer);
    const check = (edge: Edge<OpportunitySummary>): CheckedEdge =>
      Object.assign(edge, { isOutdated: cache.isOutdated(edge.summary.id, edge.summary.lastModifiedDate) });
    return { ...page, edges: page.edges.map(check) };
  };
}
