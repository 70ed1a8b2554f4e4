/** What AWS has been seen to list: the one gate through which changes reach the cache, the index and the listeners. */

import { type Clock, calendar } from '../clock.ts';
import { earlierKey, instantKey } from '../domain/instants.ts';
import type { OpportunitySummary } from '../upstream/wire.ts';
import { boundedMap } from './bounded.ts';
import type { RecordCache } from './cache.ts';
import type { Changes, OpportunityChange } from './changes.ts';
import { differencesBetween, type IndexRow, type OpportunityIndex, positionOf } from './opportunity-index.ts';

/** AWS's list may lack a change for about three seconds: who did not find one asks again after this time. */
export const lagMs = 4_000;
/** AWS may list an older version, or lack an opportunity, for some seconds; after this time that is how it is. */
export const maxLagMs = 60_000;
/** The most versions that are remembered without an index. */
const maxVersions = 100_000;

export type Sighting = {
  /** The ids that the list was asked for. One that it lacks, twice and longer apart than AWS lags, is lost. */
  asked?: readonly string[];
  /** Whether something else has reported these changes, such as an event: then they are reported without an older version. */
  isAnnounced?: boolean;
};

export type Sightings = {
  /**
   * Takes the opportunities that AWS has just listed. Those that are known in this version change nothing; for every other
   * one the cache and the index are updated, and the listeners of `changes` are notified, once.
   *
   * Where the version before is not known, as without an index or while it is being built, nothing is reported unless the
   * change `isAnnounced`.
   *
   * @returns those that are not older than what is known
   */
  note(summaries: readonly OpportunitySummary[], sighting?: Sighting): OpportunitySummary[];
  /**
   * Takes a row that another replica was the first to see, unless a later one is known. The listeners are notified if that
   * replica has notified its own, and unless these have heard of the same version before.
   */
  merge(row: IndexRow, isPublished: boolean): void;
  /** Those that a list by ids has lacked, and that have to be looked up again. */
  missing(): string[];
};

/** A version that is known: the key of its date, its place in the feed, and when it was last seen. */
type Known = { date: string; position: string; isLost: boolean; seenAt: number };

/** As it was created, and not modified since: dates of creation have whole seconds. */
const isNew = ({ createdDate, lastModifiedDate }: OpportunitySummary): boolean =>
  earlierKey(instantKey(lastModifiedDate ?? ''), 1_000) < instantKey(createdDate ?? '');

/** A row as a change. */
export function changeOf({ summary, position, isLost, changedFields }: IndexRow): OpportunityChange {
  const { id, lastModifiedDate, createdDate } = summary;
  const kind = isLost ? 'LOST' : isNew(summary) ? 'CREATED' : 'UPDATED';
  const date = lastModifiedDate ?? createdDate ?? '';
  return { type: 'Opportunity', kind, id, lastModifiedDate: date, position, summary, changedFields };
}

export type SightingTools = {
  clock: Pick<Clock, 'now'>;
  cache: Pick<RecordCache, 'isOutdated' | 'merge' | 'noteVersion' | 'revalidate'>;
  changes: Changes;
  index: OpportunityIndex | undefined;
  /** Called with every row that this replica was the first to see, and whether its listeners were notified. */
  publish?: PublishRow | undefined;
};

export type PublishRow = (row: IndexRow, isPublished: boolean) => void;

export function createSightings({ clock, cache, changes, index, publish }: SightingTools): Sightings {
  const versions = boundedMap<Known>(maxVersions);
  /** Since when lists by ids have lacked an opportunity. */
  const missing = new Map<string, number>();
  const isComplete = () => index?.asOf !== undefined;

  function knownOf(id: string): Known | undefined {
    const row = index?.get(id);
    const indexed = row && { ...row, date: positionOf(row.summary), seenAt: Number.NEGATIVE_INFINITY };
    return versions.get(id) ?? indexed;
  }

  function put(row: IndexRow, isPublished: boolean): void {
    const { summary, position, isLost } = row;
    versions.set(summary.id, { date: positionOf(summary), position, isLost, seenAt: clock.now() });
    missing.delete(summary.id);
    index?.put(row);
    if (isPublished) changes.publish(changeOf(row));
  }

  /**
   * The place of a version in the feed: after the one before, and for one that is reported not where cursors have passed already.
   * With an index they follow its polls; an event may be hours late.
   */
  function placeOf(date: string, known: Known | undefined, isPublished: boolean): string {
    const now = instantKey(calendar.instant());
    const isPassed = isPublished && date < earlierKey(index?.asOf ? instantKey(index.asOf) : now, maxLagMs);
    if (!isPassed && !(known && date <= known.position)) return date;
    return known && now <= known.position ? `${known.position}0` : now;
  }

  function take(summary: OpportunitySummary, known: Known | undefined, isPublished: boolean): void {
    const { id, lastModifiedDate } = summary;
    const before = index?.get(id);
    const fields = before && !before.isLost ? differencesBetween(before.summary, summary) : undefined;
    const position = placeOf(positionOf(summary), known, isPublished);
    const row = { summary, position, isLost: false, changedFields: fields };
    // The pages and records the cache has from before are no longer current.
    if (known) cache.noteVersion(id, lastModifiedDate);
    put(row, isPublished);
    publish?.(row, isPublished);
  }

  /** Returns whether the summary is not older than what is known. */
  function noteOne(summary: OpportunitySummary, isAnnounced: boolean): boolean {
    const { id, lastModifiedDate } = summary;
    if (cache.isOutdated(id, lastModifiedDate)) return false;
    const known = knownOf(id);
    const date = positionOf(summary);
    if (!known) take(summary, known, isAnnounced || isComplete());
    else if (date === known.date && !known.isLost) {
      versions.set(id, { ...known, seenAt: clock.now() });
      missing.delete(id);
    } else if (date >= known.date || clock.now() - known.seenAt >= maxLagMs) take(summary, known, true);
    else return false;
    cache.revalidate(id, lastModifiedDate);
    return true;
  }

  /** Notes that a list by ids has lacked an opportunity. */
  function noteMissing(id: string): void {
    const row = index?.get(id);
    if (!row || row.isLost) return;
    const since = missing.get(id);
    if (since === undefined) missing.set(id, clock.now());
    if (since === undefined || clock.now() - since < maxLagMs) return;
    const position = placeOf('', { ...row, date: '', seenAt: 0 }, true);
    const lost = { summary: row.summary, position, isLost: true };
    put(lost, true);
    publish?.(lost, true);
  }

  return {
    note(summaries, { asked = [], isAnnounced = false } = {}) {
      const current = summaries.filter((summary) => noteOne(summary, isAnnounced));
      const found = new Set(summaries.map(({ id }) => id));
      for (const id of asked) if (!found.has(id)) noteMissing(id);
      return current;
    },
    merge(row, isPublished) {
      const { id, lastModifiedDate } = row.summary;
      const known = knownOf(id);
      if (known && known.position >= row.position) return;
      const isSame = known?.date === positionOf(row.summary) && known.isLost === row.isLost;
      put(row, isPublished && !isSame);
      if (row.isLost || !lastModifiedDate) return;
      // The replica that has seen it has updated the others' caches, unless that message was lost.
      cache.merge({ id, date: lastModifiedDate, isCurrent: false });
    },
    missing: () => [...missing.keys()],
  };
}

/** The same gate for a dry run, which sees what AWS never listed. */
export const closedSightings: Sightings = {
  note: (summaries) => [...summaries],
  merge() {},
  missing: () => [],
};
