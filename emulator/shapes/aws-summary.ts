import { contact, projectSummary } from './opportunity.ts';
import { anyText, list, structure } from './shape.ts';

const insights = structure({
  CurrencyCode: anyText,
  Frequency: anyText,
  TotalAmount: anyText,
  TotalOptimizedAmount: anyText,
  TotalPotentialSavingsAmount: anyText,
  TotalAmountByCategory: anyText,
  AwsProducts: list(
    structure({
      ProductCode: anyText,
      ServiceCode: anyText,
      Categories: list(anyText),
      Amount: anyText,
      OptimizedAmount: anyText,
      PotentialSavingsAmount: anyText,
      Optimizations: list(structure({ Description: anyText, SavingsAmount: anyText })),
    }),
  ),
});

/** AWS's own view of an opportunity. */
export const awsSummary = structure({
  Catalog: anyText,
  RelatedOpportunityId: anyText,
  Origin: anyText,
  InvolvementType: anyText,
  InvolvementTypeChangeReason: anyText,
  Visibility: anyText,
  LifeCycle: structure({
    TargetCloseDate: anyText,
    ClosedLostReason: anyText,
    Stage: anyText,
    NextSteps: anyText,
    NextStepsHistory: list(structure({ Value: anyText, Time: anyText })),
  }),
  OpportunityTeam: list(
    structure({ Email: anyText, FirstName: anyText, LastName: anyText, BusinessTitle: anyText }),
  ),
  Insights: structure({
    NextBestActions: anyText,
    EngagementScore: anyText,
    AwsProductsSpendInsightsBySource: structure({ Partner: insights, AWS: insights }),
    OpportunityQuality: structure({ Score: anyText, Trend: anyText }),
    Recommendations: list(structure({ Type: anyText, Details: anyText, Attributes: anyText })),
  }),
  RelatedEntityIds: structure({
    AwsProducts: list(anyText),
    Solutions: list(anyText),
    AwsMarketplaceSolutions: list(anyText),
    AwsMarketplaceProducts: list(anyText),
  }),
  Customer: structure({ Contacts: list(contact) }),
  Project: structure({ ExpectedCustomerSpend: projectSummary.ExpectedCustomerSpend, AwsPartition: anyText }),
  CosellMotion: anyText,
  SoftwareRevenue: structure({
    Value: structure({ Amount: anyText, CurrencyCode: anyText }),
    Discount: anyText,
    EffectiveDate: anyText,
    ExpirationDate: anyText,
  }),
});
