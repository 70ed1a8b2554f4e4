import { Agent, request } from 'node:http';

// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the query selects
export type Data = any;
export type GraphQLFault = { message: string; path?: (string | number)[]; extensions?: Data };
/** An error by its code, or by its message where the code says nothing. */
export function nameOf({ message, extensions }: GraphQLFault): string {
  const code = extensions?.code ?? 'INTERNAL_SERVER_ERROR';
  return code === 'INTERNAL_SERVER_ERROR' ? message : code;
}

export type Answer = { data: Data; errors: GraphQLFault[]; upstreamCalls: number };

/** Somebody who asks a GraphQL server, over sockets that are kept. */
export type Client = Disposable & {
  ask(query: string, variables?: object): Promise<Answer>;
};

/** @param most how many sockets at once @param from the address to ask from, if it matters */
export function createClient(url: string, most = 50, from?: string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: most, ...(from && { localAddress: from }) });
  const post = (body: string) =>
    new Promise<{ text: string; calls: number }>((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        accept: 'application/json',
        'content-length': Buffer.byteLength(body),
      };
      request(url, { method: 'POST', agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () =>
          resolve({
            text: Buffer.concat(chunks).toString(),
            calls: Number(response.headers['x-upstream-calls']),
          }),
        );
      })
        .once('error', reject)
        .end(body);
    });
  return {
    async ask(query, variables = {}) {
      const { text, calls } = await post(JSON.stringify({ query, variables }));
      const { data = null, errors = [] } = JSON.parse(text);
      return { data, errors, upstreamCalls: calls };
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

/** Does something with each of many, so many at a time. */
export async function inParallel<T>(
  items: readonly T[],
  most: number,
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: most }, async () => {
      for (const item of queue) await act(item);
    }),
  );
}
