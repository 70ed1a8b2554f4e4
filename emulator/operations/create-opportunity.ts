import { opportunityArn } from '../arns.ts';
import { createReferral } from '../engagements/referral.ts';
import { saveOpportunity } from '../engagements/save.ts';
import { addTags } from '../engagements/tag.ts';
import { asObject, asString, getIn, type JsonObject, prune } from '../json.ts';
import type { Operation } from '../operation.ts';
import { changeOf } from '../records/change.ts';
import { creationTimestamp, nextModified } from '../records/dates.ts';
import { normalise } from '../records/normalise.ts';
import type { Opportunity } from '../records/record.ts';
import { withHistory, writtenMembers } from '../records/write.ts';
import { assertRules } from '../rules/business.ts';
import { createOnly } from '../rules/identity.ts';
import { createOpportunityRequest } from '../shapes/requests.ts';
import type { PartnerState } from '../state.ts';

/** Stages accepted at create; with any other, the record starts at Prospect. */
const firstStages = ['Prospect', 'Qualified'];

/** The service's default owner is the partner's alliance lead. */
const owner = {
  Email: 'alliance.lead@partner.example',
  FirstName: 'Alliance',
  LastName: 'Lead',
  BusinessTitle: 'OpportunityOwner',
};

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
    const record = newRecord(catalog, normalise(after, undefined, state.settings), input, state);
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

function newRecord(
  catalog: string,
  written: JsonObject,
  input: JsonObject,
  state: PartnerState,
): Opportunity {
  const { clock, opportunityIds, settings } = state;
  const id = opportunityIds.next();
  const stage = asString(getIn(written, 'LifeCycle', 'Stage')) ?? '';
  const {
    ReviewComments: _comments,
    ReviewStatusReason: _reason,
    ...lifeCycle
  } = asObject(written.LifeCycle);
  const marketing = asObject(written.Marketing);
  const team = prune(input.OpportunityTeam ?? []);
  return {
    OpportunityType: 'Net New Business',
    NationalSecurity: 'No',
    ...written,
    // The default source None would contradict any other marketing member.
    Marketing: Object.keys(marketing).length === 0 ? { Source: 'None' } : marketing,
    LifeCycle: withHistory(
      {
        ...lifeCycle,
        Stage: firstStages.includes(stage) ? stage : 'Prospect',
        ReviewStatus: 'Pending Submission',
      },
      undefined,
      clock.now(),
    ),
    OpportunityTeam: [owner, ...(Array.isArray(team) ? team : [])],
    RelatedEntityIdentifiers: {},
    Id: id,
    Catalog: catalog,
    Arn: opportunityArn(state.accountId, catalog, id),
    CreatedDate: creationTimestamp(clock.now()),
    LastModifiedDate: nextModified(clock.now(), undefined, settings),
  };
}
