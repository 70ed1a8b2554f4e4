import { expect, test } from 'vitest';
import { secondsFor } from '../../../src/upstream/quota/estimate.ts';
import { createQuota } from '../../../src/upstream/quota/governor.ts';
import { fakeClock } from '../../clock.ts';
import { aws } from './world.ts';

const limits = { ...aws, readsPerDay: 1_000, writesPerDay: 1_000 };

test('an estimate takes what is free at once, and the slower class for the rest', () => {
  const quota = createQuota(limits, fakeClock().clock);
  expect(secondsFor({ read: 10, write: 1 }, quota)).toBe(0);
  expect(secondsFor({ read: 25, write: 0 }, quota)).toBe(1.5);
  expect(secondsFor({ read: 25, write: 4 }, quota)).toBe(3);
});
