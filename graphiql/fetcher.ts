/** How the page talks to its gateway. */
import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { getOperationAST, type IntrospectionQuery, parse } from 'graphql';
import { recordAccess } from './access.tsx';
import { withoutFederation } from './api-schema.ts';
import { withCredentials } from './credentials.ts';
import { dryRun, dryRunHeaders } from './dry-run.ts';
import { type Answer, recordAnswer } from './outcome.tsx';

/** Relative to the page, so that it uses the gateway that served it, under any prefix. */
export const url = './graphql';

/**
 * Subscriptions go over a WebSocket, with the headers in its first message. Everything else is one response: without
 * incremental delivery GraphiQL requests a GraphQL response, not a multipart one.
 */
const send = createGraphiQLFetcher({
  url,
  subscriptionUrl: new URL(url, location.href).href.replace(/^http/, 'ws'),
  enableIncrementalDelivery: false,
});

/** The same answers to a subscription's events, which are recorded. It stops at once, as a generator would not. */
function recorded(answers: AsyncIterator<unknown>): AsyncIterableIterator<unknown> {
  return {
    async next() {
      const answer = await answers.next();
      if (!answer.done) recordAnswer(answer.value as Answer);
      return answer;
    },
    return: async () => (await answers.return?.()) ?? { value: undefined, done: true },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** What the page shows of its own accord is no part of what the visitor has run: its cost is not recorded. */
function isIntrospection({ operationName }: Parameters<Fetcher>[0]): boolean {
  return operationName === 'IntrospectionQuery';
}

/** The operation to run: the one with this name, or the only one. Nothing if the document has an error. */
export function operationOf(query: string, operationName?: string | null) {
  try {
    const document = parse(query);
    const operation = getOperationAST(document, operationName) ?? getOperationAST(document);
    return operation && { document, name: operation.name?.value, kind: operation.operation };
  } catch {
    return undefined;
  }
}

async function answerTo(
  request: Parameters<Fetcher>[0],
  options: Parameters<Fetcher>[1],
): Promise<Answer | AsyncIterable<unknown>> {
  // What GraphiQL passes belongs to the tab before, for a moment after another one is shown.
  const operation = operationOf(request.query, request.operationName);
  const { operationName: _, ...unnamed } = request;
  const named = operation?.name ? { ...unnamed, operationName: operation.name } : unnamed;
  const withDocument = operation ? { ...options, documentAST: operation.document } : options;
  try {
    return (await send(named, withDocument)) as Answer | AsyncIterable<unknown>;
  } catch (error) {
    // The browser's own error is meant for programmers and has a stack.
    const isUnreachable = error instanceof TypeError;
    const message = isUnreachable
      ? 'The gateway cannot be reached.'
      : 'The response did not come from the gateway: it was not JSON.';
    return { errors: [{ message }] };
  }
}

const isStream = (answer: Answer | AsyncIterable<unknown>): answer is AsyncIterable<unknown> =>
  Symbol.asyncIterator in answer;

/** Sends what GraphiQL asks for, and records what the answer cost, what it refused and what access it lacks. */
export const fetcher = (async (request, options = {}) => {
  const introspects = isIntrospection(request);
  const headers = {
    ...withCredentials(options.headers),
    ...(dryRun.get() && !introspects && dryRunHeaders),
  };
  const answer = await answerTo(request, { ...options, headers });
  if (isStream(answer)) return recorded(answer[Symbol.asyncIterator]());
  recordAccess(answer, introspects);
  if (!introspects) recordAnswer(answer);
  else if (answer.data) return { ...answer, data: withoutFederation(answer.data as IntrospectionQuery) };
  return answer;
}) as Fetcher;
