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

/**
 * The address is relative, so the page talks to the gateway that served it, under whatever prefix. The gateway answers
 * in one piece: without incremental delivery GraphiQL asks for a GraphQL response and not for a multipart one.
 */
const send = createGraphiQLFetcher({ url: './graphql', enableIncrementalDelivery: false });

/**
 * GraphiQL learns the name of a tab's operation a moment after it has shown the tab. Whoever runs it before would send
 * the name that the last tab had, and be told that there is no such operation; without a name the only one there runs.
 */
const fetcher = (async (request: Parameters<Fetcher>[0], options: Parameters<Fetcher>[1]) => {
  const { operationName, ...unnamed } = request;
  const isThere = operationName && new RegExp(`\\b${operationName}\\b`).test(request.query);
  try {
    const answer = await send(isThere ? request : unnamed, options);
    recordCost(answer);
    return answer;
  } catch (error) {
    // What the browser throws is for programmers, and comes with a stack.
    const isAway = error instanceof TypeError;
    const message = isAway
      ? 'The gateway cannot be reached.'
      : 'What answered is not the gateway: it sent no JSON.';
    return { errors: [{ message }] };
  }
}) as Fetcher;

const plugins = [HISTORY_PLUGIN, explorerPlugin()];
const tabs = exampleTabs(new Date());

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');

// Headers may hold a token: they are not kept in the browser's storage, which is what GraphiQL does unless told to.
// The variables stay in view, because half of the examples have some and GraphiQL looks at the first one only.
createRoot(root).render(
  <GraphiQL fetcher={fetcher} plugins={plugins} defaultTabs={tabs} defaultEditorToolsVisibility="variables">
    <GraphiQL.Logo>partner-central-graphql</GraphiQL.Logo>
    <GraphiQL.Footer>
      <Cost />
    </GraphiQL.Footer>
  </GraphiQL>,
);
