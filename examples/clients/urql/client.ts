/** urql: a client, and the gateway's error codes in its errors. */
import { Client, type CombinedError, cacheExchange, fetchExchange } from 'urql';

export const createUrqlClient = (url: string): Client =>
  new Client({ url, exchanges: [cacheExchange, fetchExchange], preferGetMethod: false });

export type Failure = { code: string; retryAfterMs?: number | undefined };

/** Why a request failed: the gateway's code, or `NETWORK` if it could not be reached. Undefined without an error. */
export function failureOf(error: CombinedError | undefined): Failure | undefined {
  if (!error) return undefined;
  if (error.networkError) return { code: 'NETWORK' };
  const { code, retryAfterMs } = error.graphQLErrors[0]?.extensions ?? {};
  return { code: String(code), retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : undefined };
}
