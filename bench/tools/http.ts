import { Agent, request } from 'node:http';

// biome-ignore lint/suspicious/noExplicitAny: the data depends on the query
export type Data = any;
export type ResponseError = { message: string; path?: (string | number)[]; extensions?: Data };
/** The code of an error, or its message if it has no specific code. */
export function errorName({ message, extensions }: ResponseError): string {
  const code = extensions?.code ?? 'INTERNAL_SERVER_ERROR';
  return code === 'INTERNAL_SERVER_ERROR' ? message : code;
}

export type Answer = { data: Data; errors: ResponseError[]; upstreamCalls: number };

/** A GraphQL client with keep-alive connections. */
export type Client = Disposable & {
  query(query: string, variables?: object): Promise<Answer>;
};

export type ClientOptions = {
  maxSockets?: number;
  /** The address to connect from; any by default. */
  localAddress?: string | undefined;
  headers?: Record<string, string>;
};

export function createClient(
  url: string,
  { maxSockets = 50, localAddress, headers: own }: ClientOptions = {},
): Client {
  const agent = new Agent({ keepAlive: true, maxSockets, ...(localAddress && { localAddress }) });
  const post = (body: string) =>
    new Promise<{ text: string; calls: number }>((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        accept: 'application/json',
        ...own,
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
    async query(query, variables = {}) {
      const { text, calls } = await post(JSON.stringify({ query, variables }));
      const { data = null, errors = [] } = JSON.parse(text);
      return { data, errors, upstreamCalls: calls };
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

/** Calls a function for each item, with limited concurrency. */
export async function forEachConcurrently<T>(
  items: readonly T[],
  concurrency: number,
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const item of queue) await act(item);
    }),
  );
}
