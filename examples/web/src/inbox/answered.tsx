import { useQuery } from '@apollo/client/react';
import type { InvitationStatus } from '../gql/graphql.ts';
import { time } from '../shell/format.ts';
import { More } from '../shell/more.tsx';
import { Link } from '../shell/router.tsx';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import { Answered as Document } from './documents.ts';

const words: Readonly<Record<InvitationStatus, string>> = {
  ACCEPTED: 'Accepted',
  REJECTED: 'Rejected',
  EXPIRED: 'Expired unanswered. Ask the sender for a new invitation.',
  PENDING: 'Not answered',
};

/** Invitations that were answered or have expired. */
export function Answered() {
  const { data, error, loading, fetchMore, refetch } = useQuery(Document);
  const { edges = [], pageInfo } = data?.engagementInvitations ?? {};
  return (
    <section aria-labelledby="answered">
      <h2 id="answered">Answered and expired</h2>
      <Trouble onRetry={refetch}>{troubleOf(error)}</Trouble>
      {loading && edges.length === 0 && <p className="hint">Loading…</p>}
      {data?.engagementInvitations && edges.length === 0 && <p className="hint">None yet.</p>}
      {edges.length > 0 && (
        <ul className="panel answered">
          {edges.map(({ node: { id, engagementTitle, sender, status, acceptance, invitationDate } }) => (
            <li key={id}>
              <strong>{engagementTitle ?? id}</strong>
              <span className="date">
                from {sender.companyName ?? `account ${sender.awsAccountId}`}, {time(invitationDate)}
              </span>
              <span>
                {status ? words[status] : 'Its status is unknown to this page'}
                {acceptance?.opportunity && (
                  <>
                    {': '}
                    <Link href={`/opportunities/${acceptance.opportunity.id}`}>
                      open the opportunity<span className="for-screen-readers"> of {engagementTitle}</span>
                    </Link>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      <More pageInfo={pageInfo} fetchMore={fetchMore} />
    </section>
  );
}
