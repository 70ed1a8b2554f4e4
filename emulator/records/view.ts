import type { Clock } from '../clock.ts';
import type { Settings } from '../settings.ts';
import { comparePositions, type Position, positionOf, type Visitor } from './order.ts';
import { type Opportunity, toRow } from './record.ts';
import type { Listing, Store } from './store.ts';

/** The store as readers see it: with the lag of the settings. */
export type View = {
  get(catalog: string, id: string): Opportunity | undefined;
  visit(listing: Listing, visitor: Visitor): void;
  /** Must be called for every write, with the previous record. */
  recordWrite(record: Opportunity, before: Opportunity | undefined): void;
};

type Write = { at: number; catalog: string; id: string; before: Opportunity | undefined };

export function createView(store: () => Store, clock: Clock, settings: Settings): View {
  let writes: Write[] = [];

  /** The records written within the lag, as they were before the first of those writes. */
  function earlier(catalog: string, lag: number): Map<string, Opportunity | undefined> {
    const found = new Map<string, Opportunity | undefined>();
    if (lag === 0) return found;
    const since = clock.now() - lag;
    for (const write of writes)
      if (write.at > since && write.catalog === catalog && !found.has(write.id))
        found.set(write.id, write.before);
    return found;
  }

  return {
    get: (catalog, id) => {
      const past = earlier(catalog, settings.readLagMs);
      return past.has(id) ? past.get(id) : store().get(catalog, id);
    },
    visit: (listing, visitor) => {
      const past = earlier(listing.catalog, settings.listLagMs);
      if (past.size === 0) store().visit(listing, visitor);
      else overlay(store(), past, listing, visitor);
    },
    recordWrite: ({ Catalog: catalog, Id: id }, before) => {
      const longest = Math.max(settings.readLagMs, settings.listLagMs);
      const at = clock.now();
      // Without a lag this is never read, and a benchmark would pay for it.
      if (longest === 0) writes = writes.length === 0 ? writes : [];
      else writes = [...writes.filter((write) => write.at > at - longest), { at, catalog, id, before }];
    },
  };
}

/** Visits the rows with some of them as they were: each in the place it had then, or not at all. */
function overlay(
  store: Store,
  past: Map<string, Opportunity | undefined>,
  listing: Listing,
  visitor: Visitor,
): void {
  const { by, descending, after } = listing;
  const sign = descending ? -1 : 1;
  const compare = (a: Position, b: Position) => sign * comparePositions(a, b);
  const rows = [...past.values()]
    .filter((record) => record !== undefined)
    .map(toRow)
    .filter((row) => !after || compare(positionOf(row, by), after) > 0);
  store.visit(listing, (row) => {
    if (!past.has(row.record.Id)) rows.push(row);
    return true;
  });
  rows.sort((a, b) => compare(positionOf(a, by), positionOf(b, by))).every(visitor);
}
