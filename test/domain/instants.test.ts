import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareInstants, inUtc, isDay, parseInstant } from '../../src/domain/instants.ts';

describe('compareInstants', () => {
  test.each([
    ['equal instants in different precisions', '2026-02-04T05:18:25Z', '2026-02-04T05:18:25.000Z', 0],
    ['equal instants in different time zones', '2026-02-04T05:18:25.8Z', '2026-02-04T06:18:25.80+01:00', 0],
    ['instants a nanosecond apart', '2026-02-04T05:18:25.803000001Z', '2026-02-04T05:18:25.803Z', 1],
    ['fractions of different lengths', '2026-02-04T05:18:25.09Z', '2026-02-04T05:18:25.1Z', -1],
    ['instants a second apart', '2026-02-04T05:18:24.999Z', '2026-02-04T05:18:25Z', -1],
  ])('compareInstants compares %s', (_, a, b, order) => expect(Math.sign(compareInstants(a, b))).toBe(order));

  test('compareInstants agrees with Date, and is antisymmetric', () => {
    const date = fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, date, (a, b) => {
        const [x, y] = [a.toISOString(), b.toISOString()];
        expect(Math.sign(compareInstants(x, y))).toBe(Math.sign(a.getTime() - b.getTime()));
        expect(Math.sign(compareInstants(y, x))).toBe(Math.sign(b.getTime() - a.getTime()));
      }),
    );
  });
});

describe('parseInstant', () => {
  test.each([
    '2026-02-04',
    '2026-02-04T05:18:25',
    '2026-02-30T00:00:00Z',
    '2026-02-04T25:00:00Z',
    '2026-02-04T24:00:00Z',
    '1738646305',
    '',
    'Wed, 04 Feb 2026 05:18:25 GMT',
  ])('parseInstant returns null for %j', (text) => expect(parseInstant(text)).toBeNull());
});

describe('inUtc', () => {
  test.each([
    ['2026-02-04T05:18:25.803Z', '2026-02-04T05:18:25.803Z'],
    ['2026-02-04T05:18:25.800000000Z', '2026-02-04T05:18:25.800000000Z'],
    ['2026-02-04t05:18:25z', '2026-02-04T05:18:25Z'],
    ['2026-01-01T00:30:00.5+01:00', '2025-12-31T23:30:00.5Z'],
    ['2026-02-04T05:18:25-00:00', '2026-02-04T05:18:25Z'],
  ])('inUtc writes %s as %s', (text, utc) => expect(inUtc(text)).toBe(utc));

  test.each([
    ['more decimals than nanoseconds', '2026-02-04T05:18:25.8030000000001Z'],
    ['a year before 0 in UTC', '0000-01-01T00:00:00+01:00'],
    ['a year after 9999 in UTC', '9999-12-31T23:59:59-01:00'],
    ['no offset', '2026-02-04T05:18:25'],
  ])('inUtc refuses an instant with %s', (_, text) => expect(inUtc(text)).toBeNull());
});

describe('isDay', () => {
  test.each(['2028-02-29', '1999-12-31'])('isDay accepts %s', (text) => expect(isDay(text)).toBe(true));
  test.each(['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', '', 'today'])('isDay rejects %j', (text) =>
    expect(isDay(text)).toBe(false),
  );
});
