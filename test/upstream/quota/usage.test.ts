import { expect, test } from 'vitest';
import { Usage } from '../../../src/upstream/quota/usage.ts';
import { day, minute } from '../../../src/upstream/quota/windows.ts';

test('usage reports each token once that was not booked in Redis, by minute and kind', () => {
  const usage = new Usage();
  usage.spend(0, 'o', true);
  for (const now of [0, minute - 1]) usage.spend(now, 'o', false);
  usage.spend(minute, 'r', false);
  const reported = [
    ['0:o', 2],
    ['1:r', 1],
  ];
  expect([...usage.takeUnreported()]).toEqual(reported);
  expect([...usage.takeUnreported()]).toEqual([]);
});

test('usage whose report was lost is reported again, together with what came after it', () => {
  const usage = new Usage();
  usage.spend(0, 'o', false);
  const lost = usage.takeUnreported();
  usage.spend(1, 'o', false);
  usage.putBack(lost);
  expect([...usage.takeUnreported()]).toEqual([['0:o', 2]]);
});

test('usage of the last day is reported to a Redis that has lost its data, except what it was reported since', () => {
  const usage = new Usage();
  usage.spend(0, 'o', true);
  usage.spend(2 * day, 'o', true);
  usage.spend(2 * day, 'o', false);
  const told = usage.takeUnreported();
  usage.reportAll(told);
  expect([...usage.takeUnreported()]).toEqual([[`${(2 * day) / minute}:o`, 1]]);
});
