import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import type { QuotaClassFragment } from '../gql/graphql.ts';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import { Account as AccountDocument, Quota as Document } from './documents.ts';
import './quota.css';

const pollInterval = 5_000;

function Row({ name, quota }: { name: string; quota: QuotaClassFragment }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{quota.remaining24h.toLocaleString('en')}</td>
      <td>{quota.perSecond}</td>
      <td>{quota.waiting}</td>
    </tr>
  );
}

function Remaining() {
  const { data, error, refetch } = useQuery(Document, { pollInterval, fetchPolicy: 'cache-and-network' });
  const { read, write } = data?.quota ?? {};
  return (
    <div className="panel">
      <Trouble onRetry={refetch}>{troubleOf(error)}</Trouble>
      {read && write && (
        <table>
          <caption>AWS counts the calls of your whole company, in any 24 hours.</caption>
          <thead>
            <tr>
              <th scope="col">Calls</th>
              <th scope="col">Remaining</th>
              <th scope="col">Per second</th>
              <th scope="col">Waiting</th>
            </tr>
          </thead>
          <tbody>
            <Row name="Reads" quota={read} />
            <Row name="Writes" quota={write} />
          </tbody>
        </table>
      )}
    </div>
  );
}

/** What is left of AWS's quota, for those who want to know. It is asked for while it is open. */
export function Quota() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="quota" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>AWS quota</summary>
      {isOpen && <Remaining />}
    </details>
  );
}

/** Which AWS account and catalog answers, and whether it can be written to. */
export function Account() {
  const { data } = useQuery(AccountDocument);
  const { session } = data ?? {};
  if (!session) return null;
  return (
    <p className="account">
      {session.catalog === 'AWS' ? 'Production' : session.catalog}, account {session.account}
      {!session.writable && ' (read only)'}
    </p>
  );
}
