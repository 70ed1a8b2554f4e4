import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { textOf } from '../../src/graphql/text.ts';
import { createTurns } from '../../src/graphql/turns.ts';
import { resolvers as overview } from '../../src/resolvers/opportunity/overview.ts';
import { gateway } from '../kit.ts';

describe('the records of long answers', () => {
  test('records that fit into a turn of the event loop do not wait', () => {
    const turns = createTurns(3);
    expect([1, 2, 3].map(() => turns.take('a'))).toEqual([undefined, undefined, undefined]);
    expect(turns.take('a')).toBeInstanceOf(Promise);
  });

  test('the others are completed a few in each later turn, in order', async () => {
    const turns = createTurns(2);
    const done: number[] = [];
    for (let n = 0; n < 7; n++) void turns.take('a')?.then(() => done.push(n));
    const afterEachTurn: number[] = [];
    while (done.length < 5) {
      await nextTurn();
      afterEachTurn.push(done.length);
    }
    expect(done).toEqual([2, 3, 4, 5, 6]);
    expect(afterEachTurn.every((count, turn) => count - (afterEachTurn[turn - 1] ?? 0) <= 2)).toBe(true);
  });

  test('a caller with one record does not wait for all records of another', async () => {
    const turns = createTurns(2);
    const done: string[] = [];
    for (let n = 0; n < 100; n++) void turns.take('many')?.then(() => done.push('many'));
    await turns.take('one')?.then(() => done.push('one'));
    expect(done.indexOf('one')).toBeLessThan(3);
  });

  test('others are served while two thousand records are completed and written', async () => {
    await using gw = await gateway({ CACHE_FRESH_MS: '60000' });
    const fields = 'id customer { account { companyName industry } } project { title } marketing { source }';
    const lists = Array.from(
      { length: 20 },
      (_, n) => `a${n}: opportunities(first: 100) { nodes { ${fields} } }`,
    );
    const query = `{ ${lists.join(' ')} }`;
    await gw.query(query);
    let turns = 0;
    let isAnswered = false;
    const count = () => {
      turns += 1;
      if (!isAnswered) setImmediate(count);
    };
    setImmediate(count);
    const { data, errors } = await gw.query(query);
    isAnswered = true;
    expect(errors).toBeUndefined();
    expect(data.a19.nodes).toHaveLength(100);
    expect(turns).toBeGreaterThanOrEqual(2_000 / 25);
  });
});

describe('the text of an answer', () => {
  test.each([
    [null],
    [{ a: null, b: [], c: {}, d: 'é"\n', e: [[[[1, { f: [true] }]]]] }],
    [[undefined, 'x', { left: undefined, right: 0 }]],
    [{ list: Array.from({ length: 3_000 }, (_, n) => ({ n, text: 'x'.repeat(200) })) }],
  ])('is that of JSON.stringify, for any shape', async (value) => {
    expect(await textOf(value, 10_000_000)).toBe(JSON.stringify(value));
  });

  test('is given up as soon as it is too long', async () => {
    let read = 0;
    const items = Array.from({ length: 1_000 }, () => ({
      toJSON() {
        read += 1;
        return 'x'.repeat(100);
      },
    }));
    expect(await textOf({ a: items.map((item) => [[item]]) }, 1_000)).toBeUndefined();
    expect(read).toBeLessThan(20);
  });
});

test('each question about all opportunities has a turn of the event loop for itself, so that others are served', async () => {
  let asked = 0;
  const context = {
    request: { caller: 'a' },
    index() {
      asked += 1;
      return { asOf: '', summaries: () => [] };
    },
  };
  const { pipeline } = overview.Query as unknown as Record<
    'pipeline',
    (...args: unknown[]) => Promise<unknown>
  >;
  const answers = Array.from({ length: 4 }, () => pipeline({}, { groupBy: [] }, context));
  const afterEachTurn: number[] = [];
  while (asked < 4) {
    await nextTurn();
    afterEachTurn.push(asked);
  }
  expect(afterEachTurn.every((count, turn) => count - (afterEachTurn[turn - 1] ?? 0) <= 2)).toBe(true);
  expect(afterEachTurn.length).toBeGreaterThan(2);
  await Promise.all(answers);
});
