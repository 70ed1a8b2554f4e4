import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';

import { explorerPlugin } from '@graphiql/plugin-explorer';
import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { Cost, recordCost } from './cost.tsx';
import { exampleTabs } from './tabs.ts';

/** Relative to the page, so that it uses the gateway that served it, under any prefix. */
const url = './graphql';

/**
 * Subscriptions go over a WebSocket, with the headers in its first message. Everything else is one response: without
 * incremental delivery GraphiQL requests a GraphQL response, not a multipart one.
 */
const send = createGraphiQLFetcher({
  url,
  subscriptionUrl: new URL(url, location.href).href.replace(/^http/, 'ws'),
  enableIncrementalDelivery: false,
});

/** The same answers to a subscription's events, whose costs are recorded. It stops at once, as a generator would not. */
function recorded(answers: AsyncIterator<unknown>): AsyncIterableIterator<unknown> {
  return {
    async next() {
      const answer = await answers.next();
      if (!answer.done) recordCost(answer.value);
      return answer;
    },
    return: async () => (await answers.return?.()) ?? { value: undefined, done: true },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/**
 * GraphiQL updates the operation name a moment after it shows a tab. Running the tab before that would send the
 * previous name, an unknown operation; without a name the document's only operation runs.
 */
const fetcher = (async (request: Parameters<Fetcher>[0], options: Parameters<Fetcher>[1]) => {
  const { operationName, ...unnamed } = request;
  const isInQuery = operationName && new RegExp(`\\b${operationName}\\b`).test(request.query);
  try {
    const response = await send(isInQuery ? request : unnamed, options);
    if (Symbol.asyncIterator in Object(response))
      return recorded((response as AsyncIterable<unknown>)[Symbol.asyncIterator]());
    recordCost(response);
    return response;
  } catch (error) {
    // The browser's own error is meant for programmers and has a stack.
    const isUnreachable = error instanceof TypeError;
    const message = isUnreachable
      ? 'The gateway cannot be reached.'
      : 'The response did not come from the gateway: it was not JSON.';
    return { errors: [{ message }] };
  }
}) as Fetcher;

const plugins = [HISTORY_PLUGIN, explorerPlugin()];
const tabs = exampleTabs(new Date());

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');

// Headers may contain a token: GraphiQL does not store them in the browser unless configured to.
// The variables stay visible, because half of the examples have some and GraphiQL only checks the first one.
createRoot(root).render(
  <GraphiQL fetcher={fetcher} plugins={plugins} defaultTabs={tabs} defaultEditorToolsVisibility="variables">
    <GraphiQL.Logo>partner-central-graphql</GraphiQL.Logo>
    <GraphiQL.Footer>
      <Cost />
    </GraphiQL.Footer>
  </GraphiQL>,
);
