import { differencesOf } from '../../domain/aws-summary.ts';
import type { OpportunityRecord } from '../../upstream/wire.ts';
import type { Resolvers } from '../types.generated.ts';

export const resolvers: Resolvers = {
  Opportunity: {
    async awsSummary({ id }, _args, { related }) {
      const { summary, asOf } = await related.awsSummary.load(id);
      return summary && { ...summary, asOf };
    },
    async differences(record, _args, { related }) {
      const { summary } = await related.awsSummary.load(record.id);
      // The record is whole, because lists lack what is compared (`loaderFor`).
      return summary && differencesOf(record as OpportunityRecord, summary);
    },
  },

  AwsProductInsights: {
    totalAmountByCategory: ({ totalAmountByCategory: amounts }) =>
      amounts
        ? Object.entries(amounts).map(([category, amount]) => ({ category, amount: amount ?? null }))
        : null,
  },

  Recommendation: {
    attributes: ({ attributes }) =>
      attributes ? Object.entries(attributes).map(([key, value]) => ({ key, value: value ?? null })) : null,
  },
};
