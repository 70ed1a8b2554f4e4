/** What counts as current for a fixed time after it was read, because AWS gives no date to check it by. */

import type { Clock } from '../clock.ts';
import type { Send } from '../upstream/send.ts';
import { boundedMap } from './bounded.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';

export type TimedCache<Value extends object> = {
  /** The value, if it was read less than the cache's time ago. */
  get(key: string): Value | undefined;
  /** Stores what was read at a version of the key; nothing if the key was dropped since. */
  put(key: string, value: Value, version?: number): void;
  /** Forgets the value, and the result of a read that is in flight. */
  drop(key: string): void;
  /** Forgets all values, and the results of reads that are in flight. */
  clear(): void;
  /** How often the key was dropped. */
  version(key: string): number;
};

/** The most values, and the most keys whose drops are remembered. */
const maxEntries = 5_000;

export function createTimedCache<Value extends object>(clock: Clock, freshMs: number): TimedCache<Value> {
  const entries = boundedMap<{ value: Value; readAt: number }>(maxEntries);
  const drops = boundedMap<number>(maxEntries);
  let clears = 0;
  const version = (key: string): number => clears + (drops.get(key) ?? 0);
  return {
    version,
    get(key) {
      const entry = entries.get(key);
      return entry && clock.now() - entry.readAt < freshMs ? entry.value : undefined;
    },
    put(key, value, readAt = version(key)) {
      if (readAt === version(key)) entries.set(key, { value, readAt: clock.now() });
    },
    drop(key) {
      entries.delete(key);
      drops.set(key, (drops.get(key) ?? 0) + 1);
    },
    clear() {
      entries.clear();
      clears += 1;
    },
  };
}

/** The same cache for one user who changes nothing for others: what is dropped is unknown to this user alone. */
export function readOnlyTimed<Value extends object>(cache: TimedCache<Value>): TimedCache<Value> {
  const dropped = new Set<string>();
  let isCleared = false;
  const isForgotten = (key: string) => isCleared || dropped.has(key);
  return {
    get: (key) => (isForgotten(key) ? undefined : cache.get(key)),
    version: (key) => cache.version(key) + (isForgotten(key) ? 1 : 0),
    put() {},
    drop: (key) => void dropped.add(key),
    clear() {
      isCleared = true;
    },
  };
}

/** The same cache without the values of some keys. */
export const timedWithout = <Value extends object>(
  cache: TimedCache<Value>,
  isLeftOut: (key: string) => boolean,
): TimedCache<Value> => ({ ...cache, get: (key) => (isLeftOut(key) ? undefined : cache.get(key)) });

/** A value that is in the cache, which the request counts; undefined if it has to be read. */
export function freshIn<Value extends object>(
  cache: TimedCache<Value>,
  key: string,
  { request }: Pick<RequestScope, 'request'>,
): Value | undefined {
  const known = request.isUncached ? undefined : cache.get(key);
  if (known) request.cached += 1;
  return known;
}

/**
 * A value of the cache, or else the answer of a call, which requests share while it is in flight.
 *
 * @param name identifies the call together with the key
 * @param call reads the value with the given `send`, which goes on as long as any of these requests waits
 * @throws what the call throws
 */
export async function readThrough<Value extends object>(
  cache: TimedCache<Value>,
  { name, key }: { name: string; key: string },
  { scope, coalescer }: { scope: RequestScope; coalescer: Coalescer },
  call: (send: Send) => Promise<Value>,
): Promise<Value> {
  const known = freshIn(cache, key, scope);
  if (known) return known;
  const version = cache.version(key);
  return coalescer.coalesce(`${name} ${key} ${version}`, scope, async (send) => {
    const value = await call(send);
    cache.put(key, value, version);
    return value;
  });
}
