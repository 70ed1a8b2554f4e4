import { describe, expect, test } from 'vitest';
import { createTimedCache, readOnlyTimed } from '../../src/records/timed-cache.ts';
import { fakeClock } from '../clock.ts';

const value = { name: 'one' };

describe('a timed cache', () => {
  test('a value is fresh for the time of the cache, to the millisecond', () => {
    const { clock, pass } = fakeClock();
    const cache = createTimedCache<object>(clock, 100);
    cache.put('a', value);
    pass(99);
    expect(cache.get('a')).toBe(value);
    pass(1);
    expect(cache.get('a')).toBeUndefined();
  });

  test('a time of zero keeps nothing', () => {
    const cache = createTimedCache<object>(fakeClock().clock, 0);
    cache.put('a', value);
    expect(cache.get('a')).toBeUndefined();
  });

  test('a dropped value is gone, and a read that began before the drop is not stored', () => {
    const cache = createTimedCache<object>(fakeClock().clock, 100);
    const before = cache.version('a');
    cache.put('a', value);
    cache.drop('a');
    expect(cache.get('a')).toBeUndefined();
    cache.put('a', value, before);
    expect(cache.get('a')).toBeUndefined();
    cache.put('a', value, cache.version('a'));
    expect(cache.get('a')).toBe(value);
  });

  test('a cache that is cleared has nothing, and a read that began before is not stored', () => {
    const cache = createTimedCache<object>(fakeClock().clock, 100);
    const before = cache.version('b');
    cache.put('a', value);
    cache.clear();
    cache.put('b', value, before);
    expect([cache.get('a'), cache.get('b')]).toEqual([undefined, undefined]);
    cache.put('a', value);
    expect(cache.get('a')).toBe(value);
  });

  test('a dry run reads the cache, forgets what it drops itself, and changes nothing for others', () => {
    const cache = createTimedCache<object>(fakeClock().clock, 100);
    for (const key of ['a', 'b']) cache.put(key, value);
    const copy = readOnlyTimed(cache);
    copy.drop('a');
    copy.put('c', value);
    expect(['a', 'b', 'c'].map(copy.get)).toEqual([undefined, value, undefined]);
    copy.clear();
    expect(copy.get('b')).toBeUndefined();
    expect(['a', 'b', 'c'].map(cache.get)).toEqual([value, value, undefined]);
    expect(cache.version('a')).toBe(0);
  });
});
