import { useQuery } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import type { PipelineQuery, Stage } from './gql/graphql.ts';
import { graphql } from './gql/index.ts';
import { usePicklists } from './picklists.ts';
import { partial, troubleOf } from './trouble.ts';

/** Only what AWS's lists contain, so that a page costs one call. */
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

type Page = NonNullable<PipelineQuery['opportunities']>;
type Deal = NonNullable<Page['edges'][number]['node']>;

const stages: Stage[] = [
  'PROSPECT',
  'QUALIFIED',
  'TECHNICAL_VALIDATION',
  'BUSINESS_VALIDATION',
  'COMMITTED',
  'LAUNCHED',
  'CLOSED_LOST',
];

/** An amount to read. It is a string until here: a float is precise enough to show, not to send back. */
function money({ project }: Deal): string {
  const [spend] = project?.expectedCustomerSpend ?? [];
  if (!spend?.amount) return '';
  const { currencyCode } = spend;
  const style = currencyCode ? { style: 'currency' as const, currency: currencyCode } : {};
  return new Intl.NumberFormat('en', { ...style, maximumFractionDigits: 0 }).format(Number(spend.amount));
}

function Card({ deal, onOpen }: { deal: Deal; onOpen(id: string): void }) {
  const { labelOf } = usePicklists();
  const { reviewStatus, targetCloseDate } = deal.lifeCycle ?? {};
  return (
    <li>
      <button type="button" className="card" onClick={() => onOpen(deal.id)}>
        <strong>{deal.customer?.account?.companyName ?? deal.id}</strong>
        <span className="money">{money(deal)}</span>
        <span className={`status ${reviewStatus ?? ''}`}>{labelOf('reviewStatuses', reviewStatus)}</span>
        <span className="date">closes {targetCloseDate ?? 'some day'}</span>
      </button>
    </li>
  );
}

/** Calls back whenever its place in a list scrolls into view. */
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
  const { labelOf } = usePicklists();
  const { data, error, loading, fetchMore, refetch } = useQuery(Pipeline, {
    variables: { stages: [stage] },
    ...partial,
  });
  // `error` is only about the first page.
  const [moreError, setMoreError] = useState<unknown>();
  const { edges = [], pageInfo } = data?.opportunities ?? {};
  const deals = edges.flatMap(({ node }) => node ?? []);
  const missing = data && !data.opportunities ? 'The list could not be read.' : undefined;
  const trouble = troubleOf(error ?? moreError) ?? missing;

  // The end of the list can come into view several times before the next page, or its error, is rendered.
  const asked = useRef<string>(undefined);
  async function more() {
    asked.current = pageInfo?.endCursor ?? undefined;
    const variables = { after: pageInfo?.endCursor ?? null };
    const { error } = await fetchMore({ variables, ...partial });
    setMoreError(error);
  }
  function seen() {
    if (asked.current !== pageInfo?.endCursor) void more();
  }

  return (
    <section className="column" aria-labelledby={stage}>
      <h2 id={stage}>
        {labelOf('stages', stage)}{' '}
        {pageInfo && (
          <span className="count">
            {deals.length}
            {pageInfo.hasNextPage ? '+' : ''}
          </span>
        )}
      </h2>
      <ul>
        {deals.map((deal) => (
          <Card key={deal.id} deal={deal} onOpen={onOpen} />
        ))}
        {loading && <li className="hint">Loading…</li>}
        {trouble && (
          <li className="hint">
            {trouble}{' '}
            <button type="button" onClick={() => void (moreError ? more() : refetch())}>
              Try again
            </button>
          </li>
        )}
        {!loading && !trouble && pageInfo?.hasNextPage && <Sentinel onSeen={seen} />}
        {!loading && !trouble && deals.length === 0 && <li className="hint">Nothing here</li>}
      </ul>
    </section>
  );
}

/** The pipeline by stage. Each column is a list of its own that loads more as it is scrolled. */
export function Board({ onOpen }: { onOpen(id: string): void }) {
  return (
    <div className="board">
      {stages.map((stage) => (
        <Column key={stage} stage={stage} onOpen={onOpen} />
      ))}
    </div>
  );
}
