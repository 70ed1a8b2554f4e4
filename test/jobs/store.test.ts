/** One and the same suite for every store of what outlives a request. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobStore, Row, RowWrite } from '../../src/jobs/store.ts';
import { freePort, hasRedis, redisMissing, startRedis } from '../redis.ts';
import { openFile, openInRedis, openMemory, type TestStore } from './stores.ts';

let redis: Awaited<ReturnType<typeof startRedis>>;
beforeAll(async () => {
  if (hasRedis) redis = await startRedis(await freePort());
});
afterAll(() => redis?.kill());

const stores: [name: string, open: () => Promise<TestStore>, isDurable: boolean][] = [
  ['in memory', openMemory, false],
  ['in a file', openFile, true],
];
if (hasRedis) stores.push(['in Redis', () => openInRedis(redis.url), true]);
else test.skip(`a store in Redis (${redisMissing})`);

/** Few keys, of which some start with others, so that what is done to one meets another. */
const keys = ['a', 'a/1', 'a/10', 'a/2', 'a/~', 'a0', 'b', 'b/1'];
const prefixes = ['', 'a', 'a/', 'a/1', 'b/', 'c'];
const hour = 3_600_000;

type Step =
  | { kind: 'write'; rows: RowWrite[]; ttl: (number | undefined)[] }
  | { kind: 'read'; keys: string[] }
  | { kind: 'scan'; prefix: string; limit: number; after: string | undefined; isReversed: boolean }
  | { kind: 'pass'; ms: number };

const aKey = fc.constantFrom(...keys);
const aRow = fc.record(
  {
    key: aKey,
    value: fc.option(fc.string({ unit: 'binary', maxLength: 8 }), { nil: undefined, freq: 4 }),
    ifVersion: fc.nat({ max: 4 }),
  },
  { requiredKeys: ['key', 'value'] },
);
const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    rows: fc.uniqueArray(aRow, { minLength: 1, maxLength: 3, selector: ({ key }) => key }),
    ttl: fc.array(fc.option(fc.constantFrom(hour, 2 * hour), { nil: undefined }), {
      minLength: 3,
      maxLength: 3,
    }),
  }),
  fc.record({ kind: fc.constant('read' as const), keys: fc.array(aKey, { maxLength: 4 }) }),
  fc.record({
    kind: fc.constant('scan' as const),
    prefix: fc.constantFrom(...prefixes),
    limit: fc.integer({ min: 1, max: 5 }),
    after: fc.option(aKey, { nil: undefined }),
    isReversed: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(1_000, hour) }),
);

/** What a store is to do, as simple as can be. */
function createModel(now: () => number) {
  let rows = new Map<string, { version: number; value: string; expiresAt: number }>();
  const live = () => new Map([...rows].filter(([, { expiresAt }]) => expiresAt > now()));
  const rowOf = (key: string): Row | undefined => {
    const row = live().get(key);
    return row && { key, version: row.version, value: row.value };
  };
  return {
    read: (wanted: string[]) => wanted.map(rowOf),
    scan(prefix: string, { limit, after, isReversed = false }: Parameters<JobStore['scan']>[1]) {
      const sorted = [...live().keys()].filter((key) => key.startsWith(prefix)).toSorted();
      const ordered = isReversed ? sorted.toReversed() : sorted;
      return ordered
        .filter((key) => after === undefined || (isReversed ? key < after : key > after))
        .slice(0, limit)
        .map(rowOf);
    },
    write(wanted: RowWrite[]) {
      rows = live();
      const isMet = ({ key, ifVersion }: RowWrite) =>
        ifVersion === undefined || ifVersion === (rows.get(key)?.version ?? 0);
      if (!wanted.every(isMet)) return false;
      for (const { key, value, expiresAt = Number.POSITIVE_INFINITY } of wanted)
        if (value === undefined) rows.delete(key);
        else rows.set(key, { version: (rows.get(key)?.version ?? 0) + 1, value, expiresAt });
      return true;
    },
  };
}

const plain = (rows: (Row | undefined)[]) =>
  rows.map((row) => row && { key: row.key, version: row.version, value: row.value });

describe.each(stores)('a store %s', (_name, open, isDurable) => {
  test('does in any order of calls what a map with versions does', async () => {
    await using opened = await open();
    const { store, now, pass } = opened;
    const clear = async () => {
      for (const { key } of await store.scan('', { limit: 100 }))
        await store.write([{ key, value: undefined }]);
    };
    const run = async (steps: Step[]) => {
      await clear();
      const model = createModel(now);
      for (const step of steps)
        if (step.kind === 'pass') pass(step.ms);
        else if (step.kind === 'read')
          expect(plain(await store.read(step.keys))).toEqual(model.read(step.keys));
        else if (step.kind === 'scan')
          expect(plain(await store.scan(step.prefix, step))).toEqual(model.scan(step.prefix, step));
        else {
          const rows = step.rows.map((row, index) => {
            const ttl = step.ttl[index];
            return ttl === undefined ? row : { ...row, expiresAt: now() + ttl };
          });
          expect(await store.write(rows)).toBe(model.write(rows));
        }
    };
    await fc.assert(fc.asyncProperty(fc.array(aStep, { maxLength: 20 }), run), {
      numRuns: Number(process.env.RUNS ?? 60),
    });
  });

  test('lets one of many who claim the same row have it', async () => {
    await using opened = await open();
    const claims = Array.from({ length: 20 }, (_, index) => ({
      key: 'claim',
      value: `${index}`,
      ifVersion: 0,
    }));
    const won = await Promise.all(claims.map((claim) => opened.store.write([claim])));
    expect(won.filter(Boolean)).toHaveLength(1);
    const [row] = await opened.store.read(['claim']);
    expect(row).toMatchObject({ version: 1, value: `${won.indexOf(true)}` });
  });

  test('pages through many rows in both directions, and misses none', async () => {
    await using opened = await open();
    const { store } = opened;
    const all = Array.from({ length: 2_500 }, (_, index) => `item/${String(index).padStart(6, '0')}`);
    await store.write(all.map((key) => ({ key, value: '{}' })));
    await store.write([{ key: 'items', value: '{}' }]);
    for (const isReversed of [false, true]) {
      const seen: string[] = [];
      for (let page: Row[] = []; ; ) {
        const after = page.at(-1)?.key;
        page = await store.scan('item/', { limit: 700, isReversed, ...(after && { after }) });
        if (page.length === 0) break;
        seen.push(...page.map(({ key }) => key));
      }
      expect(seen).toEqual(isReversed ? all.toReversed() : all);
    }
  });

  test('keeps long values as they are', async () => {
    await using opened = await open();
    const value = JSON.stringify('😀"\\\u2028'.repeat(100_000));
    await opened.store.write([{ key: 'long', value }]);
    expect((await opened.store.read(['long']))[0]?.value === value).toBe(true);
  });

  if (isDurable)
    test('has after a restart what was written before, for the same account alone', async () => {
      await using opened = await open();
      await opened.store.write([{ key: 'job/1', value: '"kept"' }]);
      const other = await opened.reopen('other:AWS');
      expect(await other.scan('', { limit: 10 })).toEqual([]);
      expect(await other.write([{ key: 'job/1', value: '"its own"', ifVersion: 0 }])).toBe(true);
      const again = await opened.reopen();
      expect(plain(await again.read(['job/1']))).toEqual([{ key: 'job/1', version: 1, value: '"kept"' }]);
    });
});
