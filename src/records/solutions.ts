/** The partner's solutions: pages of AWS's list, and single ones by id, twenty to a call. */

import { idForms } from '../domain/ids.ts';
import { type SolutionListInput, solutionInput, solutionOrder } from '../domain/solutions.ts';
import type { SolutionFilter, SolutionSort } from '../generated/schema-types.ts';
import { idsPerCall } from '../upstream/operations.ts';
import { type SolutionPage, type SolutionRecord, solutionsOf } from '../upstream/wire.ts';
import { type BatchLoader, createBatchLoader, inParts } from './batches.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { fetchPageOf, type Page, type PageArguments } from './paging.ts';
import { freshIn, type TimedCache } from './timed-cache.ts';

type SolutionTools = { scope: RequestScope; coalescer: Coalescer; cache: TimedCache<SolutionRecord> };

/** One call of ListSolutions, which requests share while it is in flight. */
function listSolutions(
  input: SolutionListInput,
  { scope, coalescer, cache }: SolutionTools,
): Promise<SolutionPage> {
  return coalescer.coalesce(`ListSolutions ${JSON.stringify(input)}`, scope, async () => {
    const page = await scope.send('ListSolutions', input);
    for (const solution of solutionsOf(page)) cache.put(solution.id, solution);
    return page;
  });
}

/** The solutions of one request by id; null for one that is not this account's. Ids in other forms cost no call. */
export function createSolutionLoader(tools: SolutionTools): BatchLoader<SolutionRecord | null> {
  return createBatchLoader(async (ids) => {
    const found = new Map<string, SolutionRecord | Error | undefined>(
      ids.map((id) => [id, freshIn(tools.cache, id, tools.scope)]),
    );
    const unknown = ids.filter((id) => idForms.Solution.test(id) && !found.get(id));
    await Promise.all(
      inParts(unknown, idsPerCall).map(async (identifier) => {
        try {
          const page = await listSolutions({ identifier, maxResults: idsPerCall }, tools);
          for (const solution of solutionsOf(page)) found.set(solution.id, solution);
        } catch (error) {
          for (const id of identifier) found.set(id, error as Error);
        }
      }),
    );
    return ids.map((id) => found.get(id) ?? null);
  });
}

export type SolutionPageArguments = PageArguments & {
  filter?: SolutionFilter | null | undefined;
  sort?: SolutionSort | null | undefined;
};

/**
 * One page of the partner's solutions.
 *
 * @param account the account of the list: a cursor is not valid in another one
 * @throws Fault BAD_USER_INPUT for arguments that AWS cannot take
 */
export function fetchSolutions(
  { filter, sort, ...page }: SolutionPageArguments,
  account: string,
  tools: SolutionTools,
): Promise<Page<SolutionRecord>> {
  const list = {
    input: solutionInput(filter ?? {}, sort),
    order: solutionOrder(sort),
    isEmpty: filter?.ids?.length === 0,
    call: (input: SolutionListInput) => listSolutions(input, tools),
    itemsOf: solutionsOf,
  };
  return fetchPageOf(list, page, `${account} solutions`);
}
