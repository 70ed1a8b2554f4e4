import { useQuery } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { useEnums } from './enums.ts';
import type { PipelineQuery, Stage } from './gql/graphql.ts';
import { graphql } from './gql/index.ts';
import { errorMessage, partialData } from './trouble.ts';

/** Only fields that AWS's lists contain, so that a page costs one call. */
const Pipeline = graphql(`
  query Pipeline($after: String, $stages: [Stage!]) {
    opportunities(first: 20, after: $after, filter: { stages: $stages }) {
      edges {
        node {
          id
          lifeCycle {
            stage
            reviewStatus
            targetCloseDate
          }
          customer {
            account {
              companyName
            }
          }
          project {
            expectedCustomerSpend {
              amount
              currencyCode
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

type Deal = NonNullable<PipelineQuery['opportunities']['edges'][number]['node']>;

const stages: Stage[] = [
  'PROSPECT',
  'QUALIFIED',
  'TECHNICAL_VALIDATION',
  'BUSINESS_VALIDATION',
  'COMMITTED',
  'LAUNCHED',
  'CLOSED_LOST',
];

/** Formats an amount. It is a string up to here: a float is good enough to display, but not to send. */
function money({ project }: Deal): string {
  const [spend] = project?.expectedCustomerSpend ?? [];
  if (!spend?.amount) return '';
  const { currencyCode } = spend;
  const style = currencyCode ? { style: 'currency' as const, currency: currencyCode } : {};
  return new Intl.NumberFormat('en', { ...style, maximumFractionDigits: 0 }).format(Number(spend.amount));
}

function Card({ deal, onOpen }: { deal: Deal; onOpen(id: string): void }) {
  const { labelOf } = useEnums();
  const { reviewStatus, targetCloseDate } = deal.lifeCycle ?? {};
  return (
    <li>
      <button type="button" className="card" onClick={() => onOpen(deal.id)}>
        <strong>{deal.customer?.account?.companyName ?? deal.id}</strong>
        <span className="money">{money(deal)}</span>
        <span className={`status ${reviewStatus ?? ''}`}>{labelOf('ReviewStatus', reviewStatus)}</span>
        <span className="date">closes {targetCloseDate ?? '—'}</span>
      </button>
    </li>
  );
}

/** Calls back when it is scrolled into view. */
function Sentinel({ onSeen }: { onSeen(): void }) {
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onSeen(), {
      root: place.current?.closest('ul') ?? null,
      rootMargin: '200px',
    });
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  });
  return (
    <li ref={place} className="hint">
      Loading…
    </li>
  );
}

function Column({ stage, onOpen }: { stage: Stage; onOpen(id: string): void }) {
  const { labelOf } = useEnums();
  const { data, error, loading, fetchMore, refetch } = useQuery(Pipeline, {
    variables: { stages: [stage] },
    ...partialData,
  });
  const { edges = [], pageInfo } = data?.opportunities ?? {};
  const deals = edges.flatMap(({ node }) => node ?? []);
  const message = errorMessage(error);
  const more = () => void fetchMore({ variables: { after: pageInfo?.endCursor ?? null } }).catch(() => {});
  return (
    <section className="column" aria-labelledby={stage}>
      <h2 id={stage}>
        {labelOf('Stage', stage)}{' '}
        <span className="count">
          {deals.length}
          {pageInfo?.hasNextPage ? '+' : ''}
        </span>
      </h2>
      <ul>
        {deals.map((deal) => (
          <Card key={deal.id} deal={deal} onOpen={onOpen} />
        ))}
        {loading && <li className="hint">Loading…</li>}
        {message && (
          <li className="hint">
            {message}{' '}
            <button type="button" onClick={() => void refetch()}>
              Try again
            </button>
          </li>
        )}
        {!loading && !message && pageInfo?.hasNextPage && <Sentinel onSeen={more} />}
        {!loading && !message && deals.length === 0 && <li className="hint">No opportunities</li>}
      </ul>
    </section>
  );
}

/** The pipeline by stage. Each column is a separate list, which loads more on scrolling. */
export function Board({ onOpen }: { onOpen(id: string): void }) {
  return (
    <div className="board">
      {stages.map((stage) => (
        <Column key={stage} stage={stage} onOpen={onOpen} />
      ))}
    </div>
  );
}
