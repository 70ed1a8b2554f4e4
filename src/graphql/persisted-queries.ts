import { LRUCache } from 'lru-cache';

/** The texts of automatic persisted queries, as many as fit; undefined where there is no room for any. */
export function documentCache(maxBytes: number) {
  if (maxBytes === 0) return undefined;
  const texts = new LRUCache<string, string>({
    maxSize: maxBytes,
    sizeCalculation: (text) => text.length * 2,
  });
  return {
    get: async (key: string) => texts.get(key),
    set: async (key: string, text: string) => void texts.set(key, text),
    delete: async (key: string) => texts.delete(key),
  };
}
