/**
 * A CRM that follows the feed, and a subscriber, while AWS lags, records change while they are paged through, many at one
 * moment, and both the CRM and the gateway are killed. They are told every change, and those of one opportunity in their order. `RUNS=200` has
 * 10,000 changes and more.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { calendar } from '../src/clock.ts';
import { createRecordCache } from '../src/records/cache.ts';
import { createChanges } from '../src/records/changes.ts';
import { createFeed } from '../src/records/feed.ts';
import type { RequestScope } from '../src/records/in-flight.ts';
import { createIndexReader } from '../src/records/index-reader.ts';
import { createOpportunityIndex } from '../src/records/opportunity-index.ts';
import { createSightings } from '../src/records/sightings.ts';
import type { Send } from '../src/upstream/send.ts';
import type { OpportunitySummary } from '../src/upstream/wire.ts';

const runs = Number(process.env.RUNS ?? 10);
const seed = process.env.SEED ? { seed: Number(process.env.SEED) } : {};

/** The time of everyone, in milliseconds. */
let now = 0;
const real = { ...calendar };
beforeEach(() => {
  now = Date.parse('2031-05-14T12:00:00Z');
  calendar.instant = () => new Date(now).toISOString();
});
afterEach(() => void Object.assign(calendar, real));

type Version = { date: number; visibleAt: number };

/** AWS's list: it shows each version after its lag, and its tokens count rows. */
function aws() {
  const records = new Map<string, Version[]>();
  let reads = 0;
  let changes = 0;
  const dated = (id: string, { date }: Version) =>
    ({
      id,
      createdDate: '2031-05-14T00:00:00Z',
      lastModifiedDate: new Date(date).toISOString(),
    }) as OpportunitySummary;
  const send = async (_operation: string, input: object) => {
    reads += 1;
    const { lastModifiedDate, sort, nextToken, identifier } = input as {
      lastModifiedDate?: { afterLastModifiedDate: string };
      sort?: { sortBy: string };
      nextToken?: string;
      identifier?: string[];
    };
    const from = Date.parse(lastModifiedDate?.afterLastModifiedDate ?? '1970-01-01T00:00:00Z');
    const shown = [...records].flatMap(([id, versions]) => {
      const newest = versions.findLast(({ visibleAt }) => visibleAt <= now);
      return newest && newest.date >= from && (!identifier || identifier.includes(id))
        ? [{ id, newest }]
        : [];
    });
    if (sort?.sortBy === 'LastModifiedDate') shown.sort((a, b) => a.newest.date - b.newest.date);
    const start = Number(nextToken ?? 0);
    const page = shown.slice(start, start + 100);
    return {
      opportunitySummaries: page.map(({ id, newest }) => dated(id, newest)),
      nextToken: shown.length > start + 100 ? String(start + 100) : null,
    };
  };
  return {
    send: send as unknown as Send,
    reads: () => reads,
    changes: () => changes,
    /** Changes a record, or creates it. The date is always later than the one before. */
    change(number: number, lagMs: number): void {
      const id = `O${number}`;
      const versions = records.get(id) ?? [];
      const date = Math.max(now, (versions.at(-1)?.date ?? 0) + 1);
      records.set(id, [...versions, { date, visibleAt: now + lagMs }]);
      changes += 1;
    },
    newest: () =>
      new Map([...records].map(([id, versions]) => [id, new Date(versions.at(-1)?.date ?? 0).toISOString()])),
  };
}

/** A gateway, which remembers nothing of the one before. */
function start({ send }: ReturnType<typeof aws>, hasIndex: boolean) {
  const clock = { now: () => now };
  const index = hasIndex ? createOpportunityIndex() : undefined;
  const cache = createRecordCache({ clock: clock as never, freshMs: 3_000, maxBytes: 1_000_000 });
  const sightings = createSightings({ clock, cache, changes: createChanges(), index });
  const scope = { send, request: { isDryRun: false } } as unknown as RequestScope;
  const feed = createFeed({ index, sightings, scope, account: 'main', retryAfterMs: 1 });
  const reader = index && createIndexReader(index, sightings);
  return {
    feed,
    poll: async () => void (await (index?.asOf ? reader?.poll(send) : reader?.build(send))),
  };
}

type Gateway = ReturnType<typeof start>;

/** A subscriber who knows everything so far, and comes back with its last cursor when its gateway is killed. */
async function subscribe({ feed }: Gateway, told: Map<string, string>) {
  let since: string | undefined;
  for (let hasMore = true; hasMore; ) {
    const page = await feed.changes(since, 100, null);
    since = page.cursorAfter(page.rows.length);
    ({ hasMore } = page);
  }
  let follower = feed.follow(since, null);
  return {
    told,
    comeBack(gateway: Gateway): void {
      follower = gateway.feed.follow(since, null);
    },
    async receive(): Promise<void> {
      for (let page = await follower.missed(10); page.length > 0; page = await follower.missed(10))
        for (const { row, cursor } of page) {
          const { id, lastModifiedDate } = row.summary;
          const date = lastModifiedDate ?? '';
          expect(date > (told.get(id) ?? ''), `${id} at ${date}`).toBe(true);
          told.set(id, date);
          since = cursor();
        }
    },
  };
}

/** What happens next. */
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      ids: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 }),
      lagMs: fc.integer({ min: 0, max: 20_000 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('read' as const), first: fc.integer({ min: 1, max: 100 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 30_000 }) }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'poll' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'gateway is killed' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'CRM is killed' as const }) },
);

test.each([
  ['from the index', true],
  ['without an index', false],
])(
  'a CRM that follows the feed %s is told every change, in order per opportunity, over lags, ties and crashes',
  async (_, hasIndex) => {
    let total = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 250 }),
        fc.array(step, { minLength: 60, maxLength: 120 }),
        async (records, steps) => {
          const upstream = aws();
          for (let number = 1; number <= records; number++) upstream.change(number, 0);
          let gateway = start(upstream, hasIndex);
          let cursor: string | null = null;
          /** What the CRM has stored with its last cursor but one, to which a crash takes it back. */
          let stored: { cursor: string | null; crm: Map<string, string> } = { cursor, crm: new Map() };
          const crm = new Map<string, string>();
          async function read(first: number): Promise<boolean> {
            const page = await gateway.feed.changes(cursor, first, null);
            expect(page.rows.length).toBeLessThanOrEqual(first);
            stored = { cursor, crm: new Map(crm) };
            for (const { summary } of page.rows) {
              const date = summary.lastModifiedDate ?? '';
              // Neither an older version, nor one that was told.
              expect(date > (crm.get(summary.id) ?? ''), `${summary.id} at ${date}`).toBe(true);
              crm.set(summary.id, date);
            }
            cursor = page.cursorAfter(page.rows.length);
            return page.hasMore;
          }
          await gateway.poll();
          const subscriber = hasIndex ? await subscribe(gateway, upstream.newest()) : undefined;
          for (const one of steps) {
            if (one.kind === 'change') for (const id of one.ids) upstream.change(id, one.lagMs);
            if (one.kind === 'read') await read(one.first);
            if (one.kind === 'wait') now += one.ms;
            if (one.kind === 'poll') await gateway.poll();
            if (one.kind === 'gateway is killed') {
              gateway = start(upstream, hasIndex);
              await gateway.poll();
              subscriber?.comeBack(gateway);
            }
            await subscriber?.receive();
            if (one.kind === 'CRM is killed') {
              cursor = stored.cursor;
              crm.clear();
              for (const [id, date] of stored.crm) crm.set(id, date);
            }
          }
          now += 30_000;
          await gateway.poll();
          while (await read(100));
          expect(crm).toEqual(upstream.newest());
          await subscriber?.receive();
          if (subscriber) expect(subscriber.told).toEqual(upstream.newest());
          // Nothing is left, now or later.
          now += 120_000;
          await gateway.poll();
          const before = upstream.reads();
          expect(await read(100)).toBe(false);
          expect(upstream.reads() - before).toBe(hasIndex ? 0 : 1);
          total += upstream.changes();
        },
      ),
      { numRuns: runs, ...seed },
    );
    expect(total).toBeGreaterThan(runs * 50);
  },
);
