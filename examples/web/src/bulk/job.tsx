import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import type { JobFragment } from '../gql/graphql.ts';
import { follow } from '../live/follow.ts';
import { time } from '../shell/format.ts';
import { Link } from '../shell/router.tsx';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import { Cancel, Job as Document, Failed, Pause, Progress, Resume } from './documents.ts';
import { countsOf, isOver, statusOf, waitOf } from './words.ts';

/** Follows a job until it ends: each event replaces the job in the cache. */
function useProgress(id: string): void {
  const client = useApolloClient();
  useEffect(
    () =>
      follow(client, {
        query: Progress,
        variables: () => ({ id }),
        onData: ({ bulkJobProgress: bulkJob }) =>
          void client.writeQuery({ query: Document, variables: { id }, data: { bulkJob } }),
        onComplete: () => {},
      }),
    [client, id],
  );
}

/** What was refused, and why. */
function Failures({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(Failed, { variables: { id } });
  const items = data?.bulkJob?.items.nodes ?? [];
  return (
    <>
      <h3>Failed</h3>
      <Trouble onRetry={refetch}>{troubleOf(error)}</Trouble>
      <ul className="failures">
        {items.map(({ index, opportunity, userErrors }) => (
          <li key={index}>
            {opportunity ? (
              <Link href={`/opportunities/${opportunity.id}`}>
                {opportunity.customer?.account?.companyName ?? opportunity.id}
              </Link>
            ) : (
              `Item ${index + 1}`
            )}
            <span>{userErrors.map(({ message }) => message).join(' ')}</span>
          </li>
        ))}
      </ul>
      {items.length === 100 && <p className="hint">The first 100.</p>}
    </>
  );
}

/** The buttons that control a job. */
function Controls({ job }: { job: JobFragment }) {
  const variables = { id: job.id };
  const [pause, paused] = useMutation(Pause, { variables });
  const [resume, resumed] = useMutation(Resume, { variables });
  const [cancel, canceled] = useMutation(Cancel, { variables });
  const all = [paused, resumed, canceled];
  const isBusy = all.some(({ loading }) => loading);
  const error = all.map((one) => one.error).find(Boolean);
  const refusals = [
    paused.data?.pauseBulkJob,
    resumed.data?.resumeBulkJob,
    canceled.data?.cancelBulkJob,
  ].flatMap((payload) => payload?.userErrors.map(({ message }) => message) ?? []);
  const isSure = () => confirm('Cancel this job? What has been changed stays changed.');
  return (
    <>
      <Trouble>{troubleOf(error) ?? (refusals.join(' ') || undefined)}</Trouble>
      <div className="actions">
        <button type="button" disabled={isBusy} onClick={() => isSure() && void cancel()}>
          Cancel the job
        </button>
        {job.status === 'PAUSED' ? (
          <button type="button" className="primary" disabled={isBusy} onClick={() => void resume()}>
            Resume
          </button>
        ) : (
          <button type="button" disabled={isBusy} onClick={() => void pause()}>
            Pause
          </button>
        )}
      </div>
    </>
  );
}

/** A job: how far it is, and what has failed. */
export function Job({ id }: { id: string }) {
  useProgress(id);
  const { data, error, loading, refetch } = useQuery(Document, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  const job = data?.bulkJob;
  return (
    <section aria-labelledby="job">
      <h2 id="job">{job?.name ?? 'Job'}</h2>
      <Trouble onRetry={refetch}>{troubleOf(error)}</Trouble>
      {loading && !job && <p className="hint">Loading…</p>}
      {job === null && !error && (
        <p className="panel">There is no such job. Jobs are deleted after some weeks.</p>
      )}
      {job && (
        <div className="panel">
          <p role="status">
            <strong>{statusOf(job)}</strong> · {countsOf(job)}
          </p>
          <progress aria-label="Progress" max={job.total || 1} value={job.done + job.failed + job.skipped} />
          {waitOf(job) && <p className="note">{waitOf(job)}</p>}
          {job.estimatedEnd && <p className="hint">Expected to end at {time(job.estimatedEnd)}</p>}
          {isOver(job) || <Controls job={job} />}
          {job.failed > 0 && (isOver(job) || job.status === 'PAUSED') && <Failures id={id} />}
        </div>
      )}
      <p>
        <Link href="/bulk">Start another bulk edit</Link>
      </p>
    </section>
  );
}
