/** The index of an account: the summary of every opportunity, so that questions about all of them need no call. */
import { compareRows, type FeedRow } from '../domain/feed.ts';
import { instantKey } from '../domain/instants.ts';
import { changedFields } from '../domain/patch.ts';
import { Fault } from '../fault.ts';
import type { OpportunitySummary } from '../upstream/wire.ts';

/** An opportunity in the index. A row is never changed, only replaced. */
export type IndexRow = FeedRow;

export type OpportunityIndex = {
  /** The row of an opportunity, which may be lost. */
  get(id: string): IndexRow | undefined;
  put(row: IndexRow): void;
  /** The opportunities that AWS shows, in no particular order. */
  summaries(): OpportunitySummary[];
  /** Every row, lost ones included, in the order of the feed. */
  inOrder(): readonly IndexRow[];
  /** The rows at or after a key, lost ones included, in the order of the feed. */
  from(key: string): readonly IndexRow[];
  /** The opportunity that has one of the partner's own identifiers. */
  idOf(partnerOpportunityIdentifier: string): string | undefined;
  /** Notes the identifier of an opportunity that was just created, and that AWS may not list yet. */
  noteCreated(id: string, partnerOpportunityIdentifier: string): void;
  /** The number of opportunities that AWS shows. */
  size(): number;
  /**
   * When AWS was last asked for changes, of which all are in here, as RFC 3339; undefined while it is still being built.
   */
  asOf: string | undefined;
};

/**
 * An index that can answer.
 *
 * @throws Fault INDEX_OFF without one, INDEX_BUILDING before it is complete
 */
export function readyIndex(
  index: OpportunityIndex | undefined,
  retryAfterMs: number,
): OpportunityIndex & { asOf: string } {
  if (!index)
    throw new Fault(
      'INDEX_OFF',
      'This needs the index of opportunities, which is off: set INDEX=on for the gateway.',
    );
  if (index.asOf === undefined) {
    const message = `The index of opportunities is being built; it has ${index.size()} so far.`;
    throw new Fault('INDEX_BUILDING', message, { retryAfterMs });
  }
  return index as OpportunityIndex & { asOf: string };
}

/** The most lost opportunities that are remembered; the oldest are dropped. */
const maxLost = 10_000;

/** The place in the feed that a version's date stands for; one without a date comes first. */
export const positionOf = ({ lastModifiedDate, createdDate }: OpportunitySummary): string =>
  instantKey(lastModifiedDate ?? createdDate ?? '');

/** The fields in which a version differs from another, besides its date. */
export const differencesBetween = (before: OpportunitySummary, after: OpportunitySummary): string[] =>
  changedFields(before, after).filter((field) => field !== 'lastModifiedDate');

/** The first place in the order of the feed at or after a key. */
function placeOf(key: string, rows: readonly IndexRow[]): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.position ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function createOpportunityIndex(): OpportunityIndex {
  /** In the order in which they were put, which is nearly that of the feed: sorting takes hardly more than a pass. */
  const rows = new Map<string, IndexRow>();
  const lost = new Set<string>();
  const idsByIdentifier = new Map<string, string>();
  let ordered: readonly IndexRow[] | undefined;

  function forgetIdentifier({ id, partnerOpportunityIdentifier: identifier }: OpportunitySummary): void {
    if (identifier && idsByIdentifier.get(identifier) === id) idsByIdentifier.delete(identifier);
  }

  function inOrder(): readonly IndexRow[] {
    ordered ??= [...rows.values()].sort(compareRows);
    return ordered;
  }

  return {
    asOf: undefined,
    get: (id) => rows.get(id),
    put(row) {
      const { id, partnerOpportunityIdentifier: identifier } = row.summary;
      const before = rows.get(id);
      if (before) forgetIdentifier(before.summary);
      rows.delete(id);
      rows.set(id, row);
      lost.delete(id);
      if (row.isLost) lost.add(id);
      else if (identifier) idsByIdentifier.set(identifier, id);
      const [oldest] = lost.size > maxLost ? lost : [];
      if (oldest !== undefined) {
        lost.delete(oldest);
        rows.delete(oldest);
      }
      ordered = undefined;
    },
    summaries: () => [...rows.values()].filter(({ isLost }) => !isLost).map(({ summary }) => summary),
    inOrder,
    from: (key) => inOrder().slice(placeOf(key, inOrder())),
    idOf: (identifier) => idsByIdentifier.get(identifier),
    noteCreated: (id, identifier) => void idsByIdentifier.set(identifier, id),
    size: () => rows.size - lost.size,
  };
}
