/** Which opportunities are shared in which engagements, a thousand to a call, and which of them are this account's own. */
import { idForms } from '../domain/ids.ts';
import type { OpportunitySummary } from '../upstream/wire.ts';
import { type BatchLoader, createBatchLoader } from './batches.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { createOneOrAllLoader } from './one-or-all.ts';
import { type TimedCache, timedWithout } from './timed-cache.ts';
import type { Viewer } from './viewer.ts';
import { wholeList } from './whole-list.ts';

/** An opportunity that a member shares in an engagement. */
export type SharedResource = { engagementId: string; resourceId: string; createdBy: string | null };

/** The associations of all opportunities, or of the one or the engagement that was asked for. */
export type Associations = {
  engagementsOf: ReadonlyMap<string, readonly string[]>;
  resourcesIn: ReadonlyMap<string, SharedResource[]>;
};

/** The AWS account that this gateway acts for, as AWS names creators. It is unknown before an own opportunity is seen. */
export type OwnAccount = { id?: string };

type AssociationTools = {
  scope: RequestScope;
  coalescer: Coalescer;
  associations: TimedCache<Associations>;
  ownAccount: OwnAccount;
  /** Present if the caller sees only some of the opportunities. */
  viewer: Viewer | undefined;
};

/** AWS's largest page of associations. */
const maxResults = 1_000;

/** The associations of an opportunity or an engagement, or all. @throws Fault */
export async function listAssociations(
  id: string | undefined,
  { send }: Pick<RequestScope, 'send'>,
): Promise<Associations> {
  const isEngagement = id !== undefined && idForms.Engagement.test(id);
  const filter = {
    resourceType: 'Opportunity',
    ...(isEngagement ? { engagementIdentifier: id } : { resourceIdentifier: id }),
  } as const;
  const associations = await wholeList('associations', async (nextToken) => {
    const page = await send('ListEngagementResourceAssociations', { ...filter, maxResults, nextToken });
    return { items: page.engagementResourceAssociationSummaries ?? [], nextToken: page.nextToken };
  });
  const engagementsOf = new Map<string, string[]>();
  const resourcesIn = new Map<string, SharedResource[]>();
  for (const association of associations) {
    const { resourceId, engagementId, createdBy } = association ?? {};
    if (!resourceId || !engagementId) continue;
    const ids = engagementsOf.get(resourceId) ?? [];
    // Several members may share the same opportunity.
    if (!ids.includes(engagementId)) engagementsOf.set(resourceId, [...ids, engagementId]);
    const resources = resourcesIn.get(engagementId) ?? [];
    resourcesIn.set(engagementId, resources);
    resources.push({ engagementId, resourceId, createdBy: createdBy ?? null });
  }
  return { engagementsOf, resourcesIn };
}

/** An account as AWS names it is its number or an alias; two numbers are two accounts. */
const isNumber = (account: string): boolean => /^\d{12}$/.test(account);

/**
 * Whether an opportunity that is shared is this account's own: AWS lists only own ones, and the first that it lists shows
 * which account that is.
 */
export async function isOwn(
  { resourceId, createdBy }: SharedResource,
  own: OwnAccount,
  lookUp: (id: string) => Promise<OpportunitySummary | undefined>,
): Promise<boolean> {
  if (createdBy && createdBy === own.id) return true;
  if (createdBy && own.id && isNumber(createdBy) && isNumber(own.id)) return false;
  const isListed = (await lookUp(resourceId)) !== undefined;
  if (isListed && createdBy) own.id = createdBy;
  return isListed;
}

const settled = <T>(promise: Promise<T>): Promise<T | Error> => promise.catch((error: Error) => error);

/** The associations of one request. */
export function createAssociationLoaders({
  scope,
  coalescer,
  associations: cache,
  ownAccount,
  viewer,
}: AssociationTools) {
  const { isDryRun } = scope.request;
  const isMadeUp = (id: string) => viewer?.isMadeUp(id) ?? false;
  const source = {
    name: 'ListEngagementResourceAssociations',
    scope,
    coalescer,
    cache: viewer ? timedWithout(cache, isMadeUp) : cache,
    list: listAssociations,
  };

  /** The ids of the engagements in which an opportunity is shared. */
  const engagementIds: BatchLoader<readonly string[]> = createOneOrAllLoader({
    ...source,
    // A dry run cannot know; the most that is likely is one engagement for each opportunity.
    pick: ({ engagementsOf }, id) =>
      (isMadeUp(id) ? undefined : engagementsOf.get(id)) ?? (isDryRun ? [dryRunEngagement(id)] : []),
  });

  const resources: BatchLoader<SharedResource[]> = createOneOrAllLoader({
    ...source,
    pick: ({ resourcesIn }, id) => resourcesIn.get(id) ?? (isDryRun ? dryRunResources(id) : []),
  });

  const lookUps = createBatchLoader<OpportunitySummary | undefined>((ids) =>
    Promise.all(ids.map((id) => settled(coalescer.lookUp(id, scope)))),
  );

  return {
    engagementIds,
    /** The opportunities that are shared in an engagement, by any member. */
    resources,
    /** Whether an opportunity that is shared is this account's own. @throws Fault */
    isOwn: (resource: SharedResource) => isOwn(resource, ownAccount, lookUps.load),
    /** Forgets which opportunities are shared in which engagements: it is not known which of them a write concerns. */
    forgetAssociations(): void {
      cache.clear();
      engagementIds.clearAll();
      resources.clearAll();
    },
  };
}

/** Stands for the engagement of an opportunity. */
const dryRunEngagement = (id: string): string => `eng-${id.toLowerCase().padStart(14, '0').slice(-14)}`;

/** Stands for the opportunities in an engagement: one is likely. */
export const dryRunResources = (engagementId: string): SharedResource[] => [
  { engagementId, resourceId: `O${engagementId.replace(/\D/g, '') || '0'}`, createdBy: null },
];
