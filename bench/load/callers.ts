/** Callers that send one request after another, with a pause only after an error. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Data, errorName } from '../tools/http.ts';
import { detail, oneQuery, pageQuery } from '../tools/queries.ts';
import { createRandom } from '../tools/statistics.ts';
import type { StalenessCheck } from './staleness.ts';

/** The share of requests for pages; the others are for random records of the working set. */
export type Mix = { name: string; pages: number };
export const pageSize = 20;
/** The pause of a caller after an error. */
const retryDelayMs = 1_000;

export type LoadResult = {
  /** The latencies of successful requests for records and for pages, in milliseconds. */
  records: number[];
  pages: number[];
  errors: Map<string, number>;
  /** Requests without a response at the end. */
  pending: number;
};

export type LoadOptions = {
  url: string;
  ids: readonly string[];
  callers: number;
  mix: Mix;
  staleness: StalenessCheck;
  signal: AbortSignal;
};

/** Runs callers against a gateway until the signal is aborted. */
export async function runCallers({
  url,
  ids,
  callers,
  mix,
  staleness,
  signal,
}: LoadOptions): Promise<LoadResult> {
  using client = createClient(url, { maxSockets: callers });
  const result: LoadResult = { records: [], pages: [], errors: new Map(), pending: 0 };

  /** Sends a request. @returns the data, or undefined if there were errors, or the time was over */
  async function ask(
    kind: 'records' | 'pages',
    query: string,
    variables: object,
    nodes: (data: Data) => Data[],
  ) {
    const askedAt = performance.now();
    result.pending += 1;
    const answer = await client.query(query, variables);
    if (signal.aborted) return undefined;
    result.pending -= 1;
    const [error] = answer.errors;
    if (error) {
      const name = errorName(error);
      result.errors.set(name, (result.errors.get(name) ?? 0) + 1);
      await sleep(retryDelayMs, undefined, { signal });
      return undefined;
    }
    result[kind].push(performance.now() - askedAt);
    for (const { id, lastModifiedDate } of nodes(answer.data))
      staleness.checkResponse(id, lastModifiedDate, askedAt);
    return answer.data;
  }

  async function runCaller(seed: number): Promise<void> {
    const random = createRandom(seed);
    let after: string | null = null;
    while (!signal.aborted) {
      if (random() >= mix.pages) {
        const id = ids[Math.floor(random() * ids.length)];
        await ask('records', oneQuery(detail), { id }, (data) => [data.opportunity]);
        continue;
      }
      const data: Data = await ask(
        'pages',
        pageQuery(detail),
        { first: pageSize, after },
        (page) => page.opportunities.nodes,
      );
      // Half of the readers of a page continue with the next one; the others start again at the first.
      const { hasNextPage = false, endCursor = null } = data?.opportunities.pageInfo ?? {};
      after = hasNextPage && random() < 0.5 ? endCursor : null;
    }
  }

  const ended = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  const failed = Promise.withResolvers<never>();
  for (let caller = 0; caller < callers; caller++)
    runCaller(caller + 1).catch((error: unknown) => {
      // Connections that are closed at the end are not a failure.
      if (!signal.aborted) failed.reject(error);
    });
  await Promise.race([ended, failed.promise]);
  return result;
}
