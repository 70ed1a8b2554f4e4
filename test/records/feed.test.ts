/** Changes as subscribers follow them. */
import { afterEach, describe, expect, test } from 'vitest';
import { calendar } from '../../src/clock.ts';
import type { OpportunityFilter } from '../../src/generated/schema-types.ts';
import { createRecordCache } from '../../src/records/cache.ts';
import { createChanges } from '../../src/records/changes.ts';
import { createFeed } from '../../src/records/feed.ts';
import type { RequestScope } from '../../src/records/in-flight.ts';
import { createOpportunityIndex } from '../../src/records/opportunity-index.ts';
import { createSightings } from '../../src/records/sightings.ts';
import { createViewer, type Viewer } from '../../src/records/viewer.ts';
import type { Send } from '../../src/upstream/send.ts';
import type { OpportunitySummary } from '../../src/upstream/wire.ts';

const real = { ...calendar };
afterEach(() => void Object.assign(calendar, real));

const clock = { now: () => 0 };

function start(index = createOpportunityIndex(), hasIndex = true, send?: Send, viewer?: Viewer) {
  const cache = createRecordCache({ clock: clock as never, freshMs: 3_000, maxBytes: 1_000_000 });
  const changes = createChanges();
  const tools = { index: hasIndex ? index : undefined };
  const sightings = createSightings({ clock, cache, changes, ...tools });
  const scope = { request: { isDryRun: false }, send } as unknown as RequestScope;
  const feed = createFeed({
    ...tools,
    sightings,
    scope,
    account: 'main',
    retryAfterMs: 1,
    viewer,
  });
  return { feed, sightings, changes, index };
}

/** An opportunity that was changed some milliseconds ago. */
const changed = (id: string, agoMs: number) =>
  ({
    id,
    createdDate: '2025-05-14T00:00:00Z',
    lastModifiedDate: real.instant(-agoMs),
  }) as OpportunitySummary;

const ids = (count: number) => Array.from({ length: count }, (_, index) => `O${5_000_001 + index}`);

describe('a subscriber with an index', () => {
  test('receives more changes at once than a cursor can have, and its cursors miss none of them', async () => {
    const { feed, sightings, index } = start();
    sightings.note(ids(2_000).map((id) => changed(id, 86_400_000)));
    index.asOf = real.instant();
    const follower = feed.follow(undefined, null);
    sightings.note(ids(1_500).map((id) => changed(id, 10)));
    const told: { id: string; cursor(): string }[] = [];
    for (let page = await follower.missed(100); page.length > 0; page = await follower.missed(100))
      told.push(...page.map(({ row, cursor }) => ({ id: row.summary.id, cursor })));
    expect(told.map(({ id }) => id)).toEqual(ids(1_500));
    // One that comes back with an early or the last cursor receives what came after it, at least.
    for (const at of [0, 1_200, 1_499]) {
      const returned = feed.follow(told[at]?.cursor(), null);
      const missed = new Set<string>();
      for (let page = await returned.missed(100); page.length > 0; page = await returned.missed(100))
        for (const { row } of page) missed.add(row.summary.id);
      expect(ids(1_500).filter((id, index) => index > at && !missed.has(id))).toEqual([]);
    }
  });
});

describe('a subscriber without an index', () => {
  test('receives what was missed after pages of changes that do not match, or that the caller does not see', async () => {
    const all = ids(2_500).map((id, index) => ({
      ...changed(id, (3_000 - index) * 60_000),
      partnerOpportunityIdentifier: `CRM-${index}`,
    }));
    const send = async (
      _operation: string,
      input: { lastModifiedDate?: { afterLastModifiedDate: string } },
    ) => {
      const after = input.lastModifiedDate?.afterLastModifiedDate ?? '';
      const left = all.filter(({ lastModifiedDate }) => (lastModifiedDate ?? '') >= after);
      return {
        opportunitySummaries: left.slice(0, 100),
        ...(left.length > 100 && { nextToken: String(left.length) }),
      };
    };
    const last = all.at(-1) as OpportunitySummary;
    const viewer = createViewer({ prefixes: ['CRM-2499'] }, { isDryRun: false }, {} as never);
    for (const [filter, seeing] of [
      [{ ids: [last.id] }, undefined],
      [null, viewer],
    ] satisfies [OpportunityFilter | null, Viewer | undefined][]) {
      const { feed } = start(undefined, false, send as never, seeing);
      const { rows, cursorAfter, hasMore } = await feed.changes(null, 1, filter);
      expect([rows, hasMore]).toEqual([[], true]);
      const follower = feed.follow(cursorAfter(0), filter);
      expect((await follower.missed(100)).map(({ row }) => row.summary.id)).toEqual([last.id]);
    }
  });

  test('receives events that come minutes late and in another order than they happened', () => {
    const { feed, sightings, changes } = start(undefined, false);
    calendar.instant = (inMs = 0) => real.instant(inMs - 3_600_000);
    const follower = feed.follow(undefined, null);
    calendar.instant = real.instant;
    const told: string[] = [];
    changes.listen((change) => {
      if (change.type !== 'Opportunity') return;
      const { summary, position } = change;
      if (follower.take({ summary, position, isLost: false })) told.push(change.id);
    });
    const late = [changed('O1', 120_000), changed('O2', 180_000), changed('O3', 240_000)];
    sightings.note(late, { isAnnounced: true });
    sightings.note([changed('O4', 300_000)], { isAnnounced: true });
    // The same events once more.
    sightings.note(late, { isAnnounced: true });
    expect(told).toEqual(['O1', 'O2', 'O3', 'O4']);
  });
});
