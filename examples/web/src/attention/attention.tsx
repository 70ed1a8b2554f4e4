import { useQuery } from '@apollo/client/react';
import type { AttentionKind } from '../gql/graphql.ts';
import { useIndexOff } from '../shell/index-state.ts';
import { Page } from '../shell/page.tsx';
import { Link } from '../shell/router.tsx';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import './attention.css';
import { Attention as Document } from './documents.ts';
import { Group } from './group.tsx';
import { kinds } from './kinds.ts';

const order = Object.keys(kinds) as AttentionKind[];

/** The start page: what someone has to do, by what it is. */
export function Attention() {
  const isIndexOff = useIndexOff();
  const { data, error, loading, refetch } = useQuery(Document, {
    skip: isIndexOff,
    fetchPolicy: 'cache-and-network',
  });
  const groups = order.flatMap((kind) => (data?.[kind] ? [{ kind, group: data[kind] }] : []));
  const full = groups.filter(({ group }) => group.totalCount > 0);
  const missing = groups.flatMap(({ group }) => group.missingKinds).map((kind) => kinds[kind].title);
  return (
    <Page title="Attention">
      {isIndexOff ? (
        <p className="note">
          What needs attention is found in the gateway’s index of opportunities, which is off. Whoever
          operates the gateway can turn it on with INDEX=on. Everything else works:{' '}
          <Link href="/pipeline">go to the pipeline</Link>.
        </p>
      ) : (
        <Trouble onRetry={refetch}>{troubleOf(error)}</Trouble>
      )}
      {loading && !data && <p className="hint">Loading…</p>}
      {missing.length > 0 && (
        <p className="note">
          Not included, because AWS or your role does not allow it, or it has not been read yet:{' '}
          {missing.join(', ')}.
        </p>
      )}
      {groups.length > 0 && full.length === 0 && (
        <p className="panel">
          Nothing needs your attention. <Link href="/pipeline">Go to the pipeline</Link>
        </p>
      )}
      {full.length > 0 && (
        <div className="groups">
          {full.map(({ kind, group }) => (
            <Group key={kind} kind={kind} group={group} />
          ))}
        </div>
      )}
    </Page>
  );
}
