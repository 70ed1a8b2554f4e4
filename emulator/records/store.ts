import { createOrder, type Order, type Position, type Visitor } from './order.ts';
import { type Opportunity, type Row, type SortName, sortNames, toRow } from './record.ts';

/** Which rows, in which order, from where on. */
export type Listing = {
  readonly catalog: string;
  readonly by: SortName;
  readonly descending: boolean;
  readonly after: Position | undefined;
};

/** All records, by catalog and id. */
export type Store = {
  get(catalog: string, id: string): Opportunity | undefined;
  put(record: Opportunity): void;
  all(): Opportunity[];
  clear(): void;
  /** A number that no record of any catalog has had. */
  nextId(): string;
  /** Keeps an id from being given out, for a record that exists and is not here yet. */
  reserve(id: string): void;
  /** Shows the rows of a catalog in order, from the first after `after`, for as long as `see` says so. */
  visit(listing: Listing, visitor: Visitor): void;
  /** The ids of a catalog that go by an identifier of the partner's. */
  holders(catalog: string, partnerIdentifier: string): Iterable<string>;
};

type Catalog = {
  rows: Map<string, Row>;
  orders: Record<SortName, Order>;
  holders: Map<string, Set<string>>;
};

/** Ids that the emulator gives out begin here, well away from the seed's. */
const firstNumber = 6_000_000;

/** `replaced` hears of every write, with the record that was there before. */
export function createStore(onWrite: (record: Opportunity, before: Opportunity | undefined) => void): Store {
  const catalogs = new Map<string, Catalog>();
  let lastNumber = firstNumber;

  function catalogOf(name: string): Catalog {
    const known = catalogs.get(name);
    if (known) return known;
    const orders = Object.fromEntries(sortNames.map((by) => [by, createOrder(by)])) as Catalog['orders'];
    const fresh = { rows: new Map(), orders, holders: new Map() };
    catalogs.set(name, fresh);
    return fresh;
  }

  function reserve(id: string): void {
    const number = Number(id.slice(1));
    if (Number.isSafeInteger(number)) lastNumber = Math.max(lastNumber, number);
  }

  return {
    reserve,
    get: (catalog, id) => catalogs.get(catalog)?.rows.get(id)?.record,
    all: () => [...catalogs.values()].flatMap(({ rows }) => [...rows.values()].map((row) => row.record)),
    clear: () => {
      catalogs.clear();
      lastNumber = firstNumber;
    },
    nextId: () => {
      lastNumber += 1;
      return `O${lastNumber}`;
    },
    put: (record) => {
      const { rows, orders, holders } = catalogOf(record.Catalog);
      const row = toRow(record);
      const old = rows.get(record.Id);
      onWrite(record, old?.record);
      rows.set(record.Id, row);
      for (const order of Object.values(orders)) {
        if (old) order.remove(old);
        order.insert(row);
      }
      indexIdentifier(holders, old?.record, row.record);
      reserve(record.Id);
    },
    visit: ({ catalog, by, descending, after }, visitor) =>
      catalogs.get(catalog)?.orders[by].visit(descending, after, visitor),
    holders: (catalog, identifier) => catalogs.get(catalog)?.holders.get(identifier) ?? [],
  };
}

function indexIdentifier(
  holders: Catalog['holders'],
  old: Opportunity | undefined,
  record: Opportunity,
): void {
  const [before, after] = [old?.PartnerOpportunityIdentifier, record.PartnerOpportunityIdentifier];
  if (before === after) return;
  if (typeof before === 'string') holders.get(before)?.delete(record.Id);
  if (typeof after === 'string') holders.set(after, (holders.get(after) ?? new Set()).add(record.Id));
}
