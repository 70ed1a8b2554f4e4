import { accountSummary, contact, lifeCycleSummary, opportunity, projectSummary } from './opportunity.ts';
import { anyString, list, shownEmpty, structure } from './shape.ts';

const identity = {
  Catalog: anyString,
  Id: anyString,
  Arn: anyString,
  CreatedDate: anyString,
  LastModifiedDate: anyString,
};
const identifiers = shownEmpty(list(anyString));

/** GetOpportunity: everything a partner wrote, and what the service adds. */
export const opportunityAnswer = structure({
  ...identity,
  ...opportunity,
  OpportunityTeam: list(contact),
  RelatedEntityIdentifiers: shownEmpty(
    structure({
      AwsMarketplaceOffers: identifiers,
      AwsMarketplaceOfferSets: identifiers,
      Solutions: identifiers,
      AwsProducts: identifiers,
      AwsMarketplaceSolutions: identifiers,
      AwsMarketplaceProducts: identifiers,
    }),
  ),
});

/** One row of ListOpportunities. */
export const opportunitySummary = structure({
  ...identity,
  PartnerOpportunityIdentifier: anyString,
  OpportunityType: anyString,
  LifeCycle: shownEmpty(structure(lifeCycleSummary)),
  Customer: shownEmpty(structure({ Account: structure(accountSummary) })),
  Project: shownEmpty(structure(projectSummary)),
});
