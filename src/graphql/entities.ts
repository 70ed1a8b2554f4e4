/** `_entities`, by which routers fetch opportunities: each representation stands for itself, so that a bad one harms no other. */
import { type GraphQLSchema, isUnionType } from 'graphql';
import { assertOpportunityId } from '../domain/ids.ts';
import { Fault } from '../fault.ts';
import type { OpportunityRecord } from '../upstream/records.ts';
import type { Context } from './context.ts';

/** What a router sends for an opportunity: one of its keys. */
export type OpportunityReference = { id?: unknown; arn?: unknown };

/** The last part of an opportunity's ARN, as AWS documents it for IAM: `catalog/<Catalog>/opportunity/<Id>`. */
const arnForm = /^arn:[\w-]+:partnercentral:[\w-]*:\d*:catalog\/\w+\/opportunity\/(O[0-9]{1,19})$/;

/**
 * The opportunity that a representation names; null when AWS knows none. AWS looks up by id only, so an ARN is read for
 * its id, and what is found has to have that very ARN: another catalog's or account's opportunity is not it.
 *
 * @throws Fault BAD_USER_INPUT when it names none
 */
export async function findOpportunity(
  { id, arn }: OpportunityReference,
  loader: Context['loaders']['opportunity'],
): Promise<OpportunityRecord | null> {
  if (typeof id === 'string') {
    assertOpportunityId(id);
    return loader.load(id);
  }
  const [, named] = (typeof arn === 'string' && arnForm.exec(arn)) || [];
  if (!named)
    throw new Fault(
      'BAD_USER_INPUT',
      `representation: got ${arn === undefined ? 'no key' : `arn ${JSON.stringify(arn)}`}, wanted an id such as O1234567 or an opportunity's ARN`,
    );
  const record = await loader.load(named);
  return record?.arn === arn ? record : null;
}

/**
 * Has every representation resolved by itself. The library throws for the whole field when one names a type that is no
 * entity here, and its siblings were lost; now it is an error at its own place in the list.
 */
export function separateEntities(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()._entities;
  const union = schema.getType('_Entity');
  const resolve = field?.resolve;
  if (!field || !resolve || !isUnionType(union)) return;
  const names = union.getTypes().map(({ name }) => name);
  field.resolve = (root, { representations }: { representations: unknown[] }, context, info) =>
    representations.flatMap((representation, index) => {
      const { __typename: name } = (representation ?? {}) as { __typename?: unknown };
      if (typeof name === 'string' && names.includes(name))
        return resolve(root, { representations: [representation] }, context, info) as unknown[];
      const got = JSON.stringify(name) ?? 'no __typename';
      return new Fault(
        'BAD_USER_INPUT',
        `representations[${index}]: got ${got}, wanted an entity of this subgraph: ${names.join(', ')}`,
      );
    });
}
