/** Look-up by the partner's own identifier, for which AWS has no filter. */
import type { OpportunitySummary } from '../upstream/wire.ts';
import type { Coalescer } from './coalesce.ts';
import type { RequestScope } from './in-flight.ts';
import type { IndexReader } from './index-reader.ts';
import type { OpportunityIndex } from './opportunity-index.ts';
import type { Sightings } from './sightings.ts';

export type IdentifierTools = {
  /** @throws Fault INDEX_OFF or INDEX_BUILDING */
  index(): OpportunityIndex;
  reader: IndexReader | undefined;
  sightings: Sightings;
  coalescer: Coalescer;
  scope: RequestScope;
};

/** An opportunity that has the identifier; without a summary if it was just created here, and AWS does not list it yet. */
export type Found = { id: string; summary?: OpportunitySummary };

export function createFindByIdentifier({ index, reader, sightings, coalescer, scope }: IdentifierTools) {
  /** The opportunity that the index has, if AWS confirms it. */
  async function prove(identifier: string): Promise<Found | undefined> {
    const id = index().idOf(identifier);
    if (id === undefined) return undefined;
    const found = await coalescer.lookUp(id, scope);
    const [summary] = sightings.note(found ? [found] : [], { asked: [id] });
    if (summary) return summary.partnerOpportunityIdentifier === identifier ? { id, summary } : undefined;
    return index().get(id) ? undefined : { id };
  }

  /**
   * The opportunity with this identifier. One call proves it; if the index has none, one call reads what has changed in the
   * meantime.
   *
   * @throws Fault
   */
  return async (identifier: string): Promise<Found | undefined> => {
    const proven = await prove(identifier);
    if (proven) return proven;
    await reader?.poll(scope.send);
    const id = index().idOf(identifier);
    const row = id === undefined ? undefined : index().get(id);
    return row && { id: row.summary.id, summary: row.summary };
  };
}
