import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limitsOf, shareOf, Windows } from '../../../src/upstream/quota/windows.ts';
import { aws } from './world.ts';

/** Times as a process has them: large, and between two milliseconds. */
const moment = fc.double({ min: 1.7e12, max: 2e12, noNaN: true });

describe('Windows.next', () => {
  test('the next token is found at any moment after AWS has throttled, wherever the pace rises', () => {
    fc.assert(
      fc.property(
        moment,
        fc.array(fc.double({ min: 0, max: 9_000, noNaN: true }), { maxLength: 20 }),
        (start, steps) => {
          const windows = new Windows(limitsOf(aws, 'read'));
          let now = start;
          windows.throttled(now);
          for (const step of steps) {
            now += step;
            const { at, daySpent } = windows.next(now, false);
            expect(daySpent).toBe(false);
            expect(at).toBeGreaterThanOrEqual(now);
            expect(at - now).toBeLessThan(10_000);
            windows.spend(at, false);
            now = at;
          }
        },
      ),
    );
  });

  test('the next token of a limit of 0 never comes, and is not waited for', () => {
    const windows = new Windows(limitsOf({ ...aws, writesPerSecond: 0 }, 'write'));
    windows.spend(1_000, true);
    expect(windows.next(1_000, true).at).toBeGreaterThan(1e15);
  });
});

test('replicas without a common Redis share every limit equally', () => {
  expect(shareOf(aws, 4)).toEqual({
    readsPerSecond: 2.5,
    readsPerDay: 25_000,
    writesPerSecond: 0.25,
    writesPerDay: 2_500,
    prospectingGetPerSecond: 25,
    prospectingListPerSecond: 12.5,
    prospectingStartPerSecond: 0.5,
    createEngagementPerSecond: 3.75,
  });
});
