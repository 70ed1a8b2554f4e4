import { snapshotArn } from '../arns.ts';
import { snapshotCreated } from '../events/details.ts';
import type { JsonObject } from '../json.ts';
import { formatNanoseconds } from '../records/dates.ts';
import type { Opportunity } from '../records/record.ts';
import type { EmulatorState, PartnerState } from '../state.ts';
import { membersOf } from './engagement.ts';
import type { AccountId, Engagement, Snapshot } from './model.ts';
import { notify } from './notify.ts';
import { opportunitySummaryView } from './payloads.ts';
import { associationKey } from './store.ts';

/** The template that partners share by, visible to all members. */
export const summaryTemplate = 'OpportunitySummaryView';

/** The revisions of a resource in an engagement by one template, oldest first. */
export const revisionsOf = (
  { engagements }: EmulatorState,
  engagement: string,
  resource: string,
  template: string,
): Snapshot[] =>
  engagements.snapshots
    .inGroup(engagement)
    .filter(
      ({ ResourceId, ResourceSnapshotTemplateName }) =>
        ResourceId === resource && ResourceSnapshotTemplateName === template,
    );

/** Stores the next revision, which only `targets` can see, and notifies them. */
export function putSnapshot(
  state: EmulatorState,
  { Catalog, Id: EngagementId }: Engagement,
  ResourceId: string,
  {
    template,
    payload,
    creator,
    targets,
  }: {
    template: string;
    payload: JsonObject;
    creator: AccountId;
    targets: AccountId[];
  },
): Snapshot {
  const Revision = (revisionsOf(state, EngagementId, ResourceId, template).at(-1)?.Revision ?? 0) + 1;
  const snapshot: Snapshot = {
    Arn: snapshotArn(Catalog, EngagementId, ResourceId, template, Revision),
    Catalog,
    CreatedBy: creator,
    CreatedAt: formatNanoseconds(state.clock.now()),
    EngagementId,
    ResourceType: 'Opportunity',
    ResourceId,
    ResourceSnapshotTemplateName: template,
    Revision,
    Payload: payload,
    TargetMemberAccounts: targets,
  };
  state.engagements.snapshots.set(snapshot.Arn, snapshot);
  notify(state, targets, snapshotCreated(snapshot));
  return snapshot;
}

/** Shares the calling account's opportunity, as it is now, with all members of an engagement. */
export function shareOpportunity(state: PartnerState, engagement: Engagement, record: Opportunity): Snapshot {
  const { Catalog, Id: EngagementId } = engagement;
  const { accountId } = state;
  const association = {
    Catalog,
    EngagementId,
    ResourceType: 'Opportunity',
    ResourceId: record.Id,
    CreatedBy: accountId,
  } as const;
  state.engagements.associations.set(associationKey(association), association);
  return putSnapshot(state, engagement, record.Id, {
    template: summaryTemplate,
    payload: opportunitySummaryView(record),
    creator: accountId,
    targets: membersOf(engagement),
  });
}
