import { describe, expect, test } from 'vitest';
import type { OpportunityRecord } from '../src/upstream/records.ts';
import { createVersions } from '../src/versions.ts';

const record = (second: number) =>
  ({ id: 'O1', lastModifiedDate: `2026-01-01T00:00:0${second}Z` }) as OpportunityRecord;

function versionsAt(freshMs = 3_000) {
  let now = 0;
  const clock = { now: () => now, random: () => 1, sleep: async () => {} };
  return {
    versions: createVersions({ clock, freshMs, maxBytes: 1_000_000 }),
    pass: (ms: number) => (now += ms),
  };
}

describe('what is known of a version', () => {
  test('makes an older one outdated, and one that is gone, for as long as AWS may lag', () => {
    const { versions, pass } = versionsAt();
    versions.hold(record(2));
    expect(versions.isOutdated('O1', record(1).lastModifiedDate)).toBe(true);
    expect(versions.isOutdated('O1', undefined)).toBe(true);
    expect(versions.isOutdated('O1', record(2).lastModifiedDate)).toBe(false);
    pass(59_999);
    expect(versions.isOutdated('O1', undefined)).toBe(true);
    pass(1);
    expect(versions.isOutdated('O1', undefined)).toBe(false);
    versions.hold(record(1));
    expect(versions.newest('O1')).toEqual(record(1));
  });

  test('is not overwritten by an older one meanwhile', () => {
    const { versions } = versionsAt();
    versions.hold(record(2));
    versions.hold(record(1));
    expect(versions.newest('O1')).toEqual(record(2));
  });

  test('keeps a record fresh for a while, and again when a list proves it, however old the knowledge is', () => {
    const { versions, pass } = versionsAt();
    versions.hold(record(1));
    expect(versions.fresh('O1')).toEqual(record(1));
    pass(3_000);
    expect(versions.fresh('O1')).toBeUndefined();
    pass(600_000);
    versions.prove('O1', record(1).lastModifiedDate);
    expect(versions.fresh('O1')).toEqual(record(1));
    versions.know('O1', record(2).lastModifiedDate);
    expect(versions.fresh('O1')).toBeUndefined();
    expect(versions.newest('O1')).toBeUndefined();
    expect(versions.recall('O1', record(1).lastModifiedDate ?? '')).toEqual(record(1));
  });
});
