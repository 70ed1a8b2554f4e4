/** The entities that an opportunity can be associated with: their kinds, the forms of their ids, and how many. */
import type { Input } from '../upstream/operations.ts';
import type { OpportunityRecord } from '../upstream/wire.ts';
import { quoted } from './bad-input.ts';
import { labelOf } from './labels.ts';
import type { Violation } from './violation.ts';

/** AWS's name of a kind of entity, such as `Solutions`. */
export type EntityType = Input<'AssociateOpportunity'>['relatedEntityType'];

/** What an opportunity is to be associated with. Absent keeps what there is; null and an empty list remove all. */
export type TargetAssociations = {
  solutions?: readonly string[] | null | undefined;
  awsProducts?: readonly string[] | null | undefined;
  awsMarketplaceSolutions?: readonly string[] | null | undefined;
  awsMarketplaceProducts?: readonly string[] | null | undefined;
  awsMarketplaceOffer?: string | null | undefined;
  awsMarketplaceOfferSet?: string | null | undefined;
};

/** The part of a record that decides. */
export type AssociatedRecord = Pick<OpportunityRecord, 'relatedEntityIdentifiers' | 'lifeCycle'>;

/** What AWS takes of one type. */
export type Kind = {
  type: EntityType;
  /** The member of a record's `relatedEntityIdentifiers`. */
  member: keyof NonNullable<OpportunityRecord['relatedEntityIdentifiers']>;
  /** The caller's field. */
  field: keyof TargetAssociations;
  /** The most entities per opportunity (developer guide, quotas), of all kinds that share a slot. */
  max: number;
  slot: 'offer' | EntityType;
  form: RegExp;
  expected: string;
};

/** A kind of which an opportunity can have several. */
const many = (
  type: EntityType,
  field: Exclude<Kind['field'], 'awsMarketplaceOffer' | 'awsMarketplaceOfferSet'>,
  max: number,
  form: RegExp,
  expected: string,
): Kind => ({ type, member: field, field, max, slot: type, form, expected });

/** A kind of offer: an opportunity has an offer or an offer set. */
const offer = (
  type: EntityType,
  field: 'awsMarketplaceOffer' | 'awsMarketplaceOfferSet',
  resource: string,
  expected: string,
): Kind => ({
  type,
  member: `${field}s`,
  field,
  max: 1,
  slot: 'offer',
  form: new RegExp(
    `^(?=.{1,255}$)arn:aws:aws-marketplace:[a-z]{1,2}-[a-z]*-\\d+:\\d{12}:AWSMarketplace/${resource}.*$`,
  ),
  expected,
});

/** The service model has no narrower pattern for Marketplace solutions and products. */
const anyArn = /^arn:.{1,251}$/;

/** Every kind, in the order in which steps are made; the patterns are the service model's. */
export const kinds: readonly Kind[] = [
  many('Solutions', 'solutions', 10, /^S-[0-9]{1,19}$/, "a solution's id such as S-1234567"),
  many(
    'AwsMarketplaceSolutions',
    'awsMarketplaceSolutions',
    10,
    anyArn,
    'the ARN of a solution in AWS Marketplace',
  ),
  many(
    'AwsMarketplaceProducts',
    'awsMarketplaceProducts',
    10,
    anyArn,
    'the ARN of a product in AWS Marketplace',
  ),
  many('AwsProducts', 'awsProducts', 20, /^.{1,255}$/s, 'the code of an AWS product, 1 to 255 characters'),
  offer('AwsMarketplaceOffers', 'awsMarketplaceOffer', 'Offer/', 'the ARN of an offer in AWS Marketplace'),
  offer(
    'AwsMarketplaceOfferSets',
    'awsMarketplaceOfferSet',
    'OfferSet/offerset-',
    'the ARN of an offer set in AWS Marketplace',
  ),
];

/** The kinds that count as a solution of the deal (developer guide, associating opportunities). */
export const solutionTypes: ReadonlySet<EntityType> = new Set([
  'Solutions',
  'AwsMarketplaceSolutions',
  'AwsMarketplaceProducts',
]);

/** The rules for a type of entity. */
export function kindOf(type: EntityType): Kind {
  const kind = kinds.find((one) => one.type === type);
  if (!kind) throw new Error(`No rule for associations of the type ${type}`);
  return kind;
}

/** Checks whether an entity of this type can be associated with one opportunity only. */
export const isOffer = (type: EntityType): boolean => kindOf(type).slot === 'offer';

/** The entities of one type that a record has. */
export function storedIds({ relatedEntityIdentifiers }: AssociatedRecord, { member }: Kind): string[] {
  return [...new Set(relatedEntityIdentifiers?.[member] ?? [])];
}

/** The entities of one type that a caller asks for; undefined if they are to stay as they are. */
export function targetIds(target: TargetAssociations, { field }: Kind): string[] | undefined {
  const value = target[field];
  if (value === undefined) return undefined;
  return [...new Set(typeof value === 'string' ? [value] : (value ?? []))];
}

/** Checks whether a record has an association. */
export function isAssociated(record: AssociatedRecord, type: EntityType, id: string): boolean {
  return storedIds(record, kindOf(type)).includes(id);
}

/** The field of an opportunity that has the entities of a kind. */
export const memberPath = ({ member }: Kind): string => `relatedEntityIdentifiers.${member}`;

/** The violation of an id's form; undefined if AWS could have such an entity. */
export function checkEntityId(type: EntityType, id: string, path: readonly string[]): Violation | undefined {
  const kind = kindOf(type);
  if (kind.form.test(id)) return undefined;
  const message = `${labelOf(path)} must be ${kind.expected}; got ${quoted(id)}.`;
  return { path: [...path], field: memberPath(kind), code: 'INVALID_STRING_FORMAT', message };
}

/** The place of an entity in what a caller asks for: its own, or that of the list that lacks it. */
export function placeOf(
  type: EntityType,
  id: string,
  target: TargetAssociations,
): { path: string[]; field: string } {
  const kind = kindOf(type);
  const value = target[kind.field];
  const index = Array.isArray(value) ? value.indexOf(id) : -1;
  return { path: index < 0 ? [kind.field] : [kind.field, String(index)], field: memberPath(kind) };
}
