/**
 * The steps from the associations that an opportunity has to those that a caller asks for. AWS associates one entity per
 * call and has no operation that sets them all.
 */
import type { OpportunityRecord } from '../upstream/wire.ts';
import {
  type AssociatedRecord,
  checkEntityId,
  type EntityType,
  type Kind,
  kinds,
  memberPath,
  solutionTypes,
  storedIds,
  type TargetAssociations,
  targetIds,
} from './entities.ts';
import { labelOf, nameOf } from './labels.ts';
import { isEmpty } from './patch.ts';
import type { Violation } from './violation.ts';

/** One call: an entity that is associated or disassociated. */
export type AssociationStep = { action: 'ASSOCIATE' | 'DISASSOCIATE'; type: EntityType; id: string };

/** The stages at which an opportunity must have a solution (developer guide, associating opportunities). */
const firmStages: ReadonlySet<string> = new Set(['Committed', 'Launched']);

/** Ids without their form, and lists longer than AWS allows. Of a list that is too long, no more are checked. */
function checkKind(target: TargetAssociations, kind: Kind): Violation[] {
  const ids = targetIds(target, kind);
  if (!ids) return [];
  const { field, max, type } = kind;
  if (ids.length > max) {
    const message = `${labelOf([field])} must have at most ${max} entries; got ${ids.length}.`;
    return [{ path: [field], field: memberPath(kind), code: 'TOO_MANY_VALUES', message, limit: max }];
  }
  const value = target[field];
  const sent = typeof value === 'string' ? [value] : (value ?? []);
  return ids.flatMap((id) => {
    const path = typeof value === 'string' ? [field] : [field, String(sent.indexOf(id))];
    return checkEntityId(type, id, path) ?? [];
  });
}

/** What is certainly wrong with the target associations alone, before the record is known. */
export function checkAssociations(target: TargetAssociations): Violation[] {
  const { awsMarketplaceOffer: offer, awsMarketplaceOfferSet: set } = target;
  return [
    ...kinds.flatMap((kind) => checkKind(target, kind)),
    ...(!isEmpty(offer) && !isEmpty(set)
      ? [offerAndSet('awsMarketplaceOfferSet', 'awsMarketplaceOffer')]
      : []),
  ];
}

/** @param field the caller's field that cannot be met as long as there is the `other` */
function offerAndSet(
  field: 'awsMarketplaceOffer' | 'awsMarketplaceOfferSet',
  other: 'awsMarketplaceOffer' | 'awsMarketplaceOfferSet',
): Violation {
  const message =
    'An opportunity can have one offer or one offer set, not both. ' +
    `To associate the ${nameOf([field])}, set the ${nameOf([other])} to null.`;
  return { path: [field], field: `relatedEntityIdentifiers.${field}s`, code: 'INVALID_VALUE', message };
}

/** The associations that a record would have, by type. */
type Associations = ReadonlyMap<EntityType, readonly string[]>;

/** What is wrong with the target associations in view of the record's own, and of its stage. */
function checkTarget(
  target: TargetAssociations,
  before: Associations,
  after: Associations,
  stage: string | null | undefined,
): Violation[] {
  const found: Violation[] = [];
  const count = (associations: Associations, types: Iterable<EntityType>): number =>
    [...types].reduce((sum, type) => sum + (associations.get(type)?.length ?? 0), 0);

  // Asking for both is a violation of the input alone.
  const { awsMarketplaceOffer: offer, awsMarketplaceOfferSet: set } = target;
  if (
    !isEmpty(offer) !== !isEmpty(set) &&
    count(after, ['AwsMarketplaceOffers', 'AwsMarketplaceOfferSets']) > 1
  )
    found.push(
      isEmpty(set)
        ? offerAndSet('awsMarketplaceOffer', 'awsMarketplaceOfferSet')
        : offerAndSet('awsMarketplaceOfferSet', 'awsMarketplaceOffer'),
    );

  const isEmptied = count(before, solutionTypes) > 0 && count(after, solutionTypes) === 0;
  if (isEmptied && firmStages.has(stage ?? '')) {
    const emptied = kinds.find(({ type, field }) => solutionTypes.has(type) && target[field] !== undefined);
    const message = `At stage ${stage} an opportunity must keep at least one solution, AWS Marketplace solution or AWS Marketplace product.`;
    if (emptied)
      found.push({
        path: [emptied.field],
        field: memberPath(emptied),
        code: 'NOT_ENOUGH_VALUES',
        message,
        limit: 1,
      });
  }
  return found;
}

/**
 * The steps from a record's associations to the target, and what is certainly wrong with them; there are no
 * steps if anything is.
 *
 * What is right already is left alone. Entities are associated before others are disassociated, so that a firm deal
 * never loses its last solution on the way; only where AWS has no room for another entity, because the opportunity has
 * the most of its kind, or an offer where the target has an offer set, one that is not in the target goes first.
 */
export function planAssociations(
  record: AssociatedRecord,
  target: TargetAssociations,
): { steps: AssociationStep[]; violations: Violation[] } {
  const before: Associations = new Map(kinds.map((kind) => [kind.type, storedIds(record, kind)]));
  const after: Associations = new Map(
    kinds.map((kind) => [kind.type, targetIds(target, kind) ?? storedIds(record, kind)]),
  );
  const violations = [
    ...checkAssociations(target),
    ...checkTarget(target, before, after, record.lifeCycle?.stage),
  ];
  return { steps: violations.length > 0 ? [] : stepsBetween(before, after), violations };
}

function stepsBetween(before: Associations, after: Associations): AssociationStep[] {
  const differences = (from: Associations, to: Associations) =>
    kinds.flatMap((kind) => {
      const known = from.get(kind.type) ?? [];
      return (to.get(kind.type) ?? []).filter((id) => !known.includes(id)).map((id) => ({ ...kind, id }));
    });
  const missing = differences(before, after);
  const surplus = differences(after, before);
  const used = new Map<string, number>();
  for (const { type, slot } of kinds) used.set(slot, (used.get(slot) ?? 0) + (before.get(type)?.length ?? 0));

  const steps: AssociationStep[] = [];
  const step = (action: AssociationStep['action'], { type, id, slot }: Kind & { id: string }): void => {
    used.set(slot, (used.get(slot) ?? 0) + (action === 'ASSOCIATE' ? 1 : -1));
    steps.push({ action, type, id });
  };
  for (const entity of missing) {
    const isFull = (): boolean => (used.get(entity.slot) ?? 0) >= entity.max;
    for (const other of surplus.filter(({ slot }) => slot === entity.slot))
      if (isFull()) {
        surplus.splice(surplus.indexOf(other), 1);
        step('DISASSOCIATE', other);
      }
    step('ASSOCIATE', entity);
  }
  for (const entity of surplus) step('DISASSOCIATE', entity);
  return steps;
}

/**
 * Checks whether steps have AWS drop a record's description of another solution, which it does when a solution is
 * associated (field sheet of AWS's CRM integration samples).
 */
export function dropsDescription(
  record: Pick<OpportunityRecord, 'project'>,
  steps: readonly AssociationStep[],
): boolean {
  return (
    !isEmpty(record.project?.otherSolutionDescription) &&
    steps.some(({ action, type }) => action === 'ASSOCIATE' && solutionTypes.has(type))
  );
}
