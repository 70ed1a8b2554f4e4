/** What an opportunity that is made from another one has in common with it. */
import type { OpportunityRecord } from '../upstream/wire.ts';
import type { AssociationStep } from './associations.ts';
import { type AssociatedRecord, kinds, storedIds } from './entities.ts';
import { applyPatch } from './list-edits.ts';
import { writable } from './patch.ts';
import type { PlainObject } from './paths.ts';

/**
 * The content of a new opportunity, made from another one's, members that are unknown to this gateway included. Its
 * identifier and its life cycle (stage, review, next steps, dates) are not copied.
 *
 * @param overrides a merge patch to the copy
 */
export function contentOfClone(record: OpportunityRecord, overrides: PlainObject): PlainObject {
  const { partnerOpportunityIdentifier: _, lifeCycle: __, ...copied } = writable(record);
  return applyPatch(copied, overrides);
}

/** The associations of an opportunity that another one can have as well: all but the offer. */
export function copiedAssociations(record: AssociatedRecord): AssociationStep[] {
  const shared = kinds.filter(({ slot }) => slot !== 'offer');
  return shared.flatMap((kind) =>
    storedIds(record, kind).map((id) => ({ action: 'ASSOCIATE', type: kind.type, id }) as const),
  );
}
