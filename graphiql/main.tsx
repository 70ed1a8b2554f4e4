import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';

import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { AccessNotice } from './access.tsx';
import { repairAccessibility } from './accessibility.ts';
import { EditorOptions } from './editors.tsx';
import { fetcher } from './fetcher.ts';
import { Outcome } from './outcome.tsx';
import { SessionLine } from './session.tsx';
import { exampleTabs } from './tabs.ts';
import { toolbar } from './toolbar.tsx';

const plugins = [HISTORY_PLUGIN, explorerPlugin()];
const tabs = exampleTabs(new Date());

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
repairAccessibility(root);

// Headers may contain a token: GraphiQL does not store them in the browser unless configured to.
// The variables stay visible, because half of the examples have some and GraphiQL only checks the first one.
createRoot(root).render(
  <>
    <a className="unseen" href="#graphiql-session">
      Skip to the operation
    </a>
    <AccessNotice />
    <main>
      <h1 className="unseen">partner-central-graphql</h1>
      <GraphiQL
        fetcher={fetcher}
        plugins={plugins}
        defaultTabs={tabs}
        defaultEditorToolsVisibility="variables"
        schemaDescription
      >
        <GraphiQL.Logo>
          <span aria-hidden="true">partner-central-graphql</span>
          <SessionLine />
        </GraphiQL.Logo>
        {toolbar}
        <GraphiQL.Footer>
          <Outcome />
        </GraphiQL.Footer>
        <EditorOptions />
      </GraphiQL>
    </main>
  </>,
);
