/**
 * Relay pages over AWS's `NextToken`. AWS gives a token per page and none per item, so a cursor says: "the page that
 * this token opens, at this size, behind this item". A cursor in the middle of a page reads that page once more.
 */
import { createHash } from 'node:crypto';
import { Fault } from '../fault.ts';
import type { OpportunityFilter, OpportunitySort } from '../generated/schema-types.ts';
import type { Input } from '../upstream/operations.ts';
import type { ListPage, OpportunityRecord } from '../upstream/records.ts';
import { compareInstants } from './instants.ts';

/** AWS takes this many identifiers in a list's filter, and this many values in its others. */
export const idsPerCall = 20;
const valuesPerFilter = 10;
const idsPerQuery = 200;
const largestPage = 100;
/** AWS may answer pages without items that still carry a token; this many in a row is no list any more. */
const emptyPages = 20;

type ListInput = Input<'ListOpportunities'>;

/** Where a page begins: AWS's token for it (null: the first), the page size it was made with, and what to skip. */
type Position = { token: string | null; size: number; skip: number; behind?: string };

export type Edge = { cursor: string; summary: OpportunityRecord };
export type Page = { edges: Edge[]; hasNextPage: boolean };

function refuse(field: string, got: string, wanted: string): never {
  throw new Fault('BAD_USER_INPUT', `${field}: got ${got}, wanted ${wanted}`);
}

/** A filter of lists in AWS's members. Absent, null and empty conditions are none. @throws Fault BAD_USER_INPUT. */
export function listInput(filter: OpportunityFilter, sort: OpportunitySort | null | undefined): ListInput {
  const values = <T>(
    name: string,
    list: readonly T[] | null | undefined,
    most = valuesPerFilter,
  ): T[] | undefined => {
    const distinct = [...new Set(list ?? [])];
    if (distinct.length > most) refuse(`filter.${name}`, `${distinct.length} values`, `at most ${most}`);
    return distinct.length > 0 ? distinct : undefined;
  };
  const { lastModified, created, targetClose } = filter;
  return {
    identifier: values('ids', filter.ids, idsPerQuery),
    lifeCycleStage: values('stages', filter.stages),
    lifeCycleReviewStatus: values('reviewStatuses', filter.reviewStatuses),
    customerCompanyName: values('customerCompanyNames', filter.customerCompanyNames),
    lastModifiedDate: lastModified && {
      afterLastModifiedDate: lastModified.after,
      beforeLastModifiedDate: lastModified.before,
    },
    createdDate: created && { afterCreatedDate: created.after, beforeCreatedDate: created.before },
    targetCloseDate: targetClose && {
      afterTargetCloseDate: targetClose.after,
      beforeTargetCloseDate: targetClose.before,
    },
    sort: sort ?? undefined,
  };
}

/** A short mark of a query, by which a cursor knows its own. */
function markOf(input: ListInput): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('base64url').slice(0, 12);
}

function encode({ token, size, skip, behind }: Position, mark: string): string {
  return Buffer.from(JSON.stringify([mark, token, size, skip, behind])).toString('base64url');
}

function decode(cursor: string, mark: string): Position {
  const got = JSON.stringify(cursor);
  const wanted = 'a cursor that this list gave out, such as pageInfo.endCursor';
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    refuse('after', got, wanted);
  }
  if (!Array.isArray(parts)) refuse('after', got, wanted);
  const [of, token, size, skip, behind] = parts as unknown[];
  const isWhole = (value: unknown, most: number): value is number =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
  if (
    !(token === null || typeof token === 'string') ||
    !(behind === undefined || behind === null || typeof behind === 'string') ||
    !(isWhole(size, largestPage) && size > 0 && isWhole(skip, idsPerQuery))
  )
    refuse('after', got, wanted);
  if (of !== mark)
    throw new Fault(
      'BAD_USER_INPUT',
      'after: this cursor belongs to another filter or sort; start again without it',
    );
  return { token, size, skip, ...(typeof behind === 'string' && { behind }) };
}

/** What a page shows, each summary as the part of a record that it is. */
export const summariesOf = (page: ListPage) => (page.opportunitySummaries ?? []) as OpportunityRecord[];

/** How AWS orders a list; used where one query takes several of its calls. */
function comparator(
  sort: OpportunitySort | null | undefined,
): (a: OpportunityRecord, b: OpportunityRecord) => number {
  const key = {
    Identifier: (record: OpportunityRecord) => record.id.padStart(24),
    CustomerCompanyName: (record: OpportunityRecord) => record.customer?.account?.companyName ?? '',
    LastModifiedDate: (record: OpportunityRecord) => record.lastModifiedDate ?? '',
    CreatedDate: (record: OpportunityRecord) => record.createdDate ?? '',
    TargetCloseDate: (record: OpportunityRecord) => record.lifeCycle?.targetCloseDate ?? '',
  }[sort?.sortBy ?? 'LastModifiedDate'];
  const direction = sort?.sortOrder === 'ASCENDING' ? 1 : -1;
  return (a, b) => direction * compareInstants(key(a), key(b));
}

/** Fetches the list for more identifiers than AWS takes at once, and puts the answers into one order. */
async function listInParts(
  list: (input: ListInput) => Promise<ListPage>,
  input: ListInput,
  ids: readonly string[],
): Promise<OpportunityRecord[]> {
  const starts = Array.from({ length: Math.ceil(ids.length / idsPerCall) }, (_, part) => part * idsPerCall);
  const whole = async (identifier: string[]): Promise<OpportunityRecord[]> => {
    const found: OpportunityRecord[] = [];
    for (let nextToken: string | undefined, pages = 0; pages <= emptyPages; pages++) {
      const page = await list({ ...input, identifier, maxResults: idsPerCall, nextToken });
      found.push(...summariesOf(page));
      nextToken = page.nextToken || undefined;
      if (!nextToken) break;
    }
    return found;
  };
  const parts = await Promise.all(starts.map((start) => whole(ids.slice(start, start + idsPerCall))));
  return parts.flat().sort(comparator(input.sort as OpportunitySort | undefined));
}

/**
 * One page of a list: `first` summaries behind `after`.
 *
 * @param list one call of ListOpportunities
 * @throws Fault BAD_USER_INPUT when `first` is not 1 to 100, or the cursor is foreign
 */
export async function fetchPage(
  list: (input: ListInput) => Promise<ListPage>,
  {
    first,
    after,
    filter,
    sort,
  }: {
    first: number;
    after?: string | null | undefined;
    filter?: OpportunityFilter | null | undefined;
    sort?: OpportunitySort | null | undefined;
  },
): Promise<Page> {
  if (first < 1 || first > largestPage) refuse('first', String(first), `1 to ${largestPage}`);
  const input = listInput(filter ?? {}, sort);
  const mark = markOf(input);
  let position: Position = after ? decode(after, mark) : { token: null, size: first, skip: 0 };
  if (filter?.ids?.length === 0) return { edges: [], hasNextPage: false };

  const ids = input.identifier ?? [];
  const whole = ids.length > idsPerCall ? await listInParts(list, input, ids) : undefined;
  const edges: Edge[] = [];
  for (let empty = 0; ; ) {
    const { token } = position;
    // Where a page begins, its size is free; in the middle of one it has to be the same again.
    const size = position.skip === 0 ? Math.max(position.size, first) : position.size;
    const page: ListPage = whole
      ? {}
      : await list({ ...input, maxResults: size, nextToken: token ?? undefined });
    const summaries = whole ?? summariesOf(page);
    const nextToken = page.nextToken || null;
    // The list may have moved since the cursor was made: its item is looked for, its number is the second choice.
    const found = position.behind ? summaries.findIndex(({ id }) => id === position.behind) : -1;
    const start = found >= 0 ? found + 1 : position.skip;
    const taken = summaries.slice(start, start + first - edges.length);
    taken.forEach((summary, index) => {
      const skip = start + index + 1;
      const atEnd = skip === summaries.length && nextToken !== null;
      const next = atEnd ? { token: nextToken, size, skip: 0 } : { token, size, skip, behind: summary.id };
      edges.push({ cursor: encode(next, mark), summary });
    });
    const left = summaries.length - start - taken.length;
    if (edges.length === first || nextToken === null)
      return { edges, hasNextPage: left > 0 || nextToken !== null };
    empty = taken.length === 0 ? empty + 1 : 0;
    if (empty > emptyPages)
      throw new Fault('UPSTREAM_UNAVAILABLE', `AWS answered ${empty} empty pages in a row.`);
    position = { token: nextToken, size, skip: 0 };
  }
}
