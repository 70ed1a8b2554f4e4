import { assertRoomForContext } from '../engagements/context.ts';
import { engagementToChange, findEngagement, putContext } from '../engagements/engagement.ts';
import { aws, type Engagement, type Snapshot } from '../engagements/model.ts';
import { customerProject } from '../engagements/payloads.ts';
import { revisionsOf, shareOpportunity, summaryTemplate } from '../engagements/snapshot.ts';
import { businessInvalid, notFound } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { pageOf } from '../records/filter.ts';
import { once } from '../records/once.ts';
import type { Opportunity } from '../records/record.ts';
import { violation } from '../rules/rule.ts';
import {
  createSnapshotRequest,
  getSnapshotRequest,
  listSnapshotsRequest,
} from '../shapes/snapshot-requests.ts';
import type { PartnerState } from '../state.ts';

/**
 * The engagement and the caller's own opportunity that a request shares by a template.
 * @throws ApiError for an engagement or opportunity that is not the caller's, or a template that partners cannot use
 */
export function sharedBy(
  input: JsonObject,
  state: PartnerState,
): { engagement: Engagement; record: Opportunity } {
  const engagement = engagementToChange(state, input.Catalog, input.EngagementIdentifier);
  const id = String(input.ResourceIdentifier);
  const record = state.store.get(engagement.Catalog, id);
  if (!record) throw notFound(id);
  const template = 'ResourceSnapshotTemplateIdentifier';
  if (input[template] !== summaryTemplate) {
    const message = `${input[template]} is not a template for partners; expected ${summaryTemplate}`;
    throw businessInvalid([violation('INVALID_VALUE', template, message)]);
  }
  return { engagement, record };
}

/** Shares the caller's opportunity with an engagement, as it is now: each call makes a new revision. */
export const createResourceSnapshot: Operation = {
  request: createSnapshotRequest,
  kind: 'write',
  run: (input, state) =>
    once('CreateResourceSnapshot', input, state, () => {
      const { engagement, record } = sharedBy(input, state);
      const { Arn, Revision } = shareOpportunity(state, aboutProject(state, engagement, record), record);
      return { Arn, Revision };
    }),
};

/** The first opportunity shared in the engagement of a lead makes it one about a project as well. AWS: leads. */
function aboutProject(state: PartnerState, engagement: Engagement, record: Opportunity): Engagement {
  if (engagement.Contexts.some(({ Type }) => Type === 'CustomerProject')) return engagement;
  assertRoomForContext(engagement);
  const context = { Type: 'CustomerProject', Payload: customerProject(record) } as const;
  return putContext(state, engagement, context, state.accountId).engagement;
}

/** AWS's own view of an opportunity is for its owner; what partners share is for all members, also later ones. */
const isVisibleTo = ({ accountId }: PartnerState, { CreatedBy, TargetMemberAccounts }: Snapshot): boolean =>
  CreatedBy !== aws || TargetMemberAccounts.includes(accountId);

/** Returns a revision of a snapshot. Default: the latest. */
export const getResourceSnapshot: Operation = {
  request: getSnapshotRequest,
  kind: 'read',
  run(input, state) {
    const { Id } = findEngagement(state, input.Catalog, input.EngagementIdentifier);
    const resource = String(input.ResourceIdentifier);
    const template = String(input.ResourceSnapshotTemplateIdentifier);
    const revisions = revisionsOf(state, Id, resource, template);
    const { Revision } = input;
    const snapshot =
      typeof Revision === 'number' ? revisions.find((one) => one.Revision === Revision) : revisions.at(-1);
    if (!snapshot || !isVisibleTo(state, snapshot))
      throw notFound(`${Id}/${resource}/${template}${Revision ? `/${Revision}` : ''}`);
    return snapshot;
  },
};

/** Lists the snapshots of an engagement. Default: all revisions, latest first. */
export const listResourceSnapshots: Operation = {
  request: listSnapshotsRequest,
  kind: 'read',
  run(input, state) {
    const { Id } = findEngagement(state, input.Catalog, input.EngagementIdentifier);
    const matching = snapshotsIn(state, Id).filter(
      (one) =>
        isVisibleTo(state, one) &&
        (input.ResourceType ?? one.ResourceType) === one.ResourceType &&
        (input.ResourceIdentifier ?? one.ResourceId) === one.ResourceId &&
        (input.ResourceSnapshotTemplateIdentifier ?? one.ResourceSnapshotTemplateName) ===
          one.ResourceSnapshotTemplateName &&
        (input.CreatedBy ?? one.CreatedBy) === one.CreatedBy,
    );
    const { page, nextToken } = pageOf(matching, input, {
      operation: 'ListResourceSnapshots',
      position: ({ CreatedAt, ResourceId, ResourceSnapshotTemplateName, Revision }) => ({
        key: CreatedAt,
        id: `${ResourceId}/${ResourceSnapshotTemplateName}/${String(Revision).padStart(9, '0')}`,
      }),
      descending: true,
    });
    return { ResourceSnapshotSummaries: page.map(summaryOf), NextToken: nextToken };
  },
};

/** All revisions of an engagement's snapshots or, by the switch, the latest of each. */
function snapshotsIn({ engagements, settings }: PartnerState, engagement: string): Snapshot[] {
  const all = engagements.snapshots.inGroup(engagement);
  if (settings.listedSnapshots === 'all') return all;
  const latest = new Map(
    all.map((one) => [`${one.ResourceId}/${one.ResourceSnapshotTemplateName}`, one] as const),
  );
  return [...latest.values()];
}

const summaryOf = ({
  Arn,
  Revision,
  ResourceType,
  ResourceId,
  ResourceSnapshotTemplateName,
  CreatedBy,
}: Snapshot): JsonObject => ({
  Arn,
  Revision,
  ResourceType,
  ResourceId,
  ResourceSnapshotTemplateName,
  CreatedBy,
});
