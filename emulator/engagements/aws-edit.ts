import { opportunityUpdated } from '../events/details.ts';
import type { JsonObject } from '../json.ts';
import type { Opportunity } from '../records/record.ts';
import type { PartnerState } from '../state.ts';
import { shareAwsView } from './aws-snapshot.ts';
import { engagementOf } from './engagement.ts';
import { notify } from './notify.ts';
import { ownKey } from './store.ts';

/**
 * Changes AWS's view of the calling account's opportunity, by a JSON Merge Patch. The partner is notified, and gets a
 * snapshot; the record and its date stay as they are. AWS: events.
 */
export function changeAwsView(state: PartnerState, record: Opportunity, patch: JsonObject): void {
  const { Catalog, Id } = record;
  const { awsEdits } = state.engagements;
  const key = ownKey(state.accountId, Catalog, Id);
  awsEdits.set(key, [...(awsEdits.get(key) ?? []), patch]);
  notify(state, [state.accountId], opportunityUpdated(Catalog, Id));
  const engagement = engagementOf(state, record);
  if (engagement) shareAwsView(state, engagement, record);
}
