/** What others see of an opportunity: in contexts, invitations and snapshots. */
import { asObject, getIn, type Json, type JsonObject } from '../json.ts';
import type { Opportunity } from '../records/record.ts';

const at = (record: Opportunity, ...path: string[]): Json => getIn(record, ...path) ?? null;

function customerOf(record: Opportunity): JsonObject {
  const account = (...path: string[]) => at(record, 'Customer', 'Account', ...path);
  return {
    CompanyName: account('CompanyName'),
    CountryCode: account('Address', 'CountryCode'),
    Industry: account('Industry'),
    WebsiteUrl: account('WebsiteUrl'),
  };
}

const projectOf = (record: Opportunity): JsonObject => ({
  Title: at(record, 'Project', 'Title'),
  BusinessProblem: at(record, 'Project', 'CustomerBusinessProblem'),
  TargetCompletionDate: at(record, 'LifeCycle', 'TargetCloseDate'),
});

/** The payload of a CustomerProject context. */
export const customerProject = (record: Opportunity): JsonObject => ({
  CustomerProject: { Customer: customerOf(record), Project: projectOf(record) },
});

/** The payload of an invitation to an opportunity, before its acceptance: no address, no contacts of the customer. */
export const opportunityInvitation = (
  record: Opportunity,
  given: { SenderContacts: JsonObject[]; ReceiverResponsibilities: string[] },
): JsonObject => ({
  OpportunityInvitation: {
    ...given,
    Customer: customerOf(record),
    Project: {
      ...projectOf(record),
      ExpectedCustomerSpend: at(record, 'Project', 'ExpectedCustomerSpend') ?? [],
    },
  },
});

/** The payload of an invitation to a lead: the company, and of its latest interaction all but who it was with. */
export function leadInvitation(lead: JsonObject): JsonObject {
  const { CompanyName, Industry, WebsiteUrl, AwsMaturity, MarketSegment, Address } = asObject(lead.Customer);
  const latest = Array.isArray(lead.Interactions) ? lead.Interactions.at(-1) : undefined;
  const { SourceType, SourceId, SourceName, Usecase, Contact } = asObject(latest);
  const { CountryCode } = asObject(Address);
  const { BusinessTitle: ContactBusinessTitle } = asObject(Contact);
  return {
    LeadInvitation: {
      Customer: definedMembers({
        CompanyName,
        Industry,
        WebsiteUrl,
        CountryCode,
        AwsMaturity,
        MarketSegment,
      }),
      Interaction: definedMembers({ ContactBusinessTitle, SourceType, SourceId, SourceName, Usecase }),
    },
  };
}

/** The payload of a snapshot by the template OpportunitySummaryView, which names the life cycle differently. */
export function opportunitySummaryView(record: Opportunity): JsonObject {
  const { TargetCloseDate, ReviewStatus, Stage, NextSteps } = asObject(record.LifeCycle);
  const {
    DeliveryModels,
    ExpectedCustomerSpend,
    ExpectedContractDuration,
    CustomerUseCase,
    SalesActivities,
    OtherSolutionDescription,
  } = asObject(record.Project);
  return {
    OpportunitySummary: definedMembers({
      OpportunityType: record.OpportunityType,
      Lifecycle: definedMembers({ TargetCloseDate, ReviewStatus, Stage, NextSteps }),
      OpportunityTeam: record.OpportunityTeam,
      PrimaryNeedsFromAws: record.PrimaryNeedsFromAws,
      Customer: record.Customer,
      Project: definedMembers({
        DeliveryModels,
        ExpectedCustomerSpend,
        ExpectedContractDuration,
        CustomerUseCase,
        SalesActivities,
        OtherSolutionDescription,
      }),
      RelatedEntityIdentifiers: record.RelatedEntityIdentifiers,
    }),
  };
}

function definedMembers(members: Record<string, Json | undefined>): JsonObject {
  const defined: JsonObject = {};
  for (const [name, value] of Object.entries(members)) if (value !== undefined) defined[name] = value;
  return defined;
}
