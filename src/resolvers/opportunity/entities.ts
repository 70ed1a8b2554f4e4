/** The entities that an opportunity is associated with, as objects. */
import { awsProductOf, findAwsProducts } from '../../domain/aws-products.ts';
import { badInput } from '../../domain/bad-input.ts';
import { idsPerQuery } from '../../domain/cursors.ts';
import type { OpportunityRecord } from '../../upstream/wire.ts';
import type { OpportunityModel } from '../models.ts';
import type { Resolvers } from '../types.generated.ts';

type Identifiers = NonNullable<OpportunityRecord['relatedEntityIdentifiers']>;

/** The identifiers of one kind. The record is whole, because lists lack them (`loaderFor`). */
const idsOf = (record: OpportunityModel, kind: keyof Identifiers): string[] =>
  ((record as OpportunityRecord).relatedEntityIdentifiers?.[kind] ?? []).filter((id) => id !== null);

const arnsOf = (record: OpportunityModel, kind: keyof Identifiers) =>
  idsOf(record, kind).map((arn) => ({ arn }));

export const resolvers: Resolvers = {
  Query: {
    awsProducts(_root, args) {
      const { codes } = args;
      if (codes && codes.length > idsPerQuery)
        throw badInput('codes', `${codes.length} values`, `at most ${idsPerQuery}`);
      return [...findAwsProducts(args)];
    },
  },

  Opportunity: {
    solutions: (record, _args, { related }) =>
      Promise.all(idsOf(record, 'solutions').map((id) => related.solution.load(id))),
    awsProducts: (record) => idsOf(record, 'awsProducts').map(awsProductOf),
    awsMarketplaceOffers: (record) => arnsOf(record, 'awsMarketplaceOffers'),
    awsMarketplaceOfferSets: (record) => arnsOf(record, 'awsMarketplaceOfferSets'),
    awsMarketplaceSolutions: (record) => arnsOf(record, 'awsMarketplaceSolutions'),
    awsMarketplaceProducts: (record) => arnsOf(record, 'awsMarketplaceProducts'),
  },

  AwsProduct: {
    __resolveReference: ({ code }) => ({ ...awsProductOf(code) }),
  },
};
