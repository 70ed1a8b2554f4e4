import { asObject, getIn, type JsonObject, mergePatch } from '../json.ts';
import type { Opportunity } from '../records/record.ts';
import { isCoSell } from '../rules/locks.ts';
import type { PartnerState } from '../state.ts';
import type { Involvement } from './model.ts';
import { ownKey } from './store.ts';

/** AWS's view of an opportunity, with what AWS has changed in it. */
export function awsView(record: Opportunity, state: PartnerState): JsonObject {
  const edits = state.engagements.awsEdits.get(ownKey(state.accountId, record.Catalog, record.Id)) ?? [];
  return edits.reduce((view, edit) => asObject(mergePatch(view, edit)), derivedView(record, state));
}

/** What follows from the record: before the first submission, little more than its origin. */
function derivedView(record: Opportunity, state: PartnerState): JsonObject {
  const involvement = awsInvolvement(record, state);
  const own = {
    Catalog: record.Catalog,
    RelatedOpportunityId: record.Id,
    Origin: involvement?.Origin ?? 'Partner Referral',
  };
  if (!involvement) return own;
  const project = asObject(record.Project);
  return {
    ...own,
    InvolvementType: involvement.InvolvementType,
    Visibility: involvement.Visibility,
    LifeCycle: awsLifeCycle(record),
    OpportunityTeam: getIn(record, 'LifeCycle', 'ReviewStatus') === 'Approved' ? [seller] : [],
    Insights: insightsOf(record),
    RelatedEntityIds: record.RelatedEntityIdentifiers ?? {},
    Customer: { Contacts: getIn(record, 'Customer', 'Contacts') ?? null },
    Project: {
      ExpectedCustomerSpend: project.ExpectedCustomerSpend ?? null,
      AwsPartition: project.AwsPartition ?? null,
    },
  };
}

/**
 * AWS's involvement, from the first submission on. A record that the control surface wrote as submitted has none stored,
 * although AWS is involved.
 */
export function awsInvolvement(
  record: Opportunity,
  { accountId, engagements }: PartnerState,
): Involvement | undefined {
  const known = engagements.involvements.get(ownKey(accountId, record.Catalog, record.Id));
  const status = getIn(record, 'LifeCycle', 'ReviewStatus') ?? 'Pending Submission';
  if (known || status === 'Pending Submission') return known;
  return { InvolvementType: isCoSell(record) ? 'Co-Sell' : 'For Visibility Only', Visibility: 'Full' };
}

const seller = {
  Email: 'seller@amazon.example',
  FirstName: 'Robin',
  LastName: 'Marlowe',
  BusinessTitle: 'AWSSalesRep',
};

/** AWS returns stage and date only of deals it considers launched or lost. AWS: the data model. */
function awsLifeCycle(record: Opportunity): JsonObject {
  const { Stage, TargetCloseDate = null, ClosedLostReason = null } = asObject(record.LifeCycle);
  return Stage === 'Launched' || Stage === 'Closed Lost' ? { Stage, TargetCloseDate, ClosedLostReason } : {};
}

/** Made up: AWS computes these from its own data. The same record always gets the same insights. */
function insightsOf(record: Opportunity): JsonObject {
  const size = JSON.stringify(record).length;
  return {
    NextBestActions: 'Agree on the next meeting with the AWS team.',
    EngagementScore: size > 2400 ? 'High' : size > 1600 ? 'Medium' : 'Low',
  };
}
