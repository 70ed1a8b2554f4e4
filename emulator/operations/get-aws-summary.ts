import { awsInvolvement, awsView } from '../engagements/aws-view.ts';
import { notFound } from '../errors.ts';
import type { Operation } from '../operation.ts';
import { awsSummary } from '../shapes/aws-summary.ts';
import { awsSummaryRequest } from '../shapes/lifecycle-requests.ts';
import { present } from '../shapes/present.ts';

/** Returns AWS's view of an opportunity. Before its first submission AWS has none. */
export const getAwsOpportunitySummary: Operation = {
  request: awsSummaryRequest,
  kind: 'read',
  run(input, state) {
    const id = String(input.RelatedOpportunityIdentifier);
    const record = state.view.get(String(input.Catalog), id);
    if (!record) throw notFound(id);
    const { summaryBeforeSubmission } = state.settings;
    if (summaryBeforeSubmission === 'refuse' && !awsInvolvement(record, state)) throw notFound(id);
    return present(awsSummary, awsView(record, state), { unknown: 'drop', nulls: state.settings.nulls });
  },
};
