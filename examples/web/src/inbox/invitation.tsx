import { useMutation } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import type { InvitationFragment } from '../gql/graphql.ts';
import { time } from '../shell/format.ts';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import { Accept } from './documents.ts';
import { PayloadView } from './payload.tsx';
import { RejectDialog } from './reject.tsx';

/** What an answer came to. */
export type Answer = { title: string; text: string; opportunityId?: string | undefined };

type InvitationProps = {
  invitation: InvitationFragment;
  /** Whether a link led to this one. */
  isTarget: boolean;
  onAnswered(answer: Answer): void;
};

/** The requests after which a page stops waiting for AWS: each waits up to eight seconds. */
const mostRequests = 8;

function expiryOf({ expirationDate, daysLeft }: InvitationFragment): string {
  if (!expirationDate) return 'Does not expire';
  const left = daysLeft === 1 ? 'the last day' : `${daysLeft} days left`;
  return `Expires ${time(expirationDate)}, ${left}`;
}

/** An invitation that can be answered. */
export function Invitation({ invitation, isTarget, onAnswered }: InvitationProps) {
  const { id, engagementTitle, sender, payload, invitationMessage, acceptance } = invitation;
  const [accept] = useMutation(Accept);
  const [isAccepting, setIsAccepting] = useState(false);
  const [isRejecting, setIsRejecting] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const place = useRef<HTMLElement>(null);
  const isShown = useRef(true);
  const title = engagementTitle ?? id;
  const isLead = invitation.payloadType === 'LEAD_INVITATION';
  const isUrgent = (invitation.daysLeft ?? 99) <= 3;

  useEffect(() => {
    if (isTarget) place.current?.scrollIntoView({ block: 'center' });
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, [isTarget]);

  /** Accepts, and waits for AWS's task as long as the page is shown. */
  async function submit() {
    setIsAccepting(true);
    setTrouble(undefined);
    for (let request = 0; request < mostRequests && isShown.current; request += 1) {
      const { data, error } = await accept({ variables: { id } });
      const payload = data?.acceptEngagementInvitation;
      const refusal = payload?.userErrors.map(({ message }) => message).join(' ');
      if (!payload || refusal) {
        setIsAccepting(false);
        return setTrouble(refusal || troubleOf(error));
      }
      if (payload.accepted) {
        const text = isLead
          ? 'You share the lead now: it is in Partner Central.'
          : 'AWS has created the opportunity.';
        return onAnswered({ title: `Accepted: ${title}`, text, opportunityId: payload.opportunity?.id });
      }
    }
    setIsAccepting(false);
    setTrouble(
      'AWS is still creating the opportunity, which goes on without this page. Look again in some minutes.',
    );
  }

  return (
    <article ref={place} className="panel invitation" aria-labelledby={id}>
      <div className="page-head">
        <h3 id={id}>{title}</h3>
        <span className={isUrgent ? 'overdue' : 'date'}>{expiryOf(invitation)}</span>
      </div>
      <p className="hint">
        {isLead ? 'A lead' : 'An opportunity'} from {sender.companyName ?? `account ${sender.awsAccountId}`},
        received {time(invitation.invitationDate)}
      </p>
      {invitationMessage && <blockquote>{invitationMessage}</blockquote>}
      <PayloadView payload={payload} />
      {acceptance?.status === 'FAILED' && !isAccepting && (
        <p className="note">
          The last attempt to accept it failed: {acceptance.message ?? 'AWS gives no reason.'}
        </p>
      )}
      <Trouble>{trouble}</Trouble>
      <div className="actions">
        <p role="status" className="hint">
          {isAccepting && 'AWS is working on it. This may take some seconds.'}
        </p>
        <button
          type="button"
          disabled={isAccepting}
          aria-label={`Reject ${title}`}
          onClick={() => setIsRejecting(true)}
        >
          Reject…
        </button>
        <button
          type="button"
          className="primary"
          disabled={isAccepting}
          aria-label={`Accept ${title}`}
          onClick={() => void submit()}
        >
          {isAccepting ? 'Accepting…' : 'Accept'}
        </button>
      </div>
      {isRejecting && (
        <RejectDialog
          id={id}
          title={title}
          onRejected={() =>
            onAnswered({
              title: `Rejected: ${title}`,
              text: 'The sender sees the reason. The invitation is listed below.',
            })
          }
          onClose={() => setIsRejecting(false)}
        />
      )}
    </article>
  );
}
