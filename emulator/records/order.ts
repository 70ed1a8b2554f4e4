import type { Row, SortName } from './record.ts';

/** Where a page starts: after this key, and within equal keys after this id. */
export type Position = { key: string; id: string };

/** Rows ordered by one key. Every write keeps them in order, so that no list has to sort. */
export type Order = {
  insert(row: Row): void;
  remove(row: Row): void;
  /** Passes the rows after `after` to `visitor` until it returns false. */
  visit(descending: boolean, after: Position | undefined, visitor: Visitor): void;
};

/** Returns whether to continue. */
export type Visitor = (row: Row) => boolean;

export function createOrder(by: SortName): Order {
  const sorted: Row[] = [];
  return {
    insert: (row) => {
      sorted.splice(place(sorted, positionOf(row, by), by), 0, row);
    },
    remove: (row) => {
      sorted.splice(place(sorted, positionOf(row, by), by), 1);
    },
    // A plain loop over a plain array, to be fast even before V8 has compiled it.
    visit: (descending, after, visitor) => {
      const start = after ? place(sorted, after, by) : descending ? sorted.length : 0;
      if (descending) for (let i = start - 1; i >= 0 && visitor(sorted[i] as Row); i--);
      else {
        const first = sorted[start];
        const seen =
          after !== undefined && first !== undefined && comparePositions(positionOf(first, by), after) === 0;
        for (let i = seen ? start + 1 : start; i < sorted.length && visitor(sorted[i] as Row); i++);
      }
    },
  };
}

export const positionOf = (row: Row, by: SortName): Position => ({ key: row.keys[by], id: row.record.Id });

export function comparePositions(a: Position, b: Position): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

/** The first index whose row is not before `at`. */
function place(sorted: readonly Row[], at: Position, by: SortName): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comparePositions(positionOf(sorted[middle] as Row, by), at) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
