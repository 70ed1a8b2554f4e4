/** People at work: each asks, reads, and asks again, without a pause unless refused. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Data, nameOf } from '../tools/http.ts';
import { detail, oneQuery, pageQuery } from '../tools/queries.ts';
import { createRandom } from '../tools/statistics.ts';
import type { Witness } from './witness.ts';

/** Of all questions, the share that are pages; the others are records by their id, any of the working set. */
export type Mix = { name: string; pages: number };
export const pageSize = 20;
/** Somebody who was refused tries again after so long. */
const pauseMs = 1_000;

export type Tally = {
  /** The milliseconds that each answer took, by what was asked for. Answers with an error are not among them. */
  records: number[];
  pages: number[];
  errors: Map<string, number>;
  /** Questions without an answer when the time was up. */
  pending: number;
};

export type Crowd = {
  url: string;
  ids: readonly string[];
  callers: number;
  mix: Mix;
  witness: Witness;
  signal: AbortSignal;
};

/** Lets callers at a gateway until the signal, and tells what they got. */
export async function askAround({ url, ids, callers, mix, witness, signal }: Crowd): Promise<Tally> {
  using client = createClient(url, callers);
  const tally: Tally = { records: [], pages: [], errors: new Map(), pending: 0 };

  /** Asks once. @returns the answer, or undefined when it came with errors, or too late to count */
  async function ask(
    kind: 'records' | 'pages',
    query: string,
    variables: object,
    nodes: (data: Data) => Data[],
  ) {
    const askedAt = performance.now();
    tally.pending += 1;
    const answer = await client.ask(query, variables);
    if (signal.aborted) return undefined;
    tally.pending -= 1;
    const [error] = answer.errors;
    if (error) {
      const name = nameOf(error);
      tally.errors.set(name, (tally.errors.get(name) ?? 0) + 1);
      await sleep(pauseMs, undefined, { signal });
      return undefined;
    }
    tally[kind].push(performance.now() - askedAt);
    for (const { id, lastModifiedDate } of nodes(answer.data)) witness.look(id, lastModifiedDate, askedAt);
    return answer.data;
  }

  async function work(seed: number): Promise<void> {
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
      // Half of those who have read a page go on to the next; the others are back at the first when they come again.
      const { hasNextPage = false, endCursor = null } = data?.opportunities.pageInfo ?? {};
      after = hasNextPage && random() < 0.5 ? endCursor : null;
    }
  }

  const ended = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  const failed = Promise.withResolvers<never>();
  for (let caller = 0; caller < callers; caller++)
    work(caller + 1).catch((error: unknown) => {
      // Sockets that are cut at the end are the end, and no failure.
      if (!signal.aborted) failed.reject(error);
    });
  await Promise.race([ended, failed.promise]);
  return tally;
}
