import { countries } from '../values/countries.ts';
import { currencies } from '../values/currencies.ts';
import { enums } from '../values/enums.ts';
import { patterns } from './patterns.ts';
import { anyText, list, matching, oneOf, required, shownEmpty, structure, text, timestamp } from './shape.ts';

/** A member that takes one of the values of a closed list. */
const picked = (name: keyof typeof enums) => oneOf(name, enums[name]);
const day = matching(patterns.day);
const currency = oneOf('CurrencyCode', currencies);

export const contact = structure({
  Email: matching(patterns.email),
  FirstName: text(0, 80),
  LastName: text(0, 80),
  BusinessTitle: text(0, 80),
  Phone: matching(patterns.phone),
});

/** The parts of an address that a list shows; the full record has the street too. */
export const addressSummary = {
  City: text(0, 255),
  PostalCode: text(0, 20),
  StateOrRegion: anyText,
  CountryCode: oneOf('CountryCode', countries),
};

export const accountSummary = {
  Industry: picked('Industry'),
  OtherIndustry: text(0, 255),
  CompanyName: required(text(0, 120)),
  WebsiteUrl: text(4, 255),
  Address: structure(addressSummary),
};

const account = structure({
  ...accountSummary,
  AwsAccountId: matching(patterns.awsAccountId),
  Address: structure({ ...addressSummary, StreetAddress: text(0, 255) }),
  Duns: matching(patterns.duns),
});

/** The parts of a project that a list shows. */
export const projectSummary = {
  DeliveryModels: list(picked('DeliveryModel')),
  ExpectedCustomerSpend: list(
    structure({
      Amount: matching(patterns.spendAmount),
      CurrencyCode: required(currency),
      Frequency: required(picked('PaymentFrequency')),
      TargetCompany: required(text(1, 80)),
      EstimationUrl: matching(patterns.estimationUrl),
    }),
    0,
    10,
  ),
  ExpectedContractDuration: structure({
    Term: required(picked('ExpectedContractDurationTerm')),
    Value: required(anyText),
  }),
};

const project = structure({
  ...projectSummary,
  Title: text(0, 255),
  ApnPrograms: list(anyText),
  CustomerBusinessProblem: text(20, 2000),
  CustomerUseCase: anyText,
  RelatedOpportunityIdentifier: matching(patterns.opportunityId),
  SalesActivities: list(picked('SalesActivity')),
  CompetitorName: picked('CompetitorName'),
  OtherCompetitorNames: text(0, 255),
  OtherSolutionDescription: text(0, 255),
  AdditionalComments: text(1, 255),
  AwsPartition: picked('AwsPartition'),
});

/** The parts of the life cycle that a list shows. */
export const lifeCycleSummary = {
  Stage: picked('Stage'),
  ClosedLostReason: picked('ClosedLostReason'),
  NextSteps: text(0, 255),
  TargetCloseDate: day,
  ReviewStatus: picked('ReviewStatus'),
  ReviewComments: anyText,
  ReviewStatusReason: anyText,
};

const lifeCycle = structure({
  ...lifeCycleSummary,
  NextStepsHistory: list(structure({ Value: required(anyText), Time: required(timestamp) }), 0, 50),
});

const marketing = structure({
  CampaignName: anyText,
  Source: picked('MarketingSource'),
  UseCases: list(anyText),
  Channels: list(picked('Channel')),
  AwsFundingUsed: picked('AwsFundingUsed'),
});

const softwareRevenue = structure({
  DeliveryModel: picked('RevenueModel'),
  Value: structure({ Amount: required(matching(patterns.amount)), CurrencyCode: required(currency) }),
  EffectiveDate: day,
  ExpirationDate: day,
});

/** What a partner writes, at create and at update alike, and reads back. */
export const opportunity = {
  PrimaryNeedsFromAws: list(picked('PrimaryNeedFromAws')),
  NationalSecurity: picked('NationalSecurity'),
  PartnerOpportunityIdentifier: text(0, 64),
  Customer: shownEmpty(structure({ Account: account, Contacts: shownEmpty(list(contact)) })),
  Project: shownEmpty(project),
  OpportunityType: picked('OpportunityType'),
  Marketing: shownEmpty(marketing),
  SoftwareRevenue: softwareRevenue,
  LifeCycle: shownEmpty(lifeCycle),
};
