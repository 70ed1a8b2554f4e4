import { useQuery } from '@apollo/client/react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import type { OpportunityFilter, Stage, TotalsQuery } from '../gql/graphql.ts';
import { money } from '../shell/format.ts';
import { usePicklists } from '../shell/picklists.ts';
import { Trouble, troubleOf } from '../shell/trouble.tsx';
import { Card } from './card.tsx';
import { type Deal, Deals } from './documents.ts';

type Bucket = NonNullable<TotalsQuery['pipeline']>[number];

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

type ColumnProps = {
  stage: Stage;
  filter: OpportunityFilter;
  /** Count and sums of the stage; undefined without the index. */
  bucket: Bucket | undefined;
  /** The deal that was moved last. */
  movedId: string | undefined;
  onMove(deal: Deal): void;
  /** The ID of a card was dropped here. */
  onDrop(id: string): void;
};

/** A stage of the pipeline: a list of its own that loads more as it is scrolled. */
export function Column({ stage, filter, bucket, movedId, onMove, onDrop }: ColumnProps) {
  const { labelOf } = usePicklists();
  const { data, error, loading, fetchMore, refetch } = useQuery(Deals, {
    variables: { filter: { ...filter, stages: [stage] } },
  });
  // `error` is only about the first page.
  const [moreError, setMoreError] = useState<unknown>();
  const [isTarget, setTarget] = useState(false);
  const { edges = [], pageInfo } = data?.opportunities ?? {};
  const deals = edges.flatMap(({ node }) => (node?.lifeCycle?.stage === stage ? node : []));
  const trouble = troubleOf(error ?? moreError);

  // The end of the list can come into view several times before the next page, or its error, is rendered.
  const asked = useRef<string>(undefined);
  async function more() {
    asked.current = pageInfo?.endCursor ?? undefined;
    const { error } = await fetchMore({
      variables: { after: pageInfo?.endCursor ?? null },
      errorPolicy: 'all',
    });
    setMoreError(error);
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setTarget(false);
    onDrop(event.dataTransfer.getData('text/plain'));
  }
  function dragOver(event: DragEvent) {
    event.preventDefault();
    setTarget(true);
  }

  const count = bucket?.count ?? `${deals.length}${pageInfo?.hasNextPage ? '+' : ''}`;
  return (
    <section
      className={isTarget ? 'column target' : 'column'}
      aria-labelledby={stage}
      onDragOver={dragOver}
      onDragLeave={() => setTarget(false)}
      onDrop={drop}
    >
      <h2 id={stage}>
        {labelOf('stages', stage)} {(bucket || pageInfo) && <span className="count">{count}</span>}
      </h2>
      <p className="sums">
        {bucket && bucket.expectedMonthlySpend.length > 0 && (
          <span>{bucket.expectedMonthlySpend.map((sum) => money(sum, 'compact')).join(' + ')} monthly</span>
        )}
        {bucket && bucket.overdue > 0 && <span className="overdue">{bucket.overdue} overdue</span>}
      </p>
      <ul>
        {deals.map((deal) => (
          <Card key={deal.id} deal={deal} isMoved={deal.id === movedId} onMove={onMove} />
        ))}
        {loading && <li className="hint">Loading…</li>}
        {trouble && (
          <li>
            <Trouble onRetry={moreError ? more : refetch}>{trouble}</Trouble>
          </li>
        )}
        {!loading && !trouble && pageInfo?.hasNextPage && (
          <Sentinel onSeen={() => asked.current !== pageInfo.endCursor && void more()} />
        )}
        {!loading && !trouble && deals.length === 0 && !pageInfo?.hasNextPage && (
          <li className="hint">No deals</li>
        )}
      </ul>
    </section>
  );
}
