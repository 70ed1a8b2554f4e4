import { notFound } from '../errors.ts';
import { asObject, dig, type JsonObject, withValue } from '../json.ts';
import { type Operation, VOID } from '../operation.ts';
import { touched } from '../records/dates.ts';
import { type Association, associatedOf, holdToDissociation, mayAssociate } from '../rules/association.ts';
import { listAt } from '../rules/rule.ts';
import { solutionTypes } from '../rules/stage.ts';
import { associationRequest } from '../shapes/lifecycle-requests.ts';
import type { World } from '../world.ts';

function associationOf(input: JsonObject, { store }: World): Association {
  const id = String(input.OpportunityIdentifier);
  const record = store.get(String(input.Catalog), id);
  if (record === undefined) throw notFound(id);
  return { type: String(input.RelatedEntityType), id: String(input.RelatedEntityIdentifier), record };
}

/** Hangs an entity on an opportunity. The record's date moves, and the empty answer does not say so. */
export const associateOpportunity: Operation = {
  request: associationRequest,
  kind: 'write',
  run(input, world) {
    const association = associationOf(input, world);
    const { type, id, record } = association;
    const holderOf = (offer: string) =>
      world.store
        .all()
        .find(
          (one) =>
            one.Catalog === record.Catalog && listAt(one, `RelatedEntityIdentifiers.${type}`).includes(offer),
        )?.Id;
    if (!mayAssociate(association, world.settings, holderOf)) return VOID;
    const all = [...listAt(associatedOf(association), type), id];
    const associated = withValue(record, ['RelatedEntityIdentifiers', type], all);
    // A solution that is there needs no description of another one. AWS: the data model.
    const path = ['Project', 'OtherSolutionDescription'];
    const isSolution = solutionTypes.includes(type) && dig(record, ...path) !== undefined;
    const described = isSolution ? withValue(associated, path, undefined) : associated;
    world.store.put(touched({ ...record, ...described }, world));
    return VOID;
  },
};

/** Takes an entity off again. */
export const disassociateOpportunity: Operation = {
  request: associationRequest,
  kind: 'write',
  run(input, world) {
    const association = associationOf(input, world);
    const { type, id, record } = association;
    holdToDissociation(association, world.settings);
    const rest = listAt(associatedOf(association), type).filter((one) => one !== id);
    const RelatedEntityIdentifiers = { ...asObject(record.RelatedEntityIdentifiers), [type]: rest };
    world.store.put(touched({ ...record, RelatedEntityIdentifiers }, world));
    return VOID;
  },
};
