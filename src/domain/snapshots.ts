/** Snapshots of opportunities in engagements, in the terms of the graph. */
import type { SnapshotSummary } from '../upstream/wire.ts';
import type { Order } from './filters.ts';
import { snapshotForm } from './ids.ts';

/** What identifies a revision of a snapshot: AWS has no shorter identifier for it than the ARN. */
export type SnapshotKey = {
  engagementId: string;
  resourceId: string;
  resourceSnapshotTemplateName: string;
  revision: number;
};

/** A revision of a snapshot, as a list has it. */
export type Snapshot = SnapshotKey &
  Pick<SnapshotSummary, 'resourceType' | 'createdBy' | 'arn'> & {
    /** The end of its ARN as AWS was recorded to write it; pages of AWS's documentation differ. */
    id: string;
  };

/** The template that partners share by, visible to all members. AWS: multi-partner opportunities. */
export const partnerTemplate = 'OpportunitySummaryView';

/** The snapshots of AWS's own view have this creator, and only the owner of the opportunity sees them. AWS: events. */
const aws = 'aws';

/** The id of a revision. */
const snapshotIdOf = (key: SnapshotKey): string =>
  `engagement/${key.engagementId}/resource/Opportunity/${key.resourceId}/template/${key.resourceSnapshotTemplateName}/snapshot/${key.revision}`;

/** The parts of a revision's id; undefined for any other string. */
export function snapshotKeyOf(id: string): SnapshotKey | undefined {
  const [, engagementId, resourceId, resourceSnapshotTemplateName, revision] = snapshotForm.exec(id) ?? [];
  if (!engagementId || !resourceId || !resourceSnapshotTemplateName) return undefined;
  return { engagementId, resourceId, resourceSnapshotTemplateName, revision: Number(revision) };
}

/** A revision by its key. */
export const snapshotOf = (
  key: SnapshotKey,
  members: Omit<SnapshotSummary, keyof SnapshotKey>,
): Snapshot => ({
  id: snapshotIdOf(key),
  arn: members.arn ?? null,
  resourceType: members.resourceType ?? 'Opportunity',
  createdBy: members.createdBy ?? null,
  ...key,
});

/** A revision as AWS lists it; undefined if it lacks what identifies it. */
export function snapshotFrom(
  engagementId: string,
  { resourceId, resourceSnapshotTemplateName, revision, ...members }: SnapshotSummary,
): Snapshot | undefined {
  if (!resourceId || !resourceSnapshotTemplateName || !revision) return undefined;
  return snapshotOf({ engagementId, resourceId, resourceSnapshotTemplateName, revision }, members);
}

const seriesOf = ({ resourceId, resourceSnapshotTemplateName }: SnapshotKey): string =>
  `${resourceId} ${resourceSnapshotTemplateName}`;

/** By opportunity and template, latest revision first: AWS's list has no dates, and its order is not documented. */
export const snapshotOrder: Order<Snapshot> = {
  placeOf: (snapshot) => ({ key: seriesOf(snapshot), id: String(snapshot.revision) }),
  compare: (a, b) => (a.key === b.key ? Number(b.id) - Number(a.id) : a.key < b.key ? -1 : 1),
};

/** The latest revision of each opportunity by each template. */
export function latestOf(snapshots: readonly Snapshot[]): Snapshot[] {
  const latest = new Map<string, Snapshot>();
  for (const snapshot of snapshots) {
    const known = latest.get(seriesOf(snapshot));
    if (!known || known.revision < snapshot.revision) latest.set(seriesOf(snapshot), snapshot);
  }
  return [...latest.values()];
}

/** What the owner of an opportunity has shared of it last, by the template of partners rather than an older one. */
export function latestOfOwner(snapshots: readonly Snapshot[], resourceId: string): Snapshot | undefined {
  const latest = latestOf(snapshots.filter((one) => one.resourceId === resourceId && one.createdBy !== aws));
  return latest.find((one) => one.resourceSnapshotTemplateName === partnerTemplate) ?? latest[0];
}
