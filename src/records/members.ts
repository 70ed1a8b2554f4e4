/** The members of engagements, one engagement to a call. */

import type { EngagementMember, EngagementSummary } from '../upstream/wire.ts';
import { boundedMap } from './bounded.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { wholeList } from './whole-list.ts';

/** The members of engagements by id, kept while an engagement has as many: AWS has no operation to leave one. */
export type MemberCache = {
  get(id: string): EngagementMember[] | undefined;
  set(id: string, members: EngagementMember[]): void;
};

const maxEntries = 5_000;
/** AWS's largest page, and the most members of an engagement (API reference). */
const maxResults = 10;

export function createMemberCache(): MemberCache {
  const cache = boundedMap<EngagementMember[]>(maxEntries);
  return { get: (id) => cache.get(id), set: (id, members) => void cache.set(id, members) };
}

/** The members of an engagement, in AWS's order. @throws Fault */
export type ReadMembers = (engagement: EngagementSummary) => Promise<EngagementMember[]>;

export function createMemberReader({
  scope,
  coalescer,
  members: cache,
}: {
  scope: RequestScope;
  coalescer: Coalescer;
  members: MemberCache;
}): ReadMembers {
  return async ({ id, memberCount }) => {
    const known = scope.request.isUncached ? undefined : cache.get(id);
    if (known && known.length === memberCount) {
      scope.request.cached += 1;
      return known;
    }
    return coalescer.coalesce(`ListEngagementMembers ${id}`, scope, async (send) => {
      const members = await wholeList('members', async (nextToken) => {
        const page = await send('ListEngagementMembers', { identifier: id, maxResults, nextToken });
        const items = page.engagementMemberList?.filter((one) => one !== null) ?? [];
        return { items, nextToken: page.nextToken };
      });
      cache.set(id, members);
      return members;
    });
  };
}
