import { describe, expect, test } from 'vitest';
import { createRecordCache } from '../../src/records/cache.ts';
import type { OpportunityRecord } from '../../src/upstream/wire.ts';
import { fakeClock } from '../clock.ts';

const record = (second: number) =>
  ({ id: 'O1', lastModifiedDate: `2026-01-01T00:00:0${second}Z` }) as OpportunityRecord;

function cacheWith(freshMs = 3_000) {
  const { clock, pass } = fakeClock();
  return { cache: createRecordCache({ clock, freshMs, maxBytes: 1_000_000 }), pass };
}

describe('cached versions', () => {
  test('a version outdates older and missing ones for as long as AWS may lag', () => {
    const { cache, pass } = cacheWith();
    cache.put(record(2));
    expect(cache.isOutdated('O1', record(1).lastModifiedDate)).toBe(true);
    expect(cache.isOutdated('O1', undefined)).toBe(true);
    expect(cache.isOutdated('O1', record(2).lastModifiedDate)).toBe(false);
    pass(59_999);
    expect(cache.isOutdated('O1', undefined)).toBe(true);
    pass(1);
    expect(cache.isOutdated('O1', undefined)).toBe(false);
    cache.put(record(1));
    expect(cache.latest('O1')).toEqual(record(1));
  });

  test('a cached version is not replaced by an older one while AWS may lag', () => {
    const { cache } = cacheWith();
    cache.put(record(2));
    cache.put(record(1));
    expect(cache.latest('O1')).toEqual(record(2));
  });

  test('a cached record is fresh for a while, and again when a list revalidates it, however old it is', () => {
    const { cache, pass } = cacheWith();
    cache.put(record(1));
    expect(cache.getFresh('O1')).toEqual(record(1));
    pass(3_000);
    expect(cache.getFresh('O1')).toBeUndefined();
    pass(600_000);
    cache.revalidate('O1', record(1).lastModifiedDate);
    expect(cache.getFresh('O1')).toEqual(record(1));
    cache.noteVersion('O1', record(2).lastModifiedDate);
    expect(cache.getFresh('O1')).toBeUndefined();
    expect(cache.latest('O1')).toBeUndefined();
    for (const date of ['2026-01-01T00:00:01Z', '2026-01-01T00:00:01.000Z', '2026-01-01T01:00:01+01:00'])
      expect(cache.getVersion('O1', date)).toEqual(record(1));
  });
});

describe('a page of a list', () => {
  const page = { opportunitySummaries: [record(1)] };

  test('a page is cached while it is fresh, but no longer than newer versions are remembered', () => {
    const { cache, pass } = cacheWith(3_600_000);
    const key = cache.pageKey({ maxResults: 1 });
    cache.putPage(key, page);
    pass(59_999);
    expect(cache.getFreshPage(key)).toBe(page);
    pass(1);
    expect(cache.getFreshPage(key)).toBeUndefined();
  });

  test('a page is fetched again after a write, even if it was in flight during the write', () => {
    const { cache } = cacheWith();
    const key = cache.pageKey({ maxResults: 1 });
    cache.put(record(1));
    cache.revalidate('O1', record(1).lastModifiedDate);
    expect(cache.pageKey({ maxResults: 1 })).toBe(key);
    cache.noteVersion('O1', record(2).lastModifiedDate);
    cache.putPage(key, page);
    expect(cache.getFreshPage(cache.pageKey({ maxResults: 1 }))).toBeUndefined();
  });

  test('a page is not cached if the freshness is 0', () => {
    const { cache } = cacheWith(0);
    cache.putPage('key', page);
    expect(cache.getFreshPage('key')).toBeUndefined();
  });
});
