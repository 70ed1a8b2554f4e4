import { ApiError, businessInvalid, notFound } from '../errors.ts';
import { type JsonObject, withValue } from '../json.ts';
import type { Opportunity } from '../records/record.ts';
import type { Solution } from '../seed/solutions.ts';
import type { Settings } from '../settings.ts';
import { listAt, stringAt, violation } from './rule.ts';
import { hasSolution } from './stage.ts';

/** The maximum number of entities per type. AWS: quotas; associating opportunities. */
const caps: Readonly<Record<string, number>> = {
  AwsProducts: 20,
  Solutions: 10,
  AwsMarketplaceSolutions: 10,
  AwsMarketplaceProducts: 10,
  AwsMarketplaceOffers: 1,
  AwsMarketplaceOfferSets: 1,
};

/** The format of identifiers, by type. AWS: the service model; for products, of which there are hundreds, a guess. */
const forms: Readonly<Record<string, RegExp>> = {
  Solutions: /^S-[0-9]{1,19}$/,
  AwsProducts: /^[A-Za-z0-9]+$/,
  AwsMarketplaceOffers: /^arn:aws:aws-marketplace:[a-z]{1,2}-[a-z]*-\d+:\d{12}:AWSMarketplace\/Offer\/.*$/,
  AwsMarketplaceOfferSets:
    /^arn:aws:aws-marketplace:[a-z]{1,2}-[a-z]*-\d+:\d{12}:AWSMarketplace\/OfferSet\/offerset-.*$/,
  AwsMarketplaceSolutions: /^arn:.*$/,
  AwsMarketplaceProducts: /^arn:.*$/,
};

const offers = ['AwsMarketplaceOffers', 'AwsMarketplaceOfferSets'];

export type Association = { readonly type: string; readonly id: string; readonly record: Opportunity };

export const associatedOf = ({ record }: Association): JsonObject =>
  (record.RelatedEntityIdentifiers ?? {}) as JsonObject;

const throwViolation = (code: string, path: string, message: string): never => {
  throw businessInvalid([violation(code, path, message)]);
};

/** Queries of the rules about what else the partner has. */
export type Portfolio = {
  readonly solutions: readonly Solution[];
  /** The opportunity that has an offer. */
  holderOf(offer: string): string | undefined;
};

/** Whether an entity still has to be associated, or already is. Throws if it may not be. */
export function needsAssociating(
  association: Association,
  settings: Settings,
  portfolio: Portfolio,
): boolean {
  const { type, id } = association;
  const path = `RelatedEntityIdentifiers.${type}`;
  assertEditable(association, settings);
  if (!forms[type]?.test(id))
    throwViolation('INVALID_VALUE', 'RelatedEntityIdentifier', `${id} is not an identifier of ${type}`);
  assertOffered(association, portfolio.solutions);
  const associated = associatedOf(association);
  if (listAt(associated, type).includes(id)) {
    assertDuplicatesIgnored(association, settings);
    return false;
  }
  if (offers.includes(type)) {
    const other = offers.find((one) => one !== type && listAt(associated, one).length > 0);
    if (other !== undefined)
      throwViolation('INVALID_VALUE', path, 'An opportunity can have one offer or one offer set, not both');
    const holder = portfolio.holderOf(id);
    if (holder !== undefined)
      throwViolation(
        'DUPLICATE_KEY_VALUE',
        path,
        `This offer is already associated with opportunity ${holder}`,
      );
  }
  if (listAt(associated, type).length >= (caps[type] ?? 0))
    throwViolation('TOO_MANY_VALUES', path, `An opportunity can have at most ${caps[type]} ${type}`);
  return true;
}

/**
 * A solution must be the partner's own, and active; so must its listing in AWS Marketplace. No operation lists other
 * listings, which are therefore not checked. AWS: associating opportunities.
 */
function assertOffered({ type, id }: Association, solutions: readonly Solution[]): void {
  const known = solutions.find((one) =>
    type === 'AwsMarketplaceSolutions' ? one.AwsMarketplaceSolutionArn === id : one.Id === id,
  );
  if (type === 'Solutions' && !known) throw notFound(id);
  if (known && known.Status !== 'Active')
    throwViolation('INVALID_VALUE', 'RelatedEntityIdentifier', `${id} is ${known.Status}, not Active`);
}

/** Whether an entity still has to be disassociated. Throws if it may not be. */
export function needsDisassociating(association: Association, settings: Settings): boolean {
  const { type, id, record } = association;
  assertEditable(association, settings);
  const associated = associatedOf(association);
  if (!listAt(associated, type).includes(id)) {
    if (settings.missingAssociation === 'ignore') return false;
    throw notFound(id);
  }
  const stage = stringAt(record, 'LifeCycle.Stage');
  const rest = listAt(associated, type).filter((one) => one !== id);
  const left = withValue(associated, [type], rest);
  if ((stage === 'Committed' || stage === 'Launched') && hasSolution(associated) && !hasSolution(left))
    throwViolation(
      'ACTION_NOT_PERMITTED',
      `RelatedEntityIdentifiers.${type}`,
      `Stage ${stage} requires a solution; associate another one first`,
    );
  return true;
}

/** Offers of a lost deal are locked. AWS: the data model on offers. */
function assertEditable({ type, record }: Association, { associateUnderReview }: Settings): void {
  const path = `RelatedEntityIdentifiers.${type}`;
  const status = stringAt(record, 'LifeCycle.ReviewStatus');
  if (offers.includes(type) && stringAt(record, 'LifeCycle.Stage') === 'Closed Lost')
    throwViolation(
      'ACTION_NOT_PERMITTED',
      path,
      'Offers cannot be changed once the opportunity is Closed Lost',
    );
  if (associateUnderReview === 'refuse' && (status === 'Submitted' || status === 'In review'))
    throwViolation(
      'ACTION_NOT_PERMITTED',
      path,
      `${type} cannot be changed while the opportunity is ${status}`,
    );
}

function assertDuplicatesIgnored({ type, id }: Association, { duplicateAssociation }: Settings): void {
  if (duplicateAssociation === 'ignore') return;
  const message = `${id} is already associated`;
  if (duplicateAssociation === 'conflict') throw new ApiError('ConflictException', message);
  throwViolation('DUPLICATE_KEY_VALUE', `RelatedEntityIdentifiers.${type}`, message);
}
