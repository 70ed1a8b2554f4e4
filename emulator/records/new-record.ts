import { opportunityArn } from '../arns.ts';
import { asObject, asString, getIn, type Json, type JsonObject, prune } from '../json.ts';
import type { PartnerState } from '../state.ts';
import { creationTimestamp, nextModified } from './dates.ts';
import type { Opportunity } from './record.ts';

/** Stages accepted at create; with any other, the record starts at Prospect. */
const firstStages = ['Prospect', 'Qualified'];

/** The service's default owner is the partner's alliance lead. */
const owner = {
  Email: 'alliance.lead@partner.example',
  FirstName: 'Alliance',
  LastName: 'Lead',
  BusinessTitle: 'OpportunityOwner',
};

/** A new record as Pending Submission, with the members that were written and the service's defaults. */
export function newRecord(
  catalog: string,
  written: JsonObject,
  state: PartnerState,
  team: Json = [],
): Opportunity {
  const { clock, opportunityIds, settings } = state;
  const id = opportunityIds.next();
  const stage = asString(getIn(written, 'LifeCycle', 'Stage')) ?? '';
  const {
    ReviewComments: _comments,
    ReviewStatusReason: _reason,
    // The history begins with the first update. AWS: recorded.
    NextStepsHistory: _history,
    ...lifeCycle
  } = asObject(written.LifeCycle);
  const marketing = asObject(written.Marketing);
  const members = prune(team);
  return {
    OpportunityType: 'Net New Business',
    NationalSecurity: 'No',
    ...written,
    // The default source None would contradict any other marketing member.
    Marketing: Object.keys(marketing).length === 0 ? { Source: 'None' } : marketing,
    LifeCycle: {
      ...lifeCycle,
      Stage: firstStages.includes(stage) ? stage : 'Prospect',
      ReviewStatus: 'Pending Submission',
    },
    OpportunityTeam: [owner, ...(Array.isArray(members) ? members : [])],
    RelatedEntityIdentifiers: {},
    Id: id,
    Catalog: catalog,
    Arn: opportunityArn(state.accountId, catalog, id),
    CreatedDate: creationTimestamp(clock.now()),
    LastModifiedDate: nextModified(clock.now(), undefined, settings),
  };
}
