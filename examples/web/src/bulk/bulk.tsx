import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { time } from '../shell/format.ts';
import { Page } from '../shell/page.tsx';
import { Link, useLocation } from '../shell/router.tsx';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import './bulk.css';
import { Change } from './change.tsx';
import { Choose } from './choose.tsx';
import { Jobs } from './documents.ts';
import { Job } from './job.tsx';
import { countsOf, statusOf } from './words.ts';

/** The latest jobs of the company, whoever has started them. */
function RecentJobs() {
  const { data, error, refetch } = useQuery(Jobs, { fetchPolicy: 'cache-and-network' });
  const jobs = data?.bulkJobs?.nodes ?? [];
  if (jobs.length === 0 && !error) return null;
  return (
    <section aria-labelledby="jobs">
      <h2 id="jobs">Recent jobs</h2>
      <Trouble onRetry={refetch}>{troubleOf(error)}</Trouble>
      <ul className="panel jobs">
        {jobs.map((job) => (
          <li key={job.id}>
            <Link href={`/bulk?job=${job.id}`}>{job.name ?? 'Job without a name'}</Link>
            <span>
              {statusOf(job)} · {countsOf(job)}
            </span>
            <span className="date">{time(job.createdAt)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A job that is not started yet: what it changes, and to which value. */
function NewJob() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  return (
    <>
      <Choose chosen={chosen} onChange={setChosen} />
      <Change chosen={chosen} />
      <RecentJobs />
    </>
  );
}

/** One field of many opportunities, set by a job that outlives this page. */
export function Bulk() {
  const id = useLocation().searchParams.get('job');
  return <Page title="Bulk edit">{id ? <Job key={id} id={id} /> : <NewJob />}</Page>;
}
