import { saveOpportunity } from '../engagements/save.ts';
import { notFound } from '../errors.ts';
import { asObject, getIn, type JsonObject, withValue } from '../json.ts';
import { emptyAnswer, type Operation } from '../operation.ts';
import { withNextModified } from '../records/dates.ts';
import {
  type Association,
  associatedOf,
  needsAssociating,
  needsDisassociating,
} from '../rules/association.ts';
import { listAt } from '../rules/rule.ts';
import { solutionTypes } from '../rules/stage.ts';
import { solutionsOf } from '../seed/solutions.ts';
import { associationRequest } from '../shapes/lifecycle-requests.ts';
import type { PartnerState } from '../state.ts';

function associationOf(input: JsonObject, { store }: PartnerState): Association {
  const id = String(input.OpportunityIdentifier);
  const record = store.get(String(input.Catalog), id);
  if (!record) throw notFound(id);
  return { type: String(input.RelatedEntityType), id: String(input.RelatedEntityIdentifier), record };
}

/** Associates an entity with an opportunity. The record's date moves, although the response is empty. */
export const associateOpportunity: Operation = {
  request: associationRequest,
  kind: 'write',
  run(input, state) {
    const association = associationOf(input, state);
    const { type, id, record } = association;
    const holderOf = (offer: string) =>
      state.store
        .all()
        .find(
          (one) =>
            one.Catalog === record.Catalog && listAt(one, `RelatedEntityIdentifiers.${type}`).includes(offer),
        )?.Id;
    const portfolio = { solutions: solutionsOf(state.accountId), holderOf };
    if (!needsAssociating(association, state.settings, portfolio)) return emptyAnswer;
    const all = [...listAt(associatedOf(association), type), id];
    const associated = withValue(record, ['RelatedEntityIdentifiers', type], all);
    // An associated solution replaces the description of another one. AWS: the data model.
    const path = ['Project', 'OtherSolutionDescription'];
    const isSolution = solutionTypes.includes(type) && getIn(record, ...path) !== undefined;
    const described = isSolution ? withValue(associated, path, undefined) : associated;
    saveOpportunity(state, withNextModified({ ...record, ...described }, state));
    return emptyAnswer;
  },
};

/** Removes an associated entity. */
export const disassociateOpportunity: Operation = {
  request: associationRequest,
  kind: 'write',
  run(input, state) {
    const association = associationOf(input, state);
    const { type, id, record } = association;
    if (!needsDisassociating(association, state.settings)) return emptyAnswer;
    const rest = listAt(associatedOf(association), type).filter((one) => one !== id);
    const RelatedEntityIdentifiers = { ...asObject(record.RelatedEntityIdentifiers), [type]: rest };
    saveOpportunity(state, withNextModified({ ...record, RelatedEntityIdentifiers }, state));
    return emptyAnswer;
  },
};
