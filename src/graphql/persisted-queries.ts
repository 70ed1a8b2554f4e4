import { LRUCache } from 'lru-cache';

/** A bounded cache for automatic persisted queries; undefined if they are disabled. */
export function documentCache(maxBytes: number) {
  if (maxBytes === 0) return undefined;
  const documents = new LRUCache<string, string>({
    maxSize: maxBytes,
    sizeCalculation: (document) => document.length * 2,
  });
  return {
    get: async (key: string) => documents.get(key),
    set: async (key: string, document: string) => void documents.set(key, document),
    delete: async (key: string) => documents.delete(key),
  };
}
