import { createOrder, type Order, type Position, type Visitor } from './order.ts';
import { type Opportunity, type Row, type SortName, sortNames, toRow } from './record.ts';

/** Which rows to visit, in which order, and after which position. */
export type Listing = {
  readonly catalog: string;
  readonly by: SortName;
  readonly descending: boolean;
  readonly after: Position | undefined;
};

/** All records of one account, by catalog and id. */
export type Store = {
  get(catalog: string, id: string): Opportunity | undefined;
  put(record: Opportunity): void;
  /** Takes a record away; undefined if there is none. */
  remove(catalog: string, id: string): Opportunity | undefined;
  all(): Opportunity[];
  /** Passes the rows of a catalog, in order, to `visitor` until it returns false. */
  visit(listing: Listing, visitor: Visitor): void;
  /** The ids of a catalog's records that have this partner identifier. */
  holders(catalog: string, partnerIdentifier: string): Iterable<string>;
};

type Catalog = {
  rows: Map<string, Row>;
  orders: Record<SortName, Order>;
  holders: Map<string, Set<string>>;
};

/** `onWrite` is called before every write and removal, with the previous record. */
export function createStore(onWrite: (record: Opportunity, before: Opportunity | undefined) => void): Store {
  const catalogs = new Map<string, Catalog>();

  function catalogOf(name: string): Catalog {
    const known = catalogs.get(name);
    if (known) return known;
    const orders = Object.fromEntries(sortNames.map((by) => [by, createOrder(by)])) as Catalog['orders'];
    const fresh = { rows: new Map(), orders, holders: new Map() };
    catalogs.set(name, fresh);
    return fresh;
  }

  return {
    get: (catalog, id) => catalogs.get(catalog)?.rows.get(id)?.record,
    all: () => [...catalogs.values()].flatMap(({ rows }) => [...rows.values()].map((row) => row.record)),
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
    },
    remove: (catalog, id) => {
      const { rows, orders, holders } = catalogOf(catalog);
      const old = rows.get(id);
      if (!old) return undefined;
      onWrite(old.record, old.record);
      rows.delete(id);
      for (const order of Object.values(orders)) order.remove(old);
      forgetIdentifier(holders, old.record);
      return old.record;
    },
    visit: ({ catalog, by, descending, after }, visitor) =>
      catalogs.get(catalog)?.orders[by].visit(descending, after, visitor),
    holders: (catalog, identifier) => catalogs.get(catalog)?.holders.get(identifier) ?? [],
  };
}

function forgetIdentifier(
  holders: Catalog['holders'],
  { Id, PartnerOpportunityIdentifier: identifier }: Opportunity,
): void {
  if (typeof identifier === 'string') holders.get(identifier)?.delete(Id);
}

function indexIdentifier(
  holders: Catalog['holders'],
  old: Opportunity | undefined,
  record: Opportunity,
): void {
  const [before, after] = [old?.PartnerOpportunityIdentifier, record.PartnerOpportunityIdentifier];
  if (before === after) return;
  if (old) forgetIdentifier(holders, old);
  if (typeof after === 'string') holders.set(after, (holders.get(after) ?? new Set()).add(record.Id));
}
