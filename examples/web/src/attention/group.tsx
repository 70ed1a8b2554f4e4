import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import type { AttentionGroupFragment, AttentionKind } from '../gql/graphql.ts';
import { amountOf, day, money, time } from '../shell/format.ts';
import { usePicklists } from '../shell/picklists.ts';
import { Link } from '../shell/router.tsx';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import { AttentionGroup } from './documents.ts';
import { kinds } from './kinds.ts';

type AttentionItem = AttentionGroupFragment['nodes'][number];
type Subject = AttentionItem['subject'];

/** What an item is about: where it leads, and what helps to recognise it. */
function useAbout() {
  const { labelOf } = usePicklists();
  return function aboutOf(subject: Subject): { name: string; href?: string; facts: string[] } {
    switch (subject?.__typename) {
      case 'Opportunity': {
        const { stage, targetCloseDate } = subject.lifeCycle ?? {};
        const facts = [
          labelOf('stages', stage),
          money(amountOf(subject)),
          targetCloseDate ? `closes ${day(targetCloseDate)}` : 'no close date',
        ];
        const name = subject.customer?.account?.companyName ?? subject.id;
        return { name, href: `/opportunities/${subject.id}`, facts: facts.filter(Boolean) };
      }
      case 'EngagementInvitation': {
        const facts = [
          `from ${subject.sender.companyName ?? 'a partner'}`,
          subject.expirationDate ? `expires ${time(subject.expirationDate)}` : '',
        ];
        const name = subject.engagementTitle ?? subject.id;
        return { name, href: `/inbox?invitation=${subject.id}`, facts: facts.filter(Boolean) };
      }
      case 'Lead':
        return { name: subject.customer?.companyName ?? subject.id, facts: ['lead in Partner Central'] };
      default:
        return { name: 'An object that AWS no longer has', facts: [] };
    }
  };
}

function Item({ item, aboutOf }: { item: AttentionItem; aboutOf: ReturnType<typeof useAbout> }) {
  const { name, href, facts } = aboutOf(item.subject);
  const { since, hasReason } = kinds[item.kind];
  return (
    <li>
      {href ? <Link href={href}>{name}</Link> : <span>{name}</span>}
      <span className="facts">{facts.join(' · ')}</span>
      <span className="date">{item.since && `${since} ${day(item.since)}`}</span>
      {hasReason && <span className="reason">{item.message}</span>}
    </li>
  );
}

/** What needs the same thing to be done: the oldest five, and the others on request. */
export function Group({ kind, group }: { kind: AttentionKind; group: AttentionGroupFragment }) {
  const [isWhole, setIsWhole] = useState(false);
  const aboutOf = useAbout();
  const { data, error, loading, refetch } = useQuery(AttentionGroup, {
    variables: { kind },
    skip: !isWhole,
    fetchPolicy: 'cache-and-network',
  });
  const { nodes, totalCount } = data?.attention ?? group;
  const { title, task } = kinds[kind];
  return (
    <section className="panel group" aria-labelledby={kind}>
      <h2 id={kind}>
        {title} <span className="count">{totalCount}</span>
      </h2>
      <p className="hint">{task}</p>
      <ul>
        {nodes.map((item) => (
          <Item key={item.subject?.id ?? item.message} item={item} aboutOf={aboutOf} />
        ))}
      </ul>
      <Trouble onRetry={refetch}>{isWhole ? troubleOf(error) : undefined}</Trouble>
      {!isWhole && totalCount > nodes.length && (
        <button
          type="button"
          onClick={() => setIsWhole(true)}
          aria-label={`${title}: show all ${totalCount}`}
        >
          Show all {totalCount}
        </button>
      )}
      {loading && <p className="hint">Loading…</p>}
      {data?.attention && totalCount > nodes.length && (
        <p className="hint">
          The first {nodes.length} of {totalCount}.
        </p>
      )}
    </section>
  );
}
