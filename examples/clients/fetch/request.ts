/** No library: a typed request over `fetch` that waits when the gateway asks for patience. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

type Failure = {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; retryAfterMs?: number };
};

/** What went wrong, when nothing came back at all. */
export class RequestError extends Error {
  readonly errors: readonly Failure[];
  constructor(errors: readonly Failure[]) {
    super(errors.map(({ message }) => message).join('; '));
    this.errors = errors;
  }
}

/**
 * Sends an operation and resolves with its data.
 *
 * @param patienceMs how long a spent quota may be waited for
 * @throws RequestError when there is no data, or a part of it failed
 */
export async function request<Data, Variables extends object>(
  url: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  patienceMs = 10_000,
): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: Failure[] };
  if (!errors) return data as Data;
  const wait = Math.max(...errors.map(({ extensions }) => extensions.retryAfterMs ?? 0));
  const isThrottled = errors.every(({ extensions }) => extensions.code === 'THROTTLED');
  if (!isThrottled || wait > patienceMs) throw new RequestError(errors);
  await new Promise((resolve) => setTimeout(resolve, wait));
  return request(url, document, variables, patienceMs - Math.max(wait, 1));
}
