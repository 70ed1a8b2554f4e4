/** A typed request with `fetch` and no library. It waits and retries when it is throttled. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

type Failure = {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; retryAfterMs?: number };
};

/** The errors of a failed request. */
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
 * @param maxWaitMs the maximum time to wait for the quota
 * @throws RequestError if the response has errors other than throttling, or the wait would be too long
 */
export async function request<Data, Variables extends object>(
  url: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  maxWaitMs = 10_000,
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
  if (!isThrottled || wait > maxWaitMs) throw new RequestError(errors);
  await new Promise((resolve) => setTimeout(resolve, wait));
  return request(url, document, variables, maxWaitMs - Math.max(wait, 1));
}
