/** Callers who take as much of the quota as they can get. Each sends its next request at once, regardless of the answer. */
import { type Client, createClient } from '../tools/http.ts';
import { aliasesQuery, detail } from '../tools/queries.ts';

/** What an attacker needs: a client with its own name, ids that others do not use, and the end. */
type Attack = { client: Client; ids: readonly string[]; signal: AbortSignal };

/** Repeats a request, so many times at once, until the end. */
async function repeat(
  atOnce: number,
  signal: AbortSignal,
  ask: (n: number) => Promise<unknown>,
): Promise<void> {
  let count = 0;
  const one = async (): Promise<void> => {
    while (!signal.aborted) await ask(count++);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

const patch = `mutation Patch($input: UpdateOpportunityInput!) { updateOpportunity(input: $input) { changed } }`;
const stages = `query Stages($ids: [ID!]) {
  opportunities(first: 40, filter: { ids: $ids }) { nodes { id lifeCycle { stage } } } }`;

/** Each attack by its name. */
export const attacks = {
  /** Patches with a value that the record has already: each costs a read and is never written. */
  'patches that change nothing': async ({ client, ids, signal }: Attack) => {
    const { data } = await client.query(stages, { ids: ids.slice(0, 40) });
    const { nodes } = data.opportunities;
    await repeat(nodes.length, signal, (n) => {
      const { id, lifeCycle } = nodes[n % nodes.length];
      return client.query(patch, { input: { id, patch: { lifeCycle } } });
    });
  },

  /** Fifty records under aliases, as many as one operation may have, again and again. */
  'fifty records at once': ({ client, ids, signal }: Attack) =>
    repeat(5, signal, (n) => {
      const from = (n * 50) % (ids.length - 50);
      return client.query(aliasesQuery(ids.slice(from, from + 50), detail));
    }),

  /** Long lists of ids, of which only the page's end is selected. */
  'long lists of ids': ({ client, ids, signal }: Attack) =>
    repeat(5, signal, (n) => {
      const lists = Array.from({ length: 20 }, (_, list) => {
        const filter = JSON.stringify(ids.slice(0, 200 - ((n + list) % 40)));
        return `l${list}: opportunities(first: 1, filter: { ids: ${filter} }) { pageInfo { hasNextPage } }`;
      });
      return client.query(`{ ${lists.join('\n')} }`);
    }),
} as const;

export type AttackName = keyof typeof attacks;

/** Attacks a gateway in the given ways until the end, each as a caller of its own. */
export async function attack(
  url: string,
  names: readonly AttackName[],
  { headersOf, ids, signal }: Omit<Attack, 'client'> & { headersOf(caller: string): Record<string, string> },
): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      const client = createClient(url, { maxSockets: 100, headers: headersOf(name) });
      // Connections are closed at the end, with requests in them.
      signal.addEventListener('abort', () => client[Symbol.dispose](), { once: true });
      await attacks[name]({ client, ids, signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }),
  );
}
