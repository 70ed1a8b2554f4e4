import type { Client } from './client.ts';
import { toFault } from './errors.ts';

/** What AWS said to the one call of `probe`. */
export type ProbeResult =
  | { isAnswered: true; hasOpportunities: boolean }
  | {
      isAnswered: false;
      code: string;
      /** What went wrong, without a secret. */
      message: string;
      /** AWS's name for it, if AWS has answered. */
      name: string;
      /** AWS's own words about a denied call: they name the role and the action. */
      said: string | undefined;
    };

const maxSaidLength = 500;

/**
 * Asks AWS for one opportunity, once. It is the only call that does not go through `send`: there is no gateway yet whose quota
 * it could wait for, and the operator is to see AWS's first answer.
 */
export async function probe(client: Client, catalog: string, signal: AbortSignal): Promise<ProbeResult> {
  const operation = 'ListOpportunities';
  try {
    const { OpportunitySummaries = [] } = (await client.send(
      operation,
      { Catalog: catalog, MaxResults: 1 },
      signal,
    )) as { OpportunitySummaries?: unknown[] };
    return { isAnswered: true, hasOpportunities: OpportunitySummaries.length > 0 };
  } catch (error) {
    const { code, message } = toFault(error, operation);
    const { name, message: words } = error as Error;
    const said = code === 'FORBIDDEN' ? words.slice(0, maxSaidLength) : undefined;
    return { isAnswered: false, code, message, name, said };
  }
}
