import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { day, time, words } from '../shell/format.ts';
import { usePicklists } from '../shell/picklists.ts';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import { AwsView as AwsViewQuery, History as HistoryQuery } from './documents.ts';
import { labelOfPath } from './fields.ts';

/** AWS's copy of the deal, and where it differs from the partner's. */
export function AwsView({ id }: { id: string }) {
  const { labelOf } = usePicklists();
  const { data, error, loading, refetch } = useQuery(AwsViewQuery, { variables: { id } });
  const { awsSummary: aws, differences } = data?.opportunity ?? {};
  const facts = aws && {
    Stage: words(aws.lifeCycle?.stage),
    'Target close date': day(aws.lifeCycle?.targetCloseDate),
    'Next steps': aws.lifeCycle?.nextSteps,
    Involvement: labelOf('involvementTypes', aws.involvementType),
    Visibility: labelOf('visibilities', aws.visibility),
    'Engagement score': words(aws.insights?.engagementScore),
    'Next best actions': aws.insights?.nextBestActions,
    'AWS team': aws.opportunityTeam
      ?.map(({ firstName, lastName, email, businessTitle }) => {
        const name = [firstName, lastName].filter(Boolean).join(' ') || email;
        return [name, businessTitle && `(${words(businessTitle)})`].filter(Boolean).join(' ');
      })
      .join(', '),
  };
  return (
    <section className="panel" aria-labelledby="aws">
      <h2 id="aws">AWS’s view</h2>
      {loading && <p className="hint">Loading…</p>}
      <Trouble onRetry={refetch}>{troubleOf(error)}</Trouble>
      {!loading && !error && !aws && <p className="hint">AWS has not taken up this opportunity yet.</p>}
      {differences && differences.length > 0 && (
        <table>
          <caption>Differences</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Yours</th>
              <th scope="col">AWS</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ field, partner, aws }) => (
              <tr key={field}>
                <th scope="row">{labelOfPath(field)}</th>
                <td>{partner ?? '—'}</td>
                <td>{aws ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {facts && (
        <>
          {differences?.length === 0 && <p className="hint">Both views agree.</p>}
          <dl>
            {Object.entries(facts).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value || '—'}</dd>
              </div>
            ))}
          </dl>
          <p className="hint">Read {time(aws.asOf)}</p>
        </>
      )}
    </section>
  );
}

/** What has changed since the deal was shared. It is read when it is opened, because each snapshot costs a call. */
export function History({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="panel" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <h2>History</h2>
      </summary>
      {isOpen && <Entries id={id} />}
    </details>
  );
}

function Entries({ id }: { id: string }) {
  const { data, error, loading, refetch } = useQuery(HistoryQuery, { variables: { id } });
  const entries = data?.opportunity?.history?.nodes ?? [];
  if (loading) return <p className="hint">Loading…</p>;
  if (error) return <Trouble onRetry={refetch}>{troubleOf(error)}</Trouble>;
  if (entries.length === 0) return <p className="hint">It begins when the opportunity is shared with AWS.</p>;
  return (
    <ol className="history">
      {entries.map(({ at, view, changes }) => (
        <li key={`${at} ${view}`}>
          <h3>
            {view === 'OpportunitySummaryView' ? 'Your view' : 'AWS’s view'}{' '}
            <span className="hint">{time(at)}</span>
          </h3>
          <dl>
            {changes.map(({ field, from, to }) => (
              <div key={field}>
                <dt>{labelOfPath(field)}</dt>
                <dd>
                  {from && <del>{from}</del>} {to ?? '—'}
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}
