/** Which account and catalog answer, so that no one takes production for a test. */
import { useGraphiQL } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { withCredentials } from './credentials.ts';
import { url } from './fetcher.ts';

interface Session {
  account: string;
  catalog: string;
  writable: boolean;
}

const query = '{ session { account catalog writable } }';

async function currentSession(headers: string): Promise<Session | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...withCredentials(JSON.parse(headers || '{}')), 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return (await response.json()).data?.session ?? undefined;
  } catch {
    return undefined;
  }
}

/** Asked for with each schema that is fetched, thus with its headers. */
export function SessionLine() {
  const [session, setSession] = useState<Session>();
  const { schema, headerEditor } = useGraphiQL(({ schema, headerEditor }) => ({ schema, headerEditor }));
  useEffect(() => {
    if (schema) void currentSession(headerEditor?.getValue() ?? '').then(setSession);
  }, [schema, headerEditor]);
  if (!session) return null;
  const { account, catalog, writable } = session;
  return (
    <span className="session">
      {account} · {catalog === 'AWS' ? 'AWS (production)' : catalog}
      {!writable && ' · read-only'}
    </span>
  );
}
