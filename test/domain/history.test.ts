import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesBetween, continueAfter, encodeSeries } from '../../src/domain/history.ts';

describe('the changes from one snapshot to the next', () => {
  test.each<[string, unknown, unknown, ReturnType<typeof changesBetween>]>([
    ['nothing', { a: 1 }, { a: 1 }, []],
    [
      'a value that is set, changed and cleared',
      { lifecycle: { stage: 'Prospect', nextSteps: 'Call' } },
      { lifecycle: { stage: 'Qualified', targetCloseDate: '2031-09-30', nextSteps: null } },
      [
        { field: 'lifecycle.stage', from: 'Prospect', to: 'Qualified' },
        { field: 'lifecycle.nextSteps', from: 'Call', to: null },
        { field: 'lifecycle.targetCloseDate', from: null, to: '2031-09-30' },
      ],
    ],
    ['absent, null and empty, which mean the same', { a: null, b: [], c: '', d: {} }, {}, []],
    ['the order of a list', { a: ['x', 'y'] }, { a: ['y', 'x'] }, []],
    ['amounts in another notation', { spend: [{ amount: '531' }] }, { spend: [{ amount: '531.0' }] }, []],
    [
      'an item of a list of objects',
      { spend: [{ amount: '531', currencyCode: 'USD', frequency: 'Monthly' }] },
      { spend: [{ amount: '600.50', currencyCode: 'USD', frequency: 'Monthly' }, { amount: '1' }] },
      [{ field: 'spend', from: '531 USD Monthly', to: '1, 600.5 USD Monthly' }],
    ],
    [
      'values that are the same in words only',
      { contacts: [{ firstName: 'Ada Marsh' }] },
      { contacts: [{ firstName: 'Ada', lastName: 'Marsh' }] },
      [{ field: 'contacts', from: 'Ada Marsh', to: 'Ada Marsh' }],
    ],
    [
      'the first snapshot',
      undefined,
      { a: true, b: 1.5 },
      [
        { field: 'a', from: null, to: 'true' },
        { field: 'b', from: null, to: '1.5' },
      ],
    ],
  ])('of %s', (_, before, after, expected) => {
    expect(changesBetween(before, after)).toEqual(expected);
  });

  const scalar = fc.oneof(
    fc.constantFrom('', 'a', 'b', '531', '531.0', 'a b'),
    fc.integer({ min: 0, max: 3 }),
    fc.boolean(),
    fc.constant(null),
  );
  const name = fc.constantFrom('a', 'b', 'amount', 'stage');
  const { content } = fc.letrec<{ content: object; value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      scalar,
      fc.array(scalar, { maxLength: 3 }),
      fc.array(tie('content'), { maxLength: 2 }),
      tie('content'),
    ),
    content: fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<object>,
  }));

  /** What a client has that has followed all changes. */
  const follow = (contents: readonly object[]): Map<string, string> => {
    const known = new Map<string, string>();
    contents.forEach((one, n) => {
      for (const { field, from, to } of changesBetween(contents[n - 1], one)) {
        expect(known.get(field) ?? null).toBe(from);
        if (to === null) known.delete(field);
        else known.set(field, to);
      }
    });
    return known;
  };

  test('a client that follows all changes has what the last snapshot shows', () => {
    fc.assert(
      fc.property(fc.array(content, { minLength: 1, maxLength: 6 }), (contents) => {
        expect(follow(contents)).toEqual(follow(contents.slice(-1)));
      }),
    );
  });

  test('a change back has the same fields, with their values in exchange', () => {
    fc.assert(
      fc.property(content, content, (one, other) => {
        const back = changesBetween(other, one).map(({ field, from, to }) => ({ field, from: to, to: from }));
        const byField = (a: { field: string }, b: { field: string }) => (a.field < b.field ? -1 : 1);
        expect(changesBetween(one, other).sort(byField)).toEqual(back.sort(byField));
        expect(changesBetween(one, structuredClone(one))).toEqual([]);
      }),
    );
  });
});

describe('a cursor of a history', () => {
  const series = [
    { engagementId: 'eng-0', template: 'One', next: 7 },
    { engagementId: 'eng-0', template: 'Two', next: 3 },
  ];

  test('continues each series where it was, and none that has begun since', () => {
    const cursor = encodeSeries(series, 'f');
    const now = [
      { engagementId: 'eng-0', template: 'One', next: 9 },
      { engagementId: 'eng-0', template: 'Two', next: 3 },
      { engagementId: 'eng-1', template: 'One', next: 2 },
    ];
    expect(continueAfter(cursor, now, 'f').map(({ next }) => next)).toEqual([7, 3, 0]);
  });

  test.each(['', 'x', encodeSeries(series, 'g'), Buffer.from('{}').toString('base64url')])(
    'that is none of this history is refused: %j',
    (cursor) => {
      expect(() => continueAfter(cursor, series, 'f')).toThrow(/^after: got /);
    },
  );
});
