/** Engagements: ten ids to a call, or a page of a hundred. */
import { type EngagementListInput, engagementInput, latestEngagementsFirst } from '../domain/engagements.ts';
import { idForms } from '../domain/ids.ts';
import type { EngagementFilter } from '../generated/schema-types.ts';
import { engagementIdsPerCall } from '../upstream/operations.ts';
import { type EngagementPage, type EngagementSummary, engagementsOf } from '../upstream/wire.ts';
import { type BatchLoader, createBatchLoader, inParts } from './batches.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { fetchPageOf, type Page, type PageArguments } from './paging.ts';
import { freshIn, type TimedCache } from './timed-cache.ts';

export type EngagementTools = {
  scope: RequestScope;
  coalescer: Coalescer;
  engagements: TimedCache<EngagementSummary>;
};

/** One call of ListEngagements, which requests share while it is in flight. */
export function listEngagements(
  input: EngagementListInput,
  { scope, coalescer, engagements }: EngagementTools,
): Promise<EngagementPage> {
  return coalescer.coalesce(`ListEngagements ${JSON.stringify(input)}`, scope, async (send) => {
    const page = await send('ListEngagements', input);
    for (const one of engagementsOf(page)) engagements.put(one.id, one);
    return page;
  });
}

/** The engagements of one request by id; null for one that this account is not a member of. Ids in other forms cost no call. */
export function createEngagementLoader(tools: EngagementTools): BatchLoader<EngagementSummary | null> {
  return createBatchLoader(async (ids) => {
    const found = new Map<string, EngagementSummary | Error | undefined>(
      ids.map((id) => [id, freshIn(tools.engagements, id, tools.scope)]),
    );
    const unknown = ids.filter((id) => idForms.Engagement.test(id) && !found.get(id));
    await Promise.all(
      inParts(unknown, engagementIdsPerCall).map(async (engagementIdentifier) => {
        try {
          const input = { engagementIdentifier, maxResults: engagementIdsPerCall };
          for (const one of engagementsOf(await listEngagements(input, tools))) found.set(one.id, one);
        } catch (error) {
          for (const id of engagementIdentifier) found.set(id, error as Error);
        }
      }),
    );
    return ids.map((id) => found.get(id) ?? null);
  });
}

export type EngagementPageArguments = PageArguments & { filter?: EngagementFilter | null | undefined };

/**
 * One page of engagements, latest first.
 *
 * @param account the account of the list: a cursor is not valid in another one
 * @throws Fault BAD_USER_INPUT for arguments that AWS cannot take
 */
export function fetchEngagements(
  { filter, ...page }: EngagementPageArguments,
  account: string,
  tools: EngagementTools,
): Promise<Page<EngagementSummary>> {
  const list = {
    input: engagementInput(filter ?? {}),
    order: latestEngagementsFirst,
    isEmpty: filter?.ids?.length === 0,
    call: (input: EngagementListInput) => listEngagements(input, tools),
    itemsOf: engagementsOf,
  };
  return fetchPageOf(list, page, `${account} engagements`);
}
