import { badInput, quoted } from '../../domain/bad-input.ts';
import { assertOpportunityId, idInArn } from '../../domain/ids.ts';
import type { Context } from '../../graphql/context.ts';
import type { OpportunityModel } from '../models.ts';
import type { Resolvers } from '../types.generated.ts';
import { loaderFor } from './query.ts';

/** A router's representation of an opportunity: one of its keys. */
type Reference = { id?: unknown; arn?: unknown };

/**
 * The opportunity of a representation; null if AWS has none. AWS finds opportunities by id only, so the id is taken
 * from the ARN, and the record must have that ARN: it could be another catalog's or account's opportunity.
 *
 * @throws Fault BAD_USER_INPUT if it has neither an id nor an opportunity's ARN
 */
async function findOpportunity(
  { id, arn }: Reference,
  loader: Context['loaders']['summary'],
): Promise<OpportunityModel | null> {
  if (typeof id === 'string') {
    assertOpportunityId(id);
    return loader.load(id);
  }
  const idOfArn = typeof arn === 'string' ? idInArn(arn) : undefined;
  if (!idOfArn) {
    const got = typeof arn === 'string' ? `arn ${quoted(arn)}` : 'no key';
    throw badInput('representation', got, "an id such as O1234567 or an opportunity's ARN");
  }
  const record = await loader.load(idOfArn);
  return record?.arn === arn ? record : null;
}

export const resolvers: Resolvers = {
  Opportunity: {
    async __resolveReference(reference, { loaders }, info) {
      const record = await findOpportunity(reference, loaderFor(info, loaders));
      // A copy, because @apollo/subgraph writes a `__typename` into it.
      return record && { ...record };
    },
  },
};
