/** The contexts of an engagement, as requests have them. */
import { countries } from '../values/countries.ts';
import { enums } from '../values/enums.ts';
import { enumOf } from './lifecycle-members.ts';
import { patterns } from './patterns.ts';
import { anyString, list, matching, oneOf, required, string, structure, timestamp, union } from './shape.ts';

const text = string(0, 255);

export const engagementCustomer = structure({
  Industry: required(oneOf('Industry', enums.Industry)),
  CompanyName: required(string(1, 120)),
  WebsiteUrl: required(matching(patterns.websiteUrl)),
  CountryCode: required(oneOf('CountryCode', countries)),
});

export const projectDetails = {
  Title: required(string(1, 255)),
  BusinessProblem: required(string(20, 2000)),
  TargetCompletionDate: required(matching(patterns.day)),
};

/** What leads and invitations to leads have in common: far looser than the customer of an opportunity. */
export const leadCompany = {
  CompanyName: required(string(1, 120)),
  Industry: text,
  WebsiteUrl: text,
  AwsMaturity: text,
  MarketSegment: text,
};
export const leadCountry = string(0, 10);

/** Where an interaction came from. */
export const leadSource = {
  SourceType: text,
  SourceId: text,
  SourceName: text,
  Usecase: text,
};

const leadCustomer = structure({
  ...leadCompany,
  Address: structure({
    City: text,
    PostalCode: string(0, 20),
    StateOrRegion: text,
    CountryCode: leadCountry,
  }),
});

const leadInteraction = structure({
  ...leadSource,
  InteractionDate: timestamp,
  CustomerAction: text,
  BusinessProblem: string(0, 2000),
  Contact: required(
    structure({
      BusinessTitle: required(string(1, 255)),
      Email: required(string(1, 255)),
      FirstName: required(string(0, 80)),
      LastName: required(string(0, 80)),
      Phone: text,
    }),
  ),
});

const lead = {
  QualificationStatus: string(1, 255),
  Customer: required(leadCustomer),
  Insights: structure({ LeadReadinessScore: anyString }),
};

const customerProject = structure({
  Customer: engagementCustomer,
  Project: structure(projectDetails),
});

/** AWS's data on the company of a lead. */
export const prospectingResultShape = structure({
  Customer: structure({
    AccountName: anyString,
    Geo: anyString,
    Region: anyString,
    SubRegion: anyString,
    Country: anyString,
    Industry: anyString,
    SubIndustry: anyString,
    Segment: anyString,
    CompanySize: anyString,
    EligiblePrograms: list(anyString),
    PublicProfileSummary: string(0, 5000),
  }),
  Insights: structure({
    MarketplaceEngagementScore: anyString,
    SolutionScore: anyString,
    SolutionCategory: anyString,
    SolutionSubCategory: anyString,
  }),
  StartTime: timestamp,
  EndTime: timestamp,
  TaskId: anyString,
  TaskArn: anyString,
  TaskName: anyString,
});

const prospectingResult = structure({ Aws: prospectingResultShape });

export const contextType = required(enumOf('EngagementContextType'));

/** A lead as its context has it. */
export const leadShape = structure({ ...lead, Interactions: required(list(leadInteraction, 1, 10)) });

export const contextPayload = union({
  CustomerProject: customerProject,
  Lead: leadShape,
  ProspectingResult: prospectingResult,
});

/** An update has one interaction of a lead, not all. */
export const contextUpdate = union({
  CustomerProject: customerProject,
  Lead: structure({ ...lead, Interaction: leadInteraction }),
  ProspectingResult: prospectingResult,
});
