/** No library: a typed request over `fetch` that waits for AWS's quota as long as the gateway asks. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { getOperationAST, print } from 'graphql';

type Failure = {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; retryAfterMs?: number };
};

/** Some field failed. `data` has the others: a field that failed is null in it. */
export class RequestError<Data = unknown> extends Error {
  readonly errors: readonly Failure[];
  readonly data: Data | null;
  constructor(errors: readonly Failure[], data: Data | null) {
    super(errors.map(({ message }) => message).join('; '));
    this.errors = errors;
    this.data = data;
  }
}

/**
 * Sends an operation and resolves with its data. A throttled query is repeated; a throttled mutation only when none of
 * its fields was executed, because the others would be executed again.
 *
 * @param patienceMs how long to wait for the quota altogether
 * @throws RequestError when a field failed
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
  const { data = null, errors } = (await response.json()) as { data?: Data | null; errors?: Failure[] };
  if (!errors) return data as Data;
  const wait = Math.max(...errors.map(({ extensions }) => extensions.retryAfterMs ?? 0));
  const isThrottled = errors.every(({ extensions }) => extensions.code === 'THROTTLED');
  const isQuery = getOperationAST(document)?.operation === 'query';
  const canRepeat = isQuery || Object.values(data ?? {}).every((field) => field === null);
  if (!isThrottled || !canRepeat || wait > patienceMs) throw new RequestError(errors, data);
  await new Promise((resolve) => setTimeout(resolve, wait));
  return request(url, document, variables, patienceMs - Math.max(wait, 1));
}
