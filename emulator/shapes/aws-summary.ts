import { contact, projectSummary } from './opportunity.ts';
import { anyString, list, shownEmpty, structure } from './shape.ts';

const insights = structure({
  CurrencyCode: anyString,
  Frequency: anyString,
  TotalAmount: anyString,
  TotalOptimizedAmount: anyString,
  TotalPotentialSavingsAmount: anyString,
  TotalAmountByCategory: anyString,
  AwsProducts: list(
    structure({
      ProductCode: anyString,
      ServiceCode: anyString,
      Categories: list(anyString),
      Amount: anyString,
      OptimizedAmount: anyString,
      PotentialSavingsAmount: anyString,
      Optimizations: list(structure({ Description: anyString, SavingsAmount: anyString })),
    }),
  ),
});

/** AWS's view of an opportunity. */
export const awsSummary = structure({
  Catalog: anyString,
  RelatedOpportunityId: anyString,
  Origin: anyString,
  InvolvementType: anyString,
  InvolvementTypeChangeReason: anyString,
  Visibility: anyString,
  LifeCycle: structure({
    TargetCloseDate: anyString,
    ClosedLostReason: anyString,
    Stage: anyString,
    NextSteps: anyString,
    NextStepsHistory: list(structure({ Value: anyString, Time: anyString })),
  }),
  OpportunityTeam: list(
    structure({ Email: anyString, FirstName: anyString, LastName: anyString, BusinessTitle: anyString }),
  ),
  Insights: structure({
    NextBestActions: anyString,
    EngagementScore: anyString,
    AwsProductsSpendInsightsBySource: structure({ Partner: insights, AWS: insights }),
    OpportunityQuality: structure({ Score: anyString, Trend: anyString }),
    Recommendations: list(structure({ Type: anyString, Details: anyString, Attributes: anyString })),
  }),
  RelatedEntityIds: structure({
    AwsProducts: shownEmpty(list(anyString)),
    Solutions: shownEmpty(list(anyString)),
    AwsMarketplaceSolutions: shownEmpty(list(anyString)),
    AwsMarketplaceProducts: shownEmpty(list(anyString)),
  }),
  Customer: structure({ Contacts: list(contact) }),
  Project: structure({
    ExpectedCustomerSpend: projectSummary.ExpectedCustomerSpend,
    AwsPartition: anyString,
  }),
  CosellMotion: anyString,
  SoftwareRevenue: structure({
    Value: structure({ Amount: anyString, CurrencyCode: anyString }),
    Discount: anyString,
    EffectiveDate: anyString,
    ExpirationDate: anyString,
  }),
});
