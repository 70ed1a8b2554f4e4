import { expect, test } from 'vitest';
import { refusals } from '../../../src/upstream/quota/admission.ts';
import { type Priority, Ring } from '../../../src/upstream/quota/ring.ts';
import { day, limitsOf, minute, Windows, windowMs } from '../../../src/upstream/quota/windows.ts';
import { aws } from './world.ts';

type Call = { caller: string; deadline: number; priority: Priority };
const call = (caller: string, deadline: number, priority: Priority = 'interactive'): Call => ({
  caller,
  deadline,
  priority,
});

/** At the time 0 and with one read a second: the calls that are refused, with the codes and `retryAfterMs`. */
function refused(calls: Call[], readsPerDay = 100) {
  const ring = new Ring<Call>();
  for (const each of calls) ring.enter(each);
  const limits = { ...aws, readsPerSecond: 1, readsPerDay, writesPerDay: 1 };
  const found = refusals('read', ring.copy(), new Windows(limitsOf(limits, 'read')), 0);
  expect(ring.size).toBe(calls.length);
  return found.map(({ call, fault }) => [calls.indexOf(call), fault.code, fault.extensions.retryAfterMs]);
}

test('a call that is too late is refused, and its token goes to the next call of its caller', () => {
  const calls = [call('a', 0), call('a', windowMs), call('a', 2 * windowMs), call('b', windowMs)];
  expect(refused(calls)).toEqual([[1, 'THROTTLED', 3 * windowMs]]);
});

test('a call of a higher priority takes the last chance of a lower one', () => {
  expect(refused([call('a', 0)])).toEqual([]);
  expect(refused([call('a', 0), call('b', 0, 'write')])).toEqual([[0, 'THROTTLED', windowMs]]);
});

test('a call that only the daily quota delays learns that', () => {
  expect(refused([call('a', minute), call('a', minute)], 1)).toEqual([[1, 'QUOTA_EXHAUSTED', day + minute]]);
});
