import { asObject, type JsonObject } from '../json.ts';
import type { Change } from '../rules/rule.ts';
import { knownMembers } from '../shapes/known-members.ts';
import { opportunity } from '../shapes/opportunity.ts';
import { structure } from '../shapes/shape.ts';
import type { PartnerState } from '../state.ts';
import type { Opportunity } from './record.ts';

const shape = structure(opportunity);
const knownPart = (record: JsonObject): JsonObject => asObject(knownMembers(shape, record));

/** A write in the form that rules check. */
export function changeOf(
  catalog: string,
  before: Opportunity | undefined,
  after: JsonObject,
  { store, clock, settings }: PartnerState,
): Change {
  return {
    catalog,
    before: before && knownPart(before),
    after: knownPart(after),
    associated: asObject(before?.RelatedEntityIdentifiers),
    others: {
      exists: (id) => store.get(catalog, id) !== undefined,
      holderOf: (identifier) => [...store.holders(catalog, identifier)].find((id) => id !== before?.Id),
    },
    now: clock.now(),
    settings,
  };
}
