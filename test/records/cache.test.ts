import { describe, expect, test } from 'vitest';
import { createRecordCache } from '../../src/records/cache.ts';
import type { OpportunityRecord } from '../../src/upstream/wire.ts';
import { fakeClock } from '../clock.ts';

const record = (second: number) =>
  ({ id: 'O1', lastModifiedDate: `2026-01-01T00:00:0${second}Z` }) as OpportunityRecord;

function versionsAt(freshMs = 3_000) {
  const { clock, pass } = fakeClock();
  return { versions: createRecordCache({ clock, freshMs, maxBytes: 1_000_000 }), pass };
}

describe('what is known of a version', () => {
  test('makes an older one outdated, and one that is gone, for as long as AWS may lag', () => {
    const { versions, pass } = versionsAt();
    versions.put(record(2));
    expect(versions.isOutdated('O1', record(1).lastModifiedDate)).toBe(true);
    expect(versions.isOutdated('O1', undefined)).toBe(true);
    expect(versions.isOutdated('O1', record(2).lastModifiedDate)).toBe(false);
    pass(59_999);
    expect(versions.isOutdated('O1', undefined)).toBe(true);
    pass(1);
    expect(versions.isOutdated('O1', undefined)).toBe(false);
    versions.put(record(1));
    expect(versions.latest('O1')).toEqual(record(1));
  });

  test('is not overwritten by an older one meanwhile', () => {
    const { versions } = versionsAt();
    versions.put(record(2));
    versions.put(record(1));
    expect(versions.latest('O1')).toEqual(record(2));
  });

  test('keeps a record fresh for a while, and again when a list proves it, however old the knowledge is', () => {
    const { versions, pass } = versionsAt();
    versions.put(record(1));
    expect(versions.getFresh('O1')).toEqual(record(1));
    pass(3_000);
    expect(versions.getFresh('O1')).toBeUndefined();
    pass(600_000);
    versions.revalidate('O1', record(1).lastModifiedDate);
    expect(versions.getFresh('O1')).toEqual(record(1));
    versions.noteVersion('O1', record(2).lastModifiedDate);
    expect(versions.getFresh('O1')).toBeUndefined();
    expect(versions.latest('O1')).toBeUndefined();
    for (const date of ['2026-01-01T00:00:01Z', '2026-01-01T00:00:01.000Z', '2026-01-01T01:00:01+01:00'])
      expect(versions.getVersion('O1', date)).toEqual(record(1));
  });
});

describe('a page of a list', () => {
  const page = { opportunitySummaries: [record(1)] };

  test('is held while it is fresh, but never longer than what is newer is known', () => {
    const { versions, pass } = versionsAt(3_600_000);
    const key = versions.pageKey({ maxResults: 1 });
    versions.putPage(key, page);
    pass(59_999);
    expect(versions.getFreshPage(key)).toBe(page);
    pass(1);
    expect(versions.getFreshPage(key)).toBeUndefined();
  });

  test('is asked for anew after a write, also when it was under way meanwhile', () => {
    const { versions } = versionsAt();
    const key = versions.pageKey({ maxResults: 1 });
    versions.put(record(1));
    versions.revalidate('O1', record(1).lastModifiedDate);
    expect(versions.pageKey({ maxResults: 1 })).toBe(key);
    versions.noteVersion('O1', record(2).lastModifiedDate);
    versions.putPage(key, page);
    expect(versions.getFreshPage(versions.pageKey({ maxResults: 1 }))).toBeUndefined();
  });

  test('is not held where nothing is', () => {
    const { versions } = versionsAt(0);
    versions.putPage('key', page);
    expect(versions.getFreshPage('key')).toBeUndefined();
  });
});
