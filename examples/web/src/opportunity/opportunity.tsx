import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { amountOf, day, isOverdue, money } from '../shell/format.ts';
import { Page } from '../shell/page.tsx';
import { usePicklists } from '../shell/picklists.ts';
import { ReviewStatus } from '../shell/status.tsx';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import { AwsView, History } from './aws-view.tsx';
import { Contacts } from './contacts.tsx';
import { Detail } from './documents.ts';
import { Edit } from './edit.tsx';
import { Submit } from './submit.tsx';
import './opportunity.css';

/** The page of a deal: what AWS asks for, the form, and what AWS sees of it. */
export function Opportunity({ id }: { id: string }) {
  const { labelOf } = usePicklists();
  // Not `all`, as elsewhere: a field that could not be read must not look empty in a form.
  const { data, error, loading, refetch } = useQuery(Detail, { variables: { id }, errorPolicy: 'none' });
  const [isUnsaved, setUnsaved] = useState(false);
  // The panel stays with its result, although the opportunity cannot be submitted any more.
  const [isSubmitted, setSubmitted] = useState(false);
  const record = data?.opportunity;
  const missing =
    data?.opportunity === null ? `AWS has no opportunity ${id}, or this account may not see it.` : undefined;
  const { stage, reviewStatus, reviewStatusReason, reviewComments, targetCloseDate } =
    record?.lifeCycle ?? {};
  const spend = money(amountOf(record ?? {}));
  const isReturned = reviewStatus === 'ACTION_REQUIRED' || reviewStatus === 'REJECTED';

  return (
    <Page title={record?.customer?.account?.companyName ?? id}>
      {loading && !record && <p className="hint">Loading…</p>}
      <Trouble onRetry={refetch}>{troubleOf(error) ?? missing}</Trouble>
      {record && (
        <>
          <p className="facts">
            <ReviewStatus value={reviewStatus} />
            <span>{labelOf('stages', stage)}</span>
            <span>{spend ? `${spend} a month` : 'No expected spend'}</span>
            <span className={isOverdue(record) ? 'overdue' : ''}>
              {targetCloseDate ? `Closes ${day(targetCloseDate)}` : 'No close date'}
            </span>
            <span className="hint">{id}</span>
          </p>
          {isReturned && (
            <section className="note" aria-labelledby="review">
              <h2 id="review">
                {reviewStatus === 'REJECTED' ? 'AWS has rejected this opportunity' : 'AWS asks for changes'}
                {reviewStatusReason && `: ${reviewStatusReason}`}
              </h2>
              <p>{reviewComments ?? 'The reviewer has left no comment.'}</p>
            </section>
          )}
          <p className="hint">{record.editability.reason}</p>
          <div className="split">
            <Edit record={record} onUnsaved={setUnsaved} />
            <div className="stack">
              {(record.editability.submittable || isSubmitted) && (
                <Submit record={record} isUnsaved={isUnsaved} onSubmit={() => setSubmitted(true)} />
              )}
              {reviewStatus !== 'PENDING_SUBMISSION' && <AwsView id={id} />}
              <Contacts record={record} />
              <History id={id} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}
