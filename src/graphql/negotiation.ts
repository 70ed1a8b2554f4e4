import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** Each client has one `Accept` for all of its requests; the bound is for those that vary it. */
const maxKnown = 100;

/**
 * Negotiates a response's media type (RFC 9110, 12.5.1), and remembers the results.
 *
 * @param types the types that can be served; of those that a client prefers equally, the first
 * @returns a function of the `Accept` header, undefined if the client accepts none of the types
 */
export function createNegotiation(types: readonly string[]): (accept: string) => string | undefined {
  const known = new LRUCache<string, { type: string | undefined }>({ max: maxKnown });
  return (accept) => {
    const before = known.get(accept);
    if (before) return before.type;
    const type = new Negotiator({ headers: { accept } }).mediaType([...types]);
    known.set(accept, { type });
    return type;
  };
}
