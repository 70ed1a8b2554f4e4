import { useEffect } from 'react';
import { amountOf, day, isOverdue, money } from '../shell/format.ts';
import { Link } from '../shell/router.tsx';
import { ReviewStatus } from '../shell/status.tsx';
import type { Deal } from './documents.ts';

type CardProps = { deal: Deal; isMoved: boolean; onMove(deal: Deal): void };

/** A deal on the board: a link to its page, which can be dragged to another stage or moved with its button. */
export function Card({ deal, isMoved, onMove }: CardProps) {
  // A moved card is another element, in another column: it takes the focus along.
  useEffect(() => {
    if (isMoved) document.getElementById(deal.id)?.focus();
  }, [isMoved, deal.id]);
  const { reviewStatus, targetCloseDate } = deal.lifeCycle ?? {};
  const name = deal.customer?.account?.companyName ?? deal.id;
  return (
    <li
      className="card"
      draggable
      onDragStart={({ dataTransfer }) => dataTransfer.setData('text/plain', deal.id)}
    >
      <Link id={deal.id} href={`/opportunities/${deal.id}`} draggable={false}>
        <strong>{name}</strong>
        <span className="money">{money(amountOf(deal))}</span>
        <span className={isOverdue(deal) ? 'date overdue' : 'date'}>
          {targetCloseDate && (
            <span className="for-screen-readers">{isOverdue(deal) ? 'Overdue since ' : 'Closes '}</span>
          )}
          {day(targetCloseDate) || 'No close date'}
        </span>
        <ReviewStatus value={reviewStatus} />
      </Link>
      <button
        type="button"
        className="quiet"
        aria-label={`Move ${name}`}
        title="Move to another stage"
        onClick={() => onMove(deal)}
      >
        ⇄
      </button>
    </li>
  );
}
