import { ApiError } from '../errors.ts';
import { canonical, type JsonObject } from '../json.ts';

type Spent = { body: string; answer: JsonObject };

/**
 * Spent client tokens. Repeating the request returns the first response again; another request under the same token is
 * a conflict. How long the service keeps them is not published; here the newest ten thousand are kept.
 */
export type Tokens = {
  /** The response already given for this token, if any. */
  recall(catalog: string, token: string, input: JsonObject): JsonObject | undefined;
  remember(catalog: string, token: string, input: JsonObject, answer: JsonObject): void;
  entries(): [string, Spent][];
  restore(entries: [string, Spent][]): void;
};

const keptTokens = 10_000;

export function createTokens(): Tokens {
  const spent = new Map<string, Spent>();
  const keyOf = (catalog: string, token: string) => `${catalog}/${token}`;
  return {
    recall: (catalog, token, input) => {
      const known = spent.get(keyOf(catalog, token));
      if (!known) return undefined;
      if (known.body === canonical(input)) return known.answer;
      throw new ApiError('ConflictException', 'Conflicting client token submitted for a new request body.');
    },
    remember: (catalog, token, input, answer) => {
      spent.set(keyOf(catalog, token), { body: canonical(input), answer });
      const oldest = spent.keys().next();
      if (spent.size > keptTokens && !oldest.done) spent.delete(oldest.value);
    },
    entries: () => [...spent],
    restore: (entries) => {
      for (const [key, value] of entries) spent.set(key, value);
    },
  };
}
