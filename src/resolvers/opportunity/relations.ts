import { idForms } from '../../domain/ids.ts';
import type { OpportunityRecord } from '../../upstream/wire.ts';
import type { OpportunityModel } from '../models.ts';
import type { Resolvers } from '../types.generated.ts';
import { loaderFor } from './query.ts';

/** AWS's business title of the owner, on a team of the partner. */
const ownerTitle = 'OpportunityOwner';

/** The record is whole where a field that lists lack is read (`loaderFor`). */
const whole = (record: OpportunityModel) => record as OpportunityRecord;

export const resolvers: Resolvers = {
  Opportunity: {
    owner: (record) =>
      whole(record).opportunityTeam?.find((member) => member?.businessTitle === ownerTitle) ?? null,
    relatedOpportunity(record, _args, { loaders }, info) {
      const id = whole(record).project?.relatedOpportunityIdentifier;
      return id && idForms.Opportunity.test(id) ? loaderFor(info, loaders).load(id) : null;
    },
    tags: ({ arn }, _args, { related }) => (arn ? related.tags.load(arn) : null),
  },
};
