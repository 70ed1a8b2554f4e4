import { countries } from '../values/countries.ts';
import { currencies } from '../values/currencies.ts';
import { enums } from '../values/enums.ts';
import { patterns } from './patterns.ts';
import {
  anyString,
  list,
  matching,
  oneOf,
  required,
  shownEmpty,
  string,
  structure,
  timestamp,
} from './shape.ts';

/** A member with the values of an enum. */
const enumOf = (name: keyof typeof enums) => oneOf(name, enums[name]);
const day = matching(patterns.day);
const currency = oneOf('CurrencyCode', currencies);

export const contact = structure({
  Email: matching(patterns.email),
  FirstName: string(0, 80),
  LastName: string(0, 80),
  BusinessTitle: string(0, 80),
  Phone: matching(patterns.phone),
});

/** The parts of an address that lists include; the full record also has the street. */
export const addressSummary = {
  City: string(0, 255),
  PostalCode: string(0, 20),
  StateOrRegion: anyString,
  CountryCode: oneOf('CountryCode', countries),
};

export const accountSummary = {
  Industry: enumOf('Industry'),
  OtherIndustry: string(0, 255),
  CompanyName: required(string(0, 120)),
  WebsiteUrl: string(4, 255),
  Address: structure(addressSummary),
};

const account = structure({
  ...accountSummary,
  AwsAccountId: matching(patterns.awsAccountId),
  Address: structure({ ...addressSummary, StreetAddress: string(0, 255) }),
  Duns: matching(patterns.duns),
});

/** The parts of a project that lists include. */
export const projectSummary = {
  DeliveryModels: list(enumOf('DeliveryModel')),
  ExpectedCustomerSpend: list(
    structure({
      Amount: matching(patterns.spendAmount),
      CurrencyCode: required(currency),
      Frequency: required(enumOf('PaymentFrequency')),
      TargetCompany: required(string(1, 80)),
      EstimationUrl: matching(patterns.estimationUrl),
    }),
    0,
    10,
  ),
  ExpectedContractDuration: structure({
    Term: required(enumOf('ExpectedContractDurationTerm')),
    Value: required(anyString),
  }),
};

const project = structure({
  ...projectSummary,
  Title: string(0, 255),
  ApnPrograms: list(anyString),
  CustomerBusinessProblem: string(20, 2000),
  CustomerUseCase: anyString,
  RelatedOpportunityIdentifier: matching(patterns.opportunityId),
  SalesActivities: list(enumOf('SalesActivity')),
  CompetitorName: enumOf('CompetitorName'),
  OtherCompetitorNames: string(0, 255),
  OtherSolutionDescription: string(0, 255),
  AdditionalComments: string(1, 255),
  AwsPartition: enumOf('AwsPartition'),
});

/** The parts of the life cycle that lists include. */
export const lifeCycleSummary = {
  Stage: enumOf('Stage'),
  ClosedLostReason: enumOf('ClosedLostReason'),
  NextSteps: string(0, 255),
  TargetCloseDate: day,
  ReviewStatus: enumOf('ReviewStatus'),
  ReviewComments: anyString,
  ReviewStatusReason: anyString,
};

const lifeCycle = structure({
  ...lifeCycleSummary,
  NextStepsHistory: list(structure({ Value: required(anyString), Time: required(timestamp) }), 0, 50),
});

const marketing = structure({
  CampaignName: anyString,
  Source: enumOf('MarketingSource'),
  UseCases: list(anyString),
  Channels: list(enumOf('Channel')),
  AwsFundingUsed: enumOf('AwsFundingUsed'),
});

const softwareRevenue = structure({
  DeliveryModel: enumOf('RevenueModel'),
  Value: structure({ Amount: required(matching(patterns.amount)), CurrencyCode: required(currency) }),
  EffectiveDate: day,
  ExpirationDate: day,
});

/** The members that a partner writes, at create and update, and reads back. */
export const opportunity = {
  PrimaryNeedsFromAws: list(enumOf('PrimaryNeedFromAws')),
  NationalSecurity: enumOf('NationalSecurity'),
  PartnerOpportunityIdentifier: string(0, 64),
  Customer: shownEmpty(structure({ Account: account, Contacts: shownEmpty(list(contact)) })),
  Project: shownEmpty(project),
  OpportunityType: enumOf('OpportunityType'),
  Marketing: shownEmpty(marketing),
  SoftwareRevenue: softwareRevenue,
  LifeCycle: shownEmpty(lifeCycle),
};
