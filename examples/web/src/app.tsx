import { useApolloClient } from '@apollo/client/react';
import { type ReactNode, useEffect } from 'react';
import { Attention } from './attention/attention.tsx';
import { Board } from './board/board.tsx';
import { Bulk } from './bulk/bulk.tsx';
import { Changes } from './changes/changes.tsx';
import { Inbox } from './inbox/inbox.tsx';
import { startFeed } from './live/feed.ts';
import { Create } from './opportunity/create.tsx';
import { Opportunity } from './opportunity/opportunity.tsx';
import { Account, Quota } from './quota/quota.tsx';
import { useIsAway } from './shell/connection.ts';
import { Cost } from './shell/cost.tsx';
import { Page } from './shell/page.tsx';
import { Link, useLocation } from './shell/router.tsx';

const screens: Record<string, { name: string; screen(): ReactNode }> = {
  '/': { name: 'Attention', screen: () => <Attention /> },
  '/pipeline': { name: 'Pipeline', screen: () => <Board /> },
  '/inbox': { name: 'Inbox', screen: () => <Inbox /> },
  '/changes': { name: 'Changes', screen: () => <Changes /> },
  '/bulk': { name: 'Bulk edit', screen: () => <Bulk /> },
};

function screenAt(path: string): ReactNode {
  if (path === '/opportunities/new') return <Create />;
  const { id } = /^\/opportunities\/(?<id>O\d+)$/.exec(path)?.groups ?? {};
  if (id) return <Opportunity id={id} />;
  return (
    screens[path]?.screen() ?? (
      <Page title="Page not found">
        <p>
          There is nothing at {path}. <Link href="/pipeline">Go to the pipeline</Link>
        </p>
      </Page>
    )
  );
}

/** The workspace: a header with the navigation, and the screen that the URL names. */
export function App() {
  const { pathname } = useLocation();
  const isAway = useIsAway();
  const client = useApolloClient();
  useEffect(() => startFeed(client), [client]);
  return (
    <>
      <header>
        <span className="brand">Co-sell workspace</span>
        <nav aria-label="Workspace">
          {Object.entries(screens).map(([path, { name }]) => (
            <Link key={path} href={path} aria-current={path === pathname ? 'page' : undefined}>
              {name}
            </Link>
          ))}
        </nav>
        <Link className="primary" href="/opportunities/new">
          New opportunity
        </Link>
      </header>
      {isAway && (
        <p className="banner" role="alert">
          The gateway cannot be reached. This page continues by itself as soon as it can.
        </p>
      )}
      <main key={pathname}>{screenAt(pathname)}</main>
      <footer>
        <Account />
        <Cost />
        <Quota />
      </footer>
    </>
  );
}
