/**
 * What a release stores in Redis, one example of each kind. The fixture is frozen: when a form changes, raise the number of its
 * format and freeze the new form in a fixture of its own. The quota has no number, so its form does not change.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from 'redis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../src/clock.ts';
import type { FeedRow } from '../src/domain/feed.ts';
import { createKeyedRequests } from '../src/jobs/keyed-requests.ts';
import { openRedisStore } from '../src/jobs/redis-store.ts';
import { createIndexShare } from '../src/records/index-share.ts';
import { readReply, script, scriptCalls } from '../src/upstream/quota/redis-script.ts';
import { freePort, hasRedis, redisMissing, startRedis } from './redis.ts';
import { until } from './until.ts';

/** A string, a hash, or the members of a sorted set with their numbers. */
type Stored = string | Record<string, string> | [string, string][];
const file = join(import.meta.dirname, 'fixtures/redis-stored-format-1.json');
const frozen = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, Stored>>;

const name = 'partner-central-graphql:main:Sandbox';
const log = { info() {}, warn() {}, error() {} };
const instant = Date.UTC(2026, 0, 1);
const expires = instant + 86_400_000;

/** The text with placeholders for ids, which differ in each run. */
const withoutIds = (text: string): string =>
  text.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '<uuid>');
/** The same for the instants and minutes of Redis's clock. */
const withoutTimes = (text: string): string =>
  withoutIds(text)
    .replaceAll(/\b\d{13}\b/g, '<ms>')
    .replaceAll(/(?<=\b[ao]?)\d{8}\b/g, '<minute>');

describe.skipIf(!hasRedis)(`what is stored in Redis${hasRedis ? '' : ` (${redisMissing})`}`, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let client: ReturnType<typeof createClient>;
  beforeAll(async () => {
    redis = await startRedis(await freePort());
    client = createClient({ url: redis.url });
    await client.connect();
  });
  beforeEach(async () => void (await client.flushAll()));
  afterAll(async () => {
    client?.destroy();
    await redis?.kill();
  });

  async function contentOf(key: string): Promise<Stored> {
    const type = await client.type(key);
    if (type === 'string') return (await client.get(key)) ?? '';
    if (type === 'hash') return client.hGetAll(key);
    return (await client.zRangeWithScores(key, 0, -1)).map(({ value, score }) => [value, String(score)]);
  }
  /** All keys but leases, with their contents. */
  async function stored(mask = withoutIds): Promise<Record<string, Stored>> {
    const keys = (await client.keys('*')).filter((key) => !key.endsWith(':lease')).sort();
    const entries = await Promise.all(keys.map(async (key) => [key, await contentOf(key)] as const));
    return JSON.parse(mask(JSON.stringify(Object.fromEntries(entries))));
  }
  async function restore(all: Record<string, Stored> = {}): Promise<void> {
    for (const [key, value] of Object.entries(all)) {
      if (typeof value === 'string') await client.set(key, value);
      else if (Array.isArray(value))
        await client.zAdd(
          key,
          value.map(([member, score]) => ({ value: member, score: Number(score) })),
        );
      else await client.hSet(key, value);
    }
  }

  const row: FeedRow = {
    summary: { id: 'O1', lastModifiedDate: '2026-01-01T00:00:00Z' } as FeedRow['summary'],
    position: '01767225600000000000',
    isLost: false,
    changedFields: ['project'],
  };

  /** A replica with some rows in its index. */
  function replica(rows: FeedRow[], asOf?: string) {
    const share = createIndexShare({ url: redis.url, name, log, clock: systemClock, intervalMs: 10 });
    const heard: FeedRow[] = [];
    const index = { asOf, inOrder: () => rows };
    const reader = { newest: () => row.position, continueFrom() {} };
    for (const one of rows) share.put(one);
    share.start({ index, reader, sightings: { merge: (one: FeedRow) => void heard.push(one) } } as never);
    return { share, index, heard };
  }

  test('the index has the form that is frozen, and is read in it by a replica that starts', async () => {
    const { share } = replica([row], '2026-01-01T00:00:05Z');
    await until(async () => (await client.hGet(`${name}:index:v1:state`, 'asOf')) !== null);
    share.close();
    expect(await stored()).toEqual(frozen.index);

    await client.flushAll();
    await restore(frozen.index);
    const later = replica([]);
    await until(() => later.index.asOf === '2026-01-01T00:00:05Z');
    expect(later.heard).toEqual([row]);
    later.share.close();
  });

  test('a replica that cannot read a row of the index takes none of it for everything, and removes it', async () => {
    await restore(frozen.index);
    await client.hSet(`${name}:index:v1:rows`, 'O1', `${row.position} {"summary":{}}`);
    const later = replica([]);
    await until(async () => (await client.exists(`${name}:index:v1:state`)) === 0);
    expect([later.index.asOf, later.heard]).toEqual([undefined, []]);
    later.share.close();
  });

  test('a row of a job has the form that is frozen, and is read in it', async () => {
    const open = () => openRedisStore({ url: redis.url, name, clock: systemClock, log, now: () => instant });
    const rows = [
      { key: 'bulk/1', value: '{"state":"RUNNING"}' },
      { key: 'bulk/2', value: '{"state":"DONE"}', expiresAt: expires },
    ];
    const store = open();
    expect(await store.write(rows)).toBe(true);
    expect(await stored()).toEqual(frozen.jobs);

    await client.flushAll();
    await restore(frozen.jobs);
    const expected = rows.map(({ key, value }) => ({ key, version: 1, value }));
    expect(await store.scan('bulk/', { limit: 9 })).toEqual(expected);
    store.close();
  });

  test('the answer to a request with a key has the form that is frozen, and is given again from it', async () => {
    const store = openRedisStore({ url: redis.url, name, clock: systemClock, log, now: () => instant });
    const options = { store, clock: systemClock, now: () => instant, isShared: true, isInMemory: false, log };
    const begin = () =>
      createKeyedRequests({ ...options, ttlMs: expires - instant }).begin(
        'k',
        'r',
        AbortSignal.timeout(60_000),
      );
    const begun = await begin();
    if (!('claim' in begun)) throw new Error('Nobody has claimed it before.');
    await begun.claim.note(0, { payload: { changed: true }, isWritten: true }, true);
    await begun.claim.end({ data: { updateOpportunity: { changed: true } } });
    expect(await stored()).toEqual(frozen.keyed);

    await client.flushAll();
    await restore(frozen.keyed);
    expect(await begin()).toEqual({ answer: { data: { updateOpportunity: { changed: true } } } });
    store.close();
  });

  test('the quota has the form that is frozen, and a slot and a day are counted on in it', async () => {
    const each = { perSecond: 0.01, perDay: 10 };
    const callFor = scriptCalls(name, 'write', { all: each, ordinary: each }, 0);
    async function book() {
      const { keys, args } = callFor(Date.now(), { book: 'o' });
      return readReply(await client.eval(script, { keys, arguments: args }));
    }
    await book();
    expect(await stored(withoutTimes)).toEqual(frozen.quota);

    // The frozen state as it would be if its slot were booked now.
    await client.flushAll();
    const now = Number((await client.time())[0]) * 1_000;
    const present = JSON.stringify(frozen.quota)
      .replaceAll('<ms>', String(now))
      .replaceAll('<minute>', String(Math.floor(now / 60_000)));
    await restore(JSON.parse(present));
    const [waitMs, slot, epoch, , left] = await book();
    expect([waitMs > 0, slot.endsWith(':2'), epoch, left]).toEqual([true, true, '<uuid>', 8]);
  });
});
