import { createReferral } from '../engagements/referral.ts';
import { saveOpportunity } from '../engagements/save.ts';
import { addTags } from '../engagements/tag.ts';
import type { Operation } from '../operation.ts';
import { changeOf } from '../records/change.ts';
import { newRecord } from '../records/new-record.ts';
import { normalise } from '../records/normalise.ts';
import { writtenMembers } from '../records/write.ts';
import { assertRules } from '../rules/business.ts';
import { createOnly } from '../rules/identity.ts';
import { createOpportunityRequest } from '../shapes/requests.ts';

/** Creates a record as Pending Submission. The same request under the same client token creates only one. */
export const createOpportunity: Operation = {
  request: createOpportunityRequest,
  kind: 'write',
  run(input, state) {
    const catalog = String(input.Catalog);
    const { ClientToken: token, ...body } = input;
    const known = state.tokens.recall(catalog, String(token), body);
    if (known) return known;
    const after = writtenMembers(input);
    assertRules(changeOf(catalog, undefined, after, state), createOnly(input, catalog));
    const record = newRecord(
      catalog,
      normalise(after, undefined, state.settings),
      state,
      input.OpportunityTeam,
    );
    if (input.Origin === 'AWS Referral') createReferral(state, record);
    else saveOpportunity(state, record);
    addTags(state, record.Arn, input.Tags);
    const answer = {
      Id: record.Id,
      LastModifiedDate: record.LastModifiedDate,
      PartnerOpportunityIdentifier: record.PartnerOpportunityIdentifier ?? null,
    };
    state.tokens.remember(catalog, String(token), body, answer);
    return answer;
  },
};
