/**
 * A CRM that follows the feed, and a subscriber, while AWS lags, records change while they are paged through, many at one
 * moment, some are hidden and come back, and both the CRM and the gateway are killed. They receive every change, and those of
 * one opportunity in their order. `RUNS=200` has 10,000 changes and more.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { calendar } from '../src/clock.ts';
import type { FeedRow } from '../src/domain/feed.ts';
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
/** More pages than any of these feeds has. */
const maxPages = 200;

/** The time of everyone, in milliseconds. */
let now = 0;
const real = { ...calendar };
beforeEach(() => {
  now = Date.parse('2031-05-14T12:00:00Z');
  calendar.instant = () => new Date(now).toISOString();
});
afterEach(() => void Object.assign(calendar, real));

type Version = { date: number; visibleAt: number; isHidden?: boolean };

/** AWS's list: it shows each version after its lag, unless it is hidden, and its tokens count rows. */
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
      const isShown = newest && !newest.isHidden && newest.date >= from;
      return isShown && (!identifier || identifier.includes(id)) ? [{ id, newest }] : [];
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
      const before = versions.at(-1);
      // One that was hidden comes back at once, and later than anything reported of it.
      if (before?.isHidden) now += 1;
      const date = Math.max(now, (before?.date ?? 0) + 1);
      records.set(id, [...versions, { date, visibleAt: before?.isHidden ? now : now + lagMs }]);
      changes += 1;
    },
    /** Hides a record, as AWS does after a rejection: without a date and without an event. */
    hide(number: number): void {
      const versions = records.get(`O${number}`);
      const before = versions?.at(-1);
      if (!versions || !before || before.isHidden) return;
      versions.push({ ...before, visibleAt: now, isHidden: true });
      changes += 1;
    },
    hidden: () => [...records].filter(([, versions]) => versions.at(-1)?.isHidden).map(([id]) => id),
    /** The date of each record; null for one that is hidden. */
    newest: () =>
      new Map(
        [...records].map(([id, versions]): [string, string | null] => {
          const { date = 0, isHidden } = versions.at(-1) ?? {};
          return [id, isHidden ? null : new Date(date).toISOString()];
        }),
      ),
  };
}

/** A gateway, which remembers nothing of the one before. */
function start({ send }: ReturnType<typeof aws>, hasIndex: boolean) {
  const clock = { now: () => now };
  const index = hasIndex ? createOpportunityIndex() : undefined;
  const cache = createRecordCache({ clock: clock as never, freshMs: 3_000, maxBytes: 1_000_000 });
  const sightings = createSightings({ clock, cache, changes: createChanges(), index });
  const scope = { send, request: { isDryRun: false } } as unknown as RequestScope;
  const feed = createFeed({ index, sightings, scope, account: 'main', retryAfterMs: 1, viewer: undefined });
  const reader = index && createIndexReader(index, sightings);
  return {
    feed,
    poll: async () => void (await (index?.asOf ? reader?.poll(send) : reader?.build(send))),
    sweep: async () => void (await reader?.sweep(send)),
    lookUpMissing: async () => void (await reader?.lookUpMissing(send)),
  };
}

/** The date of each opportunity as a reader has it; null for one that was lost. */
type Copy = Map<string, string | null>;

/** Stores a change. It is neither an older version, nor one that was reported. */
function store(copy: Copy, { summary: { id, lastModifiedDate }, isLost }: FeedRow): void {
  const date = lastModifiedDate ?? '';
  const known = copy.get(id);
  if (isLost) expect(known, `${id} is lost twice`).not.toBeNull();
  else expect(date > (known ?? ''), `${id} at ${date}, after ${known}`).toBe(true);
  copy.set(id, isLost ? null : date);
}

type Gateway = ReturnType<typeof start>;

/** A subscriber who has everything so far, and comes back with its last cursor when its gateway is killed. */
async function subscribe({ feed }: Gateway, told: Copy) {
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
      for (let pages = 1, isDone = false; !isDone; pages++) {
        const page = await follower.missed(10);
        for (const { row, cursor } of page) {
          store(told, row);
          since = cursor();
        }
        isDone = page.length === 0;
        expect(pages, 'pages of a feed that does not end').toBeLessThan(maxPages);
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
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('hide' as const), id: fc.integer({ min: 1, max: 300 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'sweep' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'look-up' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'gateway is killed' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'CRM is killed' as const }) },
);

test.each([
  ['from the index', true],
  ['without an index', false],
])(
  'a CRM that follows the feed %s receives every change, in order per opportunity, over lags, ties and crashes',
  async (name, hasIndex) => {
    const total = { changes: 0, told: 0, lost: 0, crashes: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 250 }),
        fc.array(step, { minLength: 60, maxLength: 120 }),
        async (records, steps) => {
          const upstream = aws();
          for (let number = 1; number <= records; number++) upstream.change(number, 0);
          let gateway = start(upstream, hasIndex);
          let cursor: string | null = null;
          let crm: Copy = new Map();
          /** What the CRM has stored with its last cursor but one, to which a crash takes it back. */
          let stored: { cursor: string | null; crm: Copy } = { cursor, crm };
          /** Hidden when the gateway was killed: a new one does not know that they were ever there. */
          const forgotten = new Set<string>();
          async function read(first: number): Promise<boolean> {
            const page = await gateway.feed.changes(cursor, first, null);
            expect(page.rows.length).toBeLessThanOrEqual(first);
            stored = { cursor, crm: new Map(crm) };
            for (const row of page.rows) {
              store(crm, row);
              total.told += 1;
              if (row.isLost) total.lost += 1;
            }
            cursor = page.cursorAfter(page.rows.length);
            return page.hasMore;
          }
          async function readAll(): Promise<void> {
            for (let pages = 1; await read(100); pages++)
              expect(pages, 'pages of a feed that does not end').toBeLessThan(maxPages);
          }
          await gateway.poll();
          const subscriber = hasIndex ? await subscribe(gateway, upstream.newest()) : undefined;
          for (const one of steps) {
            if (one.kind === 'change') for (const id of one.ids) upstream.change(id, one.lagMs);
            if (one.kind === 'hide' && hasIndex) upstream.hide(one.id);
            if (one.kind === 'read') await read(one.first);
            if (one.kind === 'wait') now += one.ms;
            if (one.kind === 'poll') await gateway.poll();
            if (one.kind === 'sweep') await gateway.sweep();
            if (one.kind === 'look-up') await gateway.lookUpMissing();
            if (one.kind === 'gateway is killed') {
              for (const id of upstream.hidden()) forgotten.add(id);
              gateway = start(upstream, hasIndex);
              await gateway.poll();
              subscriber?.comeBack(gateway);
              total.crashes += 1;
            }
            await subscriber?.receive();
            if (one.kind === 'CRM is killed') {
              ({ cursor } = stored);
              crm = new Map(stored.crm);
              total.crashes += 1;
            }
          }
          now += 30_000;
          await gateway.poll();
          await gateway.sweep();
          now += 60_000;
          await gateway.lookUpMissing();
          await gateway.poll();
          await readAll();
          await subscriber?.receive();
          const untoldIn = (copy: Copy) =>
            [...upstream.newest()].filter(
              ([id, date]) => (copy.get(id) ?? null) !== date && !(date === null && forgotten.has(id)),
            );
          expect(untoldIn(crm), 'changes that were never reported').toEqual([]);
          if (subscriber) expect(untoldIn(subscriber.told), 'never sent to the subscriber').toEqual([]);
          // Nothing is left, now or later.
          now += 120_000;
          await gateway.poll();
          const before = upstream.reads();
          expect(await read(100)).toBe(false);
          expect(stored.crm, 'reported without a change').toEqual(crm);
          expect(upstream.reads() - before).toBe(hasIndex ? 0 : 1);
          total.changes += upstream.changes();
        },
      ),
      // The steps of a failure depend on each other, so that shrinking them takes minutes: SEED repeats them.
      { numRuns: runs, ...seed, endOnFailure: true },
    );
    expect(total.changes).toBeGreaterThan(runs * 50);
    if (hasIndex) expect(total.lost).toBeGreaterThan(0);
    if (process.env.RUNS) process.stdout.write(`${name}: ${JSON.stringify(total)}\n`);
  },
);
