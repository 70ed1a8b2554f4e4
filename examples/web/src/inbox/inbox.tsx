import { useApolloClient, useQuery } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import type { InvitationFragment } from '../gql/graphql.ts';
import { follow } from '../live/follow.ts';
import { More } from '../shell/more.tsx';
import { Page } from '../shell/page.tsx';
import { Link, useLocation } from '../shell/router.tsx';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import { Answered } from './answered.tsx';
import { Answered as AnsweredDocument, InvitationChanged, Pending } from './documents.ts';
import './inbox.css';
import { type Answer, Invitation } from './invitation.tsx';

/** Reads the inbox again when an invitation arrives, is answered, or expires. */
function useLiveInbox() {
  const client = useApolloClient();
  useEffect(
    () =>
      follow(client, {
        query: InvitationChanged,
        variables: () => ({}),
        onData: () => void client.refetchQueries({ include: [Pending, AnsweredDocument] }),
      }),
    [client],
  );
}

const byExpiry = (one: InvitationFragment, other: InvitationFragment): number =>
  (one.expirationDate ?? '9999').localeCompare(other.expirationDate ?? '9999');

/** The invitations of AWS and of other partners. */
export function Inbox() {
  useLiveInbox();
  const target = useLocation().searchParams.get('invitation');
  const client = useApolloClient();
  const { data, error, loading, fetchMore, refetch } = useQuery(Pending, {
    fetchPolicy: 'cache-and-network',
  });
  const [answer, setAnswer] = useState<Answer>();
  const outcome = useRef<HTMLParagraphElement>(null);
  const { edges, pageInfo } = data?.engagementInvitations ?? {};
  // The first to expire comes first.
  const pending = edges
    ?.map(({ node }) => node)
    .filter(({ status }) => status === 'PENDING')
    .toSorted(byExpiry);

  // The buttons that had the focus are gone with their invitation.
  useEffect(() => {
    if (answer) outcome.current?.focus();
  }, [answer]);

  function answered(next: Answer) {
    setAnswer(next);
    void client.refetchQueries({ include: [Pending, AnsweredDocument] });
  }

  return (
    <Page title="Inbox">
      {answer && (
        <p className="note done" ref={outcome} tabIndex={-1} role="status">
          <strong>{answer.title}.</strong> {answer.text}{' '}
          {answer.opportunityId && (
            <Link href={`/opportunities/${answer.opportunityId}`}>Open the opportunity</Link>
          )}
        </p>
      )}
      <section aria-labelledby="pending">
        <h2 id="pending">To answer</h2>
        <Trouble onRetry={refetch}>{troubleOf(error)}</Trouble>
        {loading && !pending && <p className="hint">Loading…</p>}
        {pending?.length === 0 && <p className="panel">There is no invitation to answer.</p>}
        {pending?.map((invitation) => (
          <Invitation
            key={invitation.id}
            invitation={invitation}
            isTarget={invitation.id === target}
            onAnswered={answered}
          />
        ))}
        <More pageInfo={pageInfo} fetchMore={fetchMore} />
      </section>
      <Answered />
    </Page>
  );
}
