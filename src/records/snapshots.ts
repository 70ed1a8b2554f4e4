/** Snapshots of opportunities in engagements: a list for each engagement, and revisions, which never change. */
import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import {
  latestOf,
  type Snapshot,
  snapshotFrom,
  snapshotKeyOf,
  snapshotOf,
  snapshotOrder,
} from '../domain/snapshots.ts';
import { Fault } from '../fault.ts';
import type { SnapshotRecord } from '../upstream/wire.ts';
import { dryRunResources } from './associations.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import { type Page, type PageArguments, pageOfList } from './paging.ts';
import { readThrough, type TimedCache } from './timed-cache.ts';
import type { Viewer } from './viewer.ts';
import { wholeList } from './whole-list.ts';

/** The memory for revisions, in characters of their JSON: some ten thousand. */
const maxCharacters = 32_000_000;
/** AWS's largest page of snapshots. */
const maxResults = 1_000;

/** The revisions that an account has read, by id. They never change, so they are kept as long as memory allows. */
export type Revisions = {
  get(id: string): SnapshotRecord | undefined;
  set(id: string, record: SnapshotRecord): void;
};

export function createRevisions(): Revisions {
  const cache = new LRUCache<string, SnapshotRecord>({
    maxSize: maxCharacters,
    sizeCalculation: (record) => JSON.stringify(record).length,
  });
  return { get: (id) => cache.get(id), set: (id, record) => void cache.set(id, record) };
}

type SnapshotTools = {
  scope: RequestScope;
  coalescer: Coalescer;
  revisions: Revisions;
  snapshots: TimedCache<Snapshot[]>;
  /** The account of the lists: a cursor is not valid in another one. */
  account: string;
  /** Present if the caller sees only some of the opportunities, and the snapshots of these. */
  viewer: Viewer | undefined;
  /** Reads an opportunity as the caller sees it; null if there is none. @throws Fault */
  loadOpportunity(id: string): Promise<object | null>;
};

/** What AWS could list for a dry run: a hundred revisions of one opportunity, or of a hundred opportunities. */
function dryRunSnapshots(engagementId: string, resource?: string): Snapshot[] {
  const [shared] = dryRunResources(engagementId);
  return Array.from({ length: 100 }, (_, index) => {
    const resourceId = resource ?? (index === 0 && shared ? shared.resourceId : `O${index}`);
    const revision = resource ? index + 1 : 1;
    return snapshotOf({ engagementId, resourceId, resourceSnapshotTemplateName: 'DryRun', revision }, {});
  });
}

export type SnapshotPageArguments = PageArguments & { latestOnly: boolean };

/** The snapshots of one request. */
export function createSnapshotLoaders(tools: SnapshotTools) {
  const { scope, coalescer, revisions, snapshots, viewer, loadOpportunity } = tools;

  /** A revision by its id, which is read once in its life; null if AWS has none, or does not show it to this account. */
  async function read(id: string): Promise<SnapshotRecord | null> {
    const key = snapshotKeyOf(id);
    if (!key) return null;
    const known = viewer?.isMadeUp(key.resourceId) ? undefined : revisions.get(id);
    if (known) {
      scope.request.cached += 1;
      return known;
    }
    const { engagementId, resourceId, resourceSnapshotTemplateName, revision } = key;
    const input = {
      engagementIdentifier: engagementId,
      resourceType: 'Opportunity',
      resourceIdentifier: resourceId,
      resourceSnapshotTemplateIdentifier: resourceSnapshotTemplateName,
      revision,
    } as const;
    try {
      return await coalescer.coalesce(`GetResourceSnapshot ${id}`, scope, async (send) => {
        // AWS's payload is a union, of which the SDK's type has each member but one as missing.
        const record = (await send('GetResourceSnapshot', input)) as SnapshotRecord;
        revisions.set(id, record);
        return record;
      });
    } catch (error) {
      if (error instanceof Fault && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  const revision = new DataLoader<string, SnapshotRecord | null>((ids) =>
    Promise.all(ids.map((id) => read(id).catch((error: Error) => error))),
  );

  /** The snapshots in an engagement, of all opportunities or of one. @throws Fault */
  function list(engagementId: string, resourceIdentifier?: string): Promise<Snapshot[]> {
    if (scope.request.isDryRun)
      return scope
        .send('ListResourceSnapshots', { engagementIdentifier: engagementId, maxResults })
        .then(() => dryRunSnapshots(engagementId, resourceIdentifier));
    const key = [engagementId, resourceIdentifier].filter(Boolean).join('/');
    const filter = {
      engagementIdentifier: engagementId,
      ...(resourceIdentifier && { resourceType: 'Opportunity' as const, resourceIdentifier }),
    };
    return readThrough(snapshots, { name: 'ListResourceSnapshots', key }, tools, async (send) => {
      const found = await wholeList('snapshots', async (nextToken) => {
        const page = await send('ListResourceSnapshots', { ...filter, maxResults, nextToken });
        return { items: page.resourceSnapshotSummaries ?? [], nextToken: page.nextToken };
      });
      return found.flatMap((one) => (one && snapshotFrom(engagementId, one)) ?? []);
    });
  }
  const listed = new DataLoader<string, Snapshot[]>((ids) =>
    Promise.all(ids.map((id) => list(id).catch((error: Error) => error))),
  );

  return {
    /** A revision by its id; null if AWS has none. */
    revision,
    /** The revisions of all opportunities in an engagement. */
    listed,
    /** The revisions of one opportunity in an engagement. @throws Fault */
    ofOpportunity: list,
    /** A revision as a list has it, by its id; null if AWS has none. @throws Fault */
    async byId(id: string): Promise<Snapshot | null> {
      const key = snapshotKeyOf(id);
      // An opportunity outside of the view costs what one costs that does not exist.
      if (key && viewer && (await loadOpportunity(key.resourceId)) === null) return null;
      const record = key && (await revision.load(id));
      return record ? snapshotOf(key, record) : null;
    },
    /** A page of an engagement's snapshots. @throws Fault BAD_USER_INPUT for arguments that are out of range */
    page(engagementId: string, { latestOnly, ...page }: SnapshotPageArguments): Promise<Page<Snapshot>> {
      const source = {
        name: `${tools.account} snapshots`,
        query: { engagementId, latestOnly },
        order: snapshotOrder,
        async read() {
          const all = await listed.load(engagementId);
          return latestOnly ? latestOf(all) : all;
        },
      };
      return pageOfList(source, page);
    },
  };
}

export type SnapshotLoaders = ReturnType<typeof createSnapshotLoaders>;
