/** Engagements, ten ids to a call, and which opportunities are shared in which of them. */
import { idForms } from '../domain/ids.ts';
import { Fault } from '../fault.ts';
import { engagementIdsPerCall } from '../upstream/operations.ts';
import { type EngagementSummary, engagementsOf } from '../upstream/wire.ts';
import { type BatchLoader, createBatchLoader, inParts } from './batches.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { freshIn, readThrough, type TimedCache } from './timed-cache.ts';

/** The engagements of opportunities: of all that are in one, or only of the one that was asked for. */
export type Associations = ReadonlyMap<string, readonly string[]>;

type EngagementTools = {
  scope: RequestScope;
  coalescer: Coalescer;
  engagements: TimedCache<EngagementSummary>;
  associations: TimedCache<Associations>;
};

/** The key of all associations in their cache; the others are ids. */
const all = 'all';
/** AWS's largest page of associations. */
const maxResults = 1_000;
/** Pages that follow one another before the list counts as endless. */
const maxPages = 100;

/** The associations of one opportunity, or of all. @throws Fault */
async function listAssociations(
  resourceIdentifier: string | undefined,
  { send }: RequestScope,
): Promise<Associations> {
  const found = new Map<string, string[]>();
  const filter = { resourceType: 'Opportunity', resourceIdentifier } as const;
  for (let nextToken: string | undefined, pages = 0; pages < maxPages; pages++) {
    const page = await send('ListEngagementResourceAssociations', { ...filter, maxResults, nextToken });
    for (const association of page.engagementResourceAssociationSummaries ?? []) {
      const { resourceId, engagementId } = association ?? {};
      if (!resourceId || !engagementId) continue;
      const ids = found.get(resourceId) ?? [];
      // Several members may share the same opportunity.
      if (!ids.includes(engagementId)) found.set(resourceId, [...ids, engagementId]);
    }
    nextToken = page.nextToken || undefined;
    if (!nextToken) return found;
  }
  throw new Fault('UPSTREAM_UNAVAILABLE', `AWS's list of associations has more than ${maxPages} pages.`);
}

/**
 * The engagements of one request. All associations are read if several opportunities are asked for, since they are a
 * thousand to a call.
 */
export function createEngagementLoaders(tools: EngagementTools) {
  const { scope, coalescer, engagements, associations } = tools;

  /** An engagement by its id; null if this account is not a member of such a one. */
  const engagement: BatchLoader<EngagementSummary | null> = createBatchLoader(async (ids) => {
    const found = new Map<string, EngagementSummary | Error | undefined>(
      ids.map((id) => [id, freshIn(engagements, id, scope)]),
    );
    const unknown = ids.filter((id) => idForms.Engagement.test(id) && !found.get(id));
    await Promise.all(
      inParts(unknown, engagementIdsPerCall).map(async (engagementIdentifier) => {
        const input = { engagementIdentifier, maxResults: engagementIdsPerCall };
        const call = () => scope.send('ListEngagements', input);
        try {
          const page = await coalescer.coalesce(`ListEngagements ${engagementIdentifier}`, scope, call);
          for (const one of engagementsOf(page)) {
            engagements.put(one.id, one);
            found.set(one.id, one);
          }
        } catch (error) {
          for (const id of engagementIdentifier) found.set(id, error as Error);
        }
      }),
    );
    return ids.map((id) => found.get(id) ?? null);
  });

  /** The associations of one opportunity or of all, from the cache or AWS. */
  const read = (id: string | undefined) =>
    readThrough(
      associations,
      { name: 'ListEngagementResourceAssociations', key: id ?? all },
      { scope, coalescer },
      () => listAssociations(id, scope),
    );

  /** The ids of the engagements in which an opportunity is shared. */
  const engagementIds: BatchLoader<readonly string[]> = createBatchLoader(async (ids) => {
    // A dry run cannot know; the most that is likely is one engagement for each opportunity.
    const idsOf = (found: Associations, id: string) =>
      found.get(id) ?? (scope.request.isDryRun ? [dryRunEngagement(id)] : []);
    const [first] = ids;
    const isAlone = ids.length === 1 && (scope.request.isUncached || !associations.get(all));
    const found = await read(isAlone ? first : undefined);
    return ids.map((id) => idsOf(found, id));
  });

  return {
    engagement,
    /** The engagements in which an opportunity is shared. @throws Fault */
    async engagementsOf(id: string): Promise<EngagementSummary[]> {
      const ids = await engagementIds.load(id);
      const found = await Promise.all(ids.map((one) => engagement.load(one)));
      return found.filter((one) => one !== null);
    },
    /** Forgets in which engagements an opportunity is shared. */
    forgetEngagementsOf(id: string): void {
      for (const key of [id, all]) associations.drop(key);
      engagementIds.clear(id);
    },
  };
}

/** Stands for the engagement of an opportunity. */
const dryRunEngagement = (id: string): string => `eng-${id.toLowerCase().padStart(14, '0').slice(-14)}`;
