import { ApiError, businessInvalid, notFound, type Violation } from '../errors.ts';
import { type JsonObject, withValue } from '../json.ts';
import type { Opportunity } from '../records/record.ts';
import { solutionOf } from '../seed/solutions.ts';
import type { Settings } from '../settings.ts';
import { fault, listAt, textAt } from './rule.ts';
import { hasSolution } from './stage.ts';

/** How many entities of a type an opportunity can have. AWS: quotas; associating opportunities. */
const caps: Readonly<Record<string, number>> = {
  AwsProducts: 20,
  Solutions: 10,
  AwsMarketplaceSolutions: 10,
  AwsMarketplaceProducts: 10,
  AwsMarketplaceOffers: 1,
  AwsMarketplaceOfferSets: 1,
};

/** What an identifier of a type looks like. AWS: the service model; for products, of which there are hundreds, a guess. */
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

const refuse = (code: string, path: string, message: string): never => {
  throw businessInvalid([fault(code, path, message)]);
};

/** Whether an entity may be associated; `false` when it already is and nothing more is to be done. */
export function mayAssociate(
  association: Association,
  settings: Settings,
  elsewhere: (offer: string) => string | undefined,
): boolean {
  const { type, id } = association;
  const path = `RelatedEntityIdentifiers.${type}`;
  holdToState(association, settings);
  if (!forms[type]?.test(id))
    refuse('INVALID_VALUE', 'RelatedEntityIdentifier', `${id} is not an identifier of ${type}`);
  if (type === 'Solutions' && solutionOf(id) === undefined) throw notFound(id);
  const associated = associatedOf(association);
  if (listAt(associated, type).includes(id)) return duplicate(association, settings);
  if (offers.includes(type)) {
    const other = offers.find((one) => one !== type && listAt(associated, one).length > 0);
    if (other !== undefined)
      refuse('INVALID_VALUE', path, 'An opportunity has one offer or one offer set, not both');
    const holder = elsewhere(id);
    if (holder !== undefined)
      refuse('DUPLICATE_KEY_VALUE', path, `This offer belongs to opportunity ${holder}`);
  }
  if (listAt(associated, type).length >= (caps[type] ?? 0))
    refuse('TOO_MANY_VALUES', path, `An opportunity has at most ${caps[type]} of ${type}`);
  return true;
}

/** Whether an entity may be taken away again. */
export function holdToDissociation(association: Association, settings: Settings): void {
  const { type, id, record } = association;
  holdToState(association, settings);
  const associated = associatedOf(association);
  if (!listAt(associated, type).includes(id)) throw notFound(id);
  const stage = textAt(record, 'LifeCycle.Stage');
  const rest = listAt(associated, type).filter((one) => one !== id);
  const left = withValue(associated, [type], rest);
  if ((stage === 'Committed' || stage === 'Launched') && hasSolution(associated) && !hasSolution(left))
    refuse(
      'ACTION_NOT_PERMITTED',
      `RelatedEntityIdentifiers.${type}`,
      `Stage ${stage} needs a solution; associate another one first`,
    );
}

/** Offers of a lost deal stay as they are. AWS: the data model on offers. */
function holdToState({ type, record }: Association, { associateUnderReview }: Settings): void {
  const path = `RelatedEntityIdentifiers.${type}`;
  const status = textAt(record, 'LifeCycle.ReviewStatus');
  if (offers.includes(type) && textAt(record, 'LifeCycle.Stage') === 'Closed Lost')
    refuse('ACTION_NOT_PERMITTED', path, 'Offers cannot be changed once the opportunity is Closed Lost');
  if (associateUnderReview === 'refuse' && (status === 'Submitted' || status === 'In review'))
    refuse('ACTION_NOT_PERMITTED', path, `${type} cannot be changed while the opportunity is ${status}`);
}

function duplicate({ type, id }: Association, { duplicateAssociation }: Settings): boolean {
  if (duplicateAssociation === 'ignore') return false;
  const message = `${id} is associated already`;
  if (duplicateAssociation === 'conflict') throw new ApiError('ConflictException', message);
  const violation: Violation = fault('DUPLICATE_KEY_VALUE', `RelatedEntityIdentifiers.${type}`, message);
  throw businessInvalid([violation]);
}
