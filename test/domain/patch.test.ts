import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedFields, forbiddenNulls, merge, replacement, writable } from '../../src/domain/patch.ts';
import type { OpportunityRecord } from '../../src/upstream/wire.ts';

type Members = Record<string, unknown>;

const name = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'lifeCycle', '__proto__', 'constructor', '2nd'),
  fc.string(),
);
const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(JSON.rawJSON('1.10')),
);
/** Arbitrary JSON, with member names that break naive merges. */
const { value, members } = fc.letrec<{ value: unknown; members: Members; list: unknown[] }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('members'), tie('list')),
  members: fc.dictionary(name, tie('value'), { maxKeys: 5 }),
  list: fc.array(tie('value'), { maxLength: 3 }),
}));

const isMembers = (x: unknown): x is Members =>
  typeof x === 'object' && x !== null && !Array.isArray(x) && !JSON.isRawJSON(x);
const own = (x: unknown, key: string): unknown =>
  isMembers(x) ? Object.getOwnPropertyDescriptor(x, key)?.value : undefined;

/** Every path of a patch to a value that is not an object, or is empty. */
function named(patch: unknown, path: string[] = []): string[][] {
  if (!isMembers(patch)) return [path];
  return Object.entries(patch).flatMap(([key, inner]) => named(inner, [...path, key]));
}

/** Removes the members at these paths, so that the rest can be compared byte for byte. */
function without(target: unknown, paths: string[][]): unknown {
  if (!isMembers(target)) return target;
  const kept = Object.entries(target).flatMap(([key, inner]) => {
    const below = paths.filter(([first]) => first === key).map((path) => path.slice(1));
    return below.some((path) => path.length === 0) ? [] : [[key, without(inner, below)]];
  });
  return Object.fromEntries(kept);
}

describe('amounts', () => {
  const spend = (amount: unknown) => ({
    project: { expectedCustomerSpend: [{ amount, currencyCode: 'USD' }] },
  });
  const revenue = (amount: unknown) => ({ softwareRevenue: { value: { amount } } });

  test.each([
    ['531.0', '531'],
    [531, '531.00'],
    [JSON.rawJSON('531.10'), '531.1'],
    ['1E2', '100'],
  ])('%j is %s: it goes back as AWS wrote it, and is not a change', (aws, sent) => {
    for (const of of [spend, revenue]) {
      expect(merge(of(aws), of(sent))).toEqual(of(aws));
      expect(changedFields(of(aws), of(sent))).toEqual([]);
    }
  });

  test('another amount is a change, and other numbers with zeros are text', () => {
    expect(changedFields(revenue('531.0'), revenue('531.01'))).toEqual(['softwareRevenue.value.amount']);
    expect(changedFields({ postalCode: '01.0' }, { postalCode: '1' })).toEqual(['postalCode']);
  });
});

describe('merge', () => {
  test('a merge never changes its inputs', () => {
    fc.assert(
      fc.property(value, value, (target, patch) => {
        const [before, given] = [JSON.stringify(target), JSON.stringify(patch)];
        merge(target, patch);
        expect([JSON.stringify(target), JSON.stringify(patch)]).toEqual([before, given]);
      }),
    );
  });

  test('a merge with an empty patch returns the target', () => {
    fc.assert(
      fc.property(members, (target) => {
        expect(JSON.stringify(merge(target, {}))).toBe(JSON.stringify(target));
      }),
    );
  });

  test('a merge keeps every member that is not in the patch, byte for byte', () => {
    fc.assert(
      fc.property(members, members, (target, patch) => {
        const merged = merge(target, patch);
        // An object that replaces a string or a list replaces all of it, so compare only objects with objects.
        const paths = named(patch).flatMap((path) => {
          const blocked = path.findIndex((_, depth) => {
            const at = path.slice(0, depth).reduce<unknown>(own, target);
            return depth > 0 && at !== undefined && !isMembers(at);
          });
          return [blocked < 0 ? path : path.slice(0, blocked)];
        });
        const kept = without(target, paths);
        const left = without(merged, paths);
        // The patch may add empty objects; everything in the target must still be there, byte for byte.
        const lost = (from: unknown, to: unknown): boolean =>
          isMembers(from)
            ? !isMembers(to) || Object.keys(from).some((key) => lost(own(from, key), own(to, key)))
            : JSON.stringify(from) !== JSON.stringify(to);
        expect(lost(kept, left)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('a merge puts every value of the patch at its path', () => {
    fc.assert(
      fc.property(members, members, (target, patch) => {
        const merged = merge(target, patch);
        for (const path of named(patch)) {
          const expected = path.reduce<unknown>(own, patch);
          const actual = path.reduce<unknown>(own, merged);
          // Nulls and empty values are covered by the table below.
          if (expected === null || isMembers(expected) || (Array.isArray(expected) && expected.length === 0))
            continue;
          expect(JSON.stringify(actual)).toBe(JSON.stringify(expected));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a merge of the same patch a second time changes nothing', () => {
    fc.assert(
      fc.property(members, members, (target, patch) => {
        const once = merge(target, patch);
        expect(changedFields(once, merge(once, patch))).toEqual([]);
      }),
    );
  });

  test.each([
    ['an absent field keeps its value', { a: 1, b: 2 }, { b: undefined }, { a: 1, b: 2 }],
    ['null clears a field, and the result contains the null', { a: 1, b: 2 }, { b: null }, { a: 1, b: null }],
    ['objects are merged', { a: { b: 1, c: 2 } }, { a: { c: 3 } }, { a: { b: 1, c: 3 } }],
    ['lists are replaced', { a: [1, 2, { b: 3 }] }, { a: [{ c: 4 }] }, { a: [{ c: 4 }] }],
    ['an inherited name is not a member', { a: 0 }, { a: { constructor: {} } }, { a: 0 }],
    ['an object is created if there was none', { a: null }, { a: { b: 1 } }, { a: { b: 1 } }],
    ['null within an absent object leaves it absent', { a: null }, { a: { b: null } }, { a: null }],
  ])('in a merge, %s', (_, target, patch, merged) => expect(merge(target, patch)).toEqual(merged));
});

describe('changedFields', () => {
  test.each([
    ['equal objects', { a: { b: [1] } }, { a: { b: [1] } }, []],
    ['a changed leaf', { a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, ['a.c']],
    ['a changed list, as one field', { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, ['a']],
    ['absent, null and empty values, which are equal', { a: null, c: [] }, { b: {}, c: null }, []],
    ['added members', {}, { a: { b: 1, c: null } }, ['a.b']],
    ['removed members', { a: { b: 1 } }, { a: null }, ['a.b']],
    ['an empty string, which is a value', { a: '' }, { a: null }, ['a']],
    ['numbers that are equal as doubles', { a: JSON.rawJSON('1.10') }, { a: JSON.rawJSON('1.1') }, ['a']],
  ])('changedFields returns the changed paths of %s', (_, before, after, fields) =>
    expect(changedFields(before, after)).toEqual(fields),
  );
});

describe('replacement', () => {
  const record = {
    id: 'O1',
    arn: 'arn:x',
    catalog: 'Sandbox',
    createdDate: '2026-01-01T00:00:00Z',
    lastModifiedDate: '2026-01-02T00:00:00.123456789Z',
    opportunityTeam: [{ email: 'a@b.example' }],
    relatedEntityIdentifiers: { solutions: ['S-1'] },
    lifeCycle: { stage: 'Prospect', reviewStatus: 'Approved' },
    futureMember: { x: null },
  } as unknown as OpportunityRecord;

  test('a replacement contains all members that AWS accepts back, and the record’s lock', () => {
    const content = merge(writable(record), { lifeCycle: { nextSteps: 'x' } }) as Members;
    expect(replacement(record, content)).toEqual({
      identifier: 'O1',
      lastModifiedDate: '2026-01-02T00:00:00.123456789Z',
      lifeCycle: { stage: 'Prospect', reviewStatus: 'Approved', nextSteps: 'x' },
      futureMember: { x: null },
    });
  });
});

describe('forbiddenNulls', () => {
  const record = {
    id: 'O1',
    lifeCycle: { stage: 'Prospect' },
    project: { title: null },
  } as unknown as OpportunityRecord;
  test.each([
    ['a null for a required field', { lifeCycle: { stage: null } }, ['lifeCycle.stage']],
    ['a null for an object with a required field', { lifeCycle: null }, ['lifeCycle']],
    ['no null for a field that is empty', { project: { title: null } }, []],
    ['no value', { lifeCycle: { stage: 'Qualified' } }, []],
  ])('forbiddenNulls reports %s', (_, patch, paths) => expect(forbiddenNulls(record, patch)).toEqual(paths));
});
