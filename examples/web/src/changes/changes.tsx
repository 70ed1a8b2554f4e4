import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { type Change, readFeed, useFeed } from '../live/feed.ts';
import { useIsConnected } from '../live/socket.ts';
import { labelOfPath } from '../opportunity/fields.ts';
import { day, time } from '../shell/format.ts';
import { Page } from '../shell/page.tsx';
import { usePicklists } from '../shell/picklists.ts';
import { Link } from '../shell/router.tsx';
import { ReviewStatus } from '../shell/status.tsx';
import { Trouble } from '../shell/trouble.tsx';
import './changes.css';

/** What has become of a deal, in words. Where the value is short and at hand, it is part of them. */
function useWords() {
  const { labelOf } = usePicklists();
  return function wordsOf({ kind, changedFields, opportunity }: Change): string {
    if (kind === 'CREATED') return 'Created';
    if (kind === 'LOST') return 'No longer visible to your company';
    if (!changedFields) return 'Changed';
    if (changedFields.length === 0) return 'Changed in details that are only on its page';
    const { stage, reviewStatus, targetCloseDate } = opportunity?.lifeCycle ?? {};
    const values: Record<string, string | undefined> = {
      'lifeCycle.stage': stage ? labelOf('stages', stage) : undefined,
      'lifeCycle.reviewStatus': reviewStatus ? labelOf('reviewStatuses', reviewStatus) : undefined,
      'lifeCycle.targetCloseDate': targetCloseDate ? day(targetCloseDate) : undefined,
    };
    const words = changedFields.map((path) => {
      const value = values[path];
      return value ? `${labelOfPath(path)}: ${value}` : labelOfPath(path);
    });
    return words.join(' · ');
  };
}

function Item({ change, words }: { change: Change; words: string }) {
  const { id, opportunity, lastModifiedDate } = change;
  const name = opportunity?.customer?.account?.companyName ?? id;
  return (
    <li>
      <time dateTime={lastModifiedDate}>{time(lastModifiedDate)}</time>
      {opportunity ? <Link href={`/opportunities/${id}`}>{name}</Link> : <span>{name}</span>}
      <span className="words">{words}</span>
      <ReviewStatus value={opportunity?.lifeCycle?.reviewStatus} />
    </li>
  );
}

/** Whether the list is live, and if not, why. */
function LiveState({ refusal, asOf }: { refusal: string | undefined; asOf: string | undefined }) {
  const isConnected = useIsConnected();
  if (refusal)
    return (
      <p className="note" role="status">
        This list is not live. {refusal} {asOf && `It is as of ${time(asOf)}.`}
      </p>
    );
  return (
    <p className={isConnected ? 'live on' : 'live'} role="status">
      {isConnected ? 'Live' : 'Connecting. What happens in the meantime will be added.'}
    </p>
  );
}

/** The feed of what has changed, the latest first. It grows while it is looked at. */
export function Changes() {
  const client = useApolloClient();
  const { changes, isRead, trouble, refusal, asOf } = useFeed();
  const [isReading, setIsReading] = useState(false);
  const wordsOf = useWords();

  useEffect(() => {
    if (!isRead) void readFeed(client);
  }, [client, isRead]);

  async function read() {
    setIsReading(true);
    await readFeed(client);
    setIsReading(false);
  }

  return (
    <Page
      title="Changes"
      actions={
        refusal && (
          <button type="button" disabled={isReading} onClick={() => void read()}>
            {isReading ? 'Reading…' : 'Read again'}
          </button>
        )
      }
    >
      <p className="hint">
        What has changed in the last seven days, by your team, other programs, and AWS. AWS does not report
        who has made a change.
      </p>
      <LiveState refusal={refusal} asOf={asOf} />
      <Trouble onRetry={read}>{trouble}</Trouble>
      {!isRead && !trouble && <p className="hint">Loading…</p>}
      {isRead && changes.length === 0 && <p className="panel">Nothing has changed in the last seven days.</p>}
      {changes.length > 0 && (
        <ol className="panel changes">
          {changes.map((change) => (
            <Item key={`${change.id} ${change.lastModifiedDate}`} change={change} words={wordsOf(change)} />
          ))}
        </ol>
      )}
    </Page>
  );
}
