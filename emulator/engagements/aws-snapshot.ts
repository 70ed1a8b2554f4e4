import type { Opportunity } from '../records/record.ts';
import { awsSummary } from '../shapes/aws-summary.ts';
import { present } from '../shapes/present.ts';
import type { PartnerState } from '../state.ts';
import { awsView } from './aws-view.ts';
import { aws, type Engagement } from './model.ts';
import { putSnapshot } from './snapshot.ts';

/** AWS's own view of an opportunity is a snapshot that only its owner sees. AWS: events. */
export function shareAwsView(state: PartnerState, engagement: Engagement, record: Opportunity): void {
  if (state.settings.awsSnapshots === 'none') return;
  const options = { unknown: 'drop', nulls: 'omit' } as const;
  const { Catalog: _catalog, ...view } = present(awsSummary, awsView(record, state), options);
  putSnapshot(state, engagement, record.Id, {
    template: 'AwsOpportunitySummaryFullView',
    payload: { AwsOpportunitySummaryFullView: view },
    creator: aws,
    targets: [state.accountId],
  });
}
