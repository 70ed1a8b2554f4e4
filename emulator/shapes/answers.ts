import { accountSummary, contact, lifeCycleSummary, opportunity, projectSummary } from './opportunity.ts';
import { anyText, list, shownEmpty, structure } from './shape.ts';

const identity = {
  Catalog: anyText,
  Id: anyText,
  Arn: anyText,
  CreatedDate: anyText,
  LastModifiedDate: anyText,
};
const identifiers = shownEmpty(list(anyText));

/** GetOpportunity: all that was written, and what the service keeps beside it. */
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
  PartnerOpportunityIdentifier: anyText,
  OpportunityType: anyText,
  LifeCycle: shownEmpty(structure(lifeCycleSummary)),
  Customer: shownEmpty(structure({ Account: structure(accountSummary) })),
  Project: shownEmpty(structure(projectSummary)),
});
