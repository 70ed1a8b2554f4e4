import { type Opportunity, type Row, type SortName, toRow } from './record.ts';

/** Where a page of a list begins: after this key, and within equal keys after this id. */
export type Position = { key: string; id: string };

/** All records, by catalog and id, with an order per sort key that is kept up to date rather than sorted anew. */
export type Store = {
  get(catalog: string, id: string): Opportunity | undefined;
  put(record: Opportunity): void;
  all(): Opportunity[];
  clear(): void;
  /** A number that no record of any catalog has had. */
  nextId(): string;
  /** The rows of a catalog in order, from the first after `after`. */
  rows(catalog: string, by: SortName, descending: boolean, after?: Position): Iterable<Row>;
};

/** Ids that the emulator gives out begin here, well away from the seed's. */
const FIRST_ID = 6_000_000;

export function createStore(): Store {
  const catalogs = new Map<string, Map<string, Row>>();
  const orders = new Map<string, Row[]>();
  let lastNumber = FIRST_ID;

  function order(catalog: string, by: SortName): Row[] {
    const name = `${catalog}/${by}`;
    const known = orders.get(name);
    if (known) return known;
    const sorted = [...(catalogs.get(catalog)?.values() ?? [])].sort((a, b) => compare(a, b, by));
    orders.set(name, sorted);
    return sorted;
  }

  return {
    get: (catalog, id) => catalogs.get(catalog)?.get(id)?.record,
    all: () => [...catalogs.values()].flatMap((rows) => [...rows.values()].map((row) => row.record)),
    clear: () => {
      catalogs.clear();
      orders.clear();
      lastNumber = FIRST_ID;
    },
    nextId: () => {
      lastNumber += 1;
      return `O${lastNumber}`;
    },
    put: (record) => {
      const row = toRow(record);
      const rows = catalogs.get(record.Catalog) ?? new Map<string, Row>();
      catalogs.set(record.Catalog, rows);
      const old = rows.get(record.Id);
      rows.set(record.Id, row);
      for (const [name, sorted] of orders) {
        const [catalog, by] = name.split('/') as [string, SortName];
        if (catalog !== record.Catalog) continue;
        if (old) sorted.splice(place(sorted, positionOf(old, by), by), 1);
        sorted.splice(place(sorted, positionOf(row, by), by), 0, row);
      }
      const number = Number(record.Id.slice(1));
      if (Number.isSafeInteger(number)) lastNumber = Math.max(lastNumber, number);
    },
    *rows(catalog, by, descending, after) {
      const sorted = order(catalog, by);
      const start = after === undefined ? (descending ? sorted.length : 0) : place(sorted, after, by);
      if (descending) for (let i = start - 1; i >= 0; i--) yield sorted[i] as Row;
      else {
        const first = sorted[start];
        const seen =
          after !== undefined && first !== undefined && comparePositions(positionOf(first, by), after) === 0;
        for (let i = seen ? start + 1 : start; i < sorted.length; i++) yield sorted[i] as Row;
      }
    },
  };
}

export const positionOf = (row: Row, by: SortName): Position => ({ key: row.keys[by], id: row.record.Id });

const compare = (a: Row, b: Row, by: SortName): number =>
  comparePositions(positionOf(a, by), positionOf(b, by));

function comparePositions(a: Position, b: Position): number {
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
