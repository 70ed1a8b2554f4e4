import { badInput, quoted } from '../../domain/bad-input.ts';
import { assertOpportunityId, idInArn } from '../../domain/ids.ts';
import type { Context } from '../../graphql/context.ts';
import { entityOf } from '../../graphql/entities.ts';
import type { OpportunityModel } from '../models.ts';
import type { Resolvers } from '../types.generated.ts';
import { loaderFor } from './query.ts';

/** A router's representation of an opportunity: one of its keys. */
type Reference = { id?: unknown; arn?: unknown; partnerOpportunityIdentifier?: unknown };

/**
 * The opportunity of a representation; null if AWS has none. AWS finds opportunities by id only, so the id is taken
 * from the ARN, and the record must have that ARN: it could be another catalog's or account's opportunity.
 *
 * @throws Fault BAD_USER_INPUT if it has none of them, INDEX_OFF or INDEX_BUILDING for an identifier
 */
async function findOpportunity(
  { id, arn, partnerOpportunityIdentifier: identifier }: Reference,
  loader: Context['loaders']['summary'],
  context: Context,
): Promise<OpportunityModel | null> {
  if (typeof id === 'string') {
    assertOpportunityId(id);
    return loader.get(id);
  }
  if (typeof identifier === 'string') {
    const found = await context.findByIdentifier(identifier);
    return found ? loader.load(found.id) : null;
  }
  const idOfArn = typeof arn === 'string' ? idInArn(arn) : undefined;
  if (!idOfArn) {
    const got = typeof arn === 'string' ? `arn ${quoted(arn)}` : 'no key';
    throw badInput(
      'representation',
      got,
      "an id such as O1234567, an opportunity's ARN or the partner's own identifier",
    );
  }
  const record = await loader.load(idOfArn);
  return record?.arn === arn ? record : null;
}

export const resolvers: Resolvers = {
  Opportunity: {
    async __resolveReference(reference, context, info) {
      const record = await findOpportunity(reference, loaderFor(info, context.loaders), context);
      return record && entityOf(record);
    },
  },
};
