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
/** JSON of any shape, with the names that break naive merges. */
const { value, members } = fc.letrec<{ value: unknown; members: Members; list: unknown[] }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('members'), tie('list')),
  members: fc.dictionary(name, tie('value'), { maxKeys: 5 }),
  list: fc.array(tie('value'), { maxLength: 3 }),
}));

const isMembers = (x: unknown): x is Members =>
  typeof x === 'object' && x !== null && !Array.isArray(x) && !JSON.isRawJSON(x);
const own = (x: unknown, key: string): unknown =>
  isMembers(x) ? Object.getOwnPropertyDescriptor(x, key)?.value : undefined;

/** Every path of a patch that names a value: where it is no object, or an empty one. */
function named(patch: unknown, path: string[] = []): string[][] {
  if (!isMembers(patch)) return [path];
  return Object.entries(patch).flatMap(([key, inner]) => named(inner, [...path, key]));
}

/** Removes what the patch names, so that what is left can be compared byte for byte. */
function without(target: unknown, paths: string[][]): unknown {
  if (!isMembers(target)) return target;
  const kept = Object.entries(target).flatMap(([key, inner]) => {
    const below = paths.filter(([first]) => first === key).map((path) => path.slice(1));
    return below.some((path) => path.length === 0) ? [] : [[key, without(inner, below)]];
  });
  return Object.fromEntries(kept);
}

describe('merge', () => {
  test('never changes its inputs', () => {
    fc.assert(
      fc.property(value, value, (target, patch) => {
        const [before, given] = [JSON.stringify(target), JSON.stringify(patch)];
        merge(target, patch);
        expect([JSON.stringify(target), JSON.stringify(patch)]).toEqual([before, given]);
      }),
    );
  });

  test('of an empty patch is the target', () => {
    fc.assert(
      fc.property(members, (target) => {
        expect(JSON.stringify(merge(target, {}))).toBe(JSON.stringify(target));
      }),
    );
  });

  test('keeps, byte for byte, every member that the patch does not name', () => {
    fc.assert(
      fc.property(members, members, (target, patch) => {
        const merged = merge(target, patch);
        // An object that replaces a text or a list names all of it, so compare only where objects meet objects.
        const paths = named(patch).flatMap((path) => {
          const blocked = path.findIndex((_, depth) => {
            const at = path.slice(0, depth).reduce<unknown>(own, target);
            return depth > 0 && at !== undefined && !isMembers(at);
          });
          return [blocked < 0 ? path : path.slice(0, blocked)];
        });
        const kept = without(target, paths);
        const left = without(merged, paths);
        // What the patch adds as empty objects is no loss; everything of the target has to be there, in its text.
        const lost = (from: unknown, to: unknown): boolean =>
          isMembers(from)
            ? !isMembers(to) || Object.keys(from).some((key) => lost(own(from, key), own(to, key)))
            : JSON.stringify(from) !== JSON.stringify(to);
        expect(lost(kept, left)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('puts every value of the patch where the patch names it', () => {
    fc.assert(
      fc.property(members, members, (target, patch) => {
        const merged = merge(target, patch);
        for (const path of named(patch)) {
          const wanted = path.reduce<unknown>(own, patch);
          const got = path.reduce<unknown>(own, merged);
          // Clearing, and what is empty, are in the tables below.
          if (wanted === null || isMembers(wanted) || (Array.isArray(wanted) && wanted.length === 0))
            continue;
          expect(JSON.stringify(got)).toBe(JSON.stringify(wanted));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('applied twice changes nothing the second time', () => {
    fc.assert(
      fc.property(members, members, (target, patch) => {
        const once = merge(target, patch);
        expect(changedFields(once, merge(once, patch))).toEqual([]);
      }),
    );
  });

  test.each([
    ['absent keeps', { a: 1, b: 2 }, { b: undefined }, { a: 1, b: 2 }],
    ['null clears and stays visible as null', { a: 1, b: 2 }, { b: null }, { a: 1, b: null }],
    ['objects merge', { a: { b: 1, c: 2 } }, { a: { c: 3 } }, { a: { b: 1, c: 3 } }],
    ['lists replace', { a: [1, 2, { b: 3 }] }, { a: [{ c: 4 }] }, { a: [{ c: 4 }] }],
    ['a name that every object inherits is no member', { a: 0 }, { a: { constructor: {} } }, { a: 0 }],
    ['an object arises where there was none', { a: null }, { a: { b: 1 } }, { a: { b: 1 } }],
    ['clearing inside of nothing leaves nothing', { a: null }, { a: { b: null } }, { a: null }],
  ])('%s', (_, target, patch, merged) => expect(merge(target, patch)).toEqual(merged));
});

describe('changedFields', () => {
  test.each([
    ['equal', { a: { b: [1] } }, { a: { b: [1] } }, []],
    ['one leaf', { a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, ['a.c']],
    ['a list is one field', { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, ['a']],
    ['absent, null and empty are the same', { a: null, c: [] }, { b: {}, c: null }, []],
    ['what appears', {}, { a: { b: 1, c: null } }, ['a.b']],
    ['what disappears', { a: { b: 1 } }, { a: null }, ['a.b']],
    ['an empty text is a value', { a: '' }, { a: null }, ['a']],
    ['numbers beyond a double', { a: JSON.rawJSON('1.10') }, { a: JSON.rawJSON('1.1') }, ['a']],
  ])('%s', (_, before, after, fields) => expect(changedFields(before, after)).toEqual(fields));
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

  test('sends back all that AWS takes back, under the record’s own lock', () => {
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
    ['what must stay', { lifeCycle: { stage: null } }, ['lifeCycle.stage']],
    ['the object around it', { lifeCycle: null }, ['lifeCycle']],
    ['nothing where there is nothing to lose', { project: { title: null } }, []],
    ['nothing for a value', { lifeCycle: { stage: 'Qualified' } }, []],
  ])('names %s', (_, patch, paths) => expect(forbiddenNulls(record, patch)).toEqual(paths));
});
