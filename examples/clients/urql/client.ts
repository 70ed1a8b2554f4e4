/** urql: a client, and what its errors tell of ours. */
import { Client, type CombinedError, cacheExchange, fetchExchange } from 'urql';

export const createUrqlClient = (url: string): Client =>
  new Client({ url, exchanges: [cacheExchange, fetchExchange], preferGetMethod: false });

export type Trouble = { code: string; retryAfterMs?: number | undefined };

/** Why a request failed: our codes, or `NETWORK` when the gateway was not reached. Undefined when it did not. */
export function troubleOf(error: CombinedError | undefined): Trouble | undefined {
  if (!error) return undefined;
  if (error.networkError) return { code: 'NETWORK' };
  const { code, retryAfterMs } = error.graphQLErrors[0]?.extensions ?? {};
  return { code: String(code), retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : undefined };
}
