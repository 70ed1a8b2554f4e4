/** Maps that forget what was used longest ago. */
import { LRUCache } from 'lru-cache';

/**
 * A map of at most so many entries. It takes memory for those it has: with its option `max` the library would reserve it for
 * all of them at once.
 */
export const boundedMap = <Value extends {}>(maxEntries: number) =>
  new LRUCache<string, Value>({ maxSize: maxEntries, sizeCalculation: () => 1 });
