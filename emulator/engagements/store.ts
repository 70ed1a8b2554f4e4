import type { JsonObject } from '../json.ts';
import { GroupedMap } from './grouped.ts';
import type {
  Connection,
  DueTask,
  Engagement,
  Invitation,
  Involvement,
  ResourceAssociation,
  Snapshot,
  SnapshotJob,
  Tag,
  Task,
} from './model.ts';

/** All that accounts share, and what the service keeps of an opportunity besides the record. */
export type Engagements = {
  readonly engagements: Map<string, Engagement>;
  /** Grouped by the id of the engagement. */
  readonly invitations: GroupedMap<Invitation>;
  readonly tasks: Map<string, Task>;
  /** Grouped by `ownKey` of the opportunity. */
  readonly jobs: GroupedMap<SnapshotJob>;
  /** By ARN, oldest first; grouped by the id of the engagement. */
  readonly snapshots: GroupedMap<Snapshot>;
  /** By `associationKey`; grouped by `ownKey` of the opportunity. */
  readonly associations: GroupedMap<ResourceAssociation>;
  /** By `ownKey` of the opportunity. */
  readonly involvements: Map<string, Involvement>;
  /** AWS's changes of its own view of an opportunity, as merge patches; by `ownKey`. */
  readonly awsEdits: Map<string, JsonObject[]>;
  /** By `connectionKey`. */
  readonly connections: Map<string, Connection>;
  /** By the ARN of the tagged resource. */
  readonly tags: Map<string, Tag[]>;
  /** The ARN of the role that snapshot jobs assume, by `ownKey` without an id. */
  readonly jobRoles: Map<string, string>;
  /** Ordered by time. */
  due: DueTask[];
  /** The number of ids issued. */
  count: number;
};

const collections = [
  'engagements',
  'invitations',
  'tasks',
  'jobs',
  'snapshots',
  'associations',
  'involvements',
  'awsEdits',
  'connections',
  'tags',
  'jobRoles',
] as const;

export const createEngagements = (): Engagements => ({
  engagements: new Map(),
  invitations: new GroupedMap(({ EngagementId }) => EngagementId),
  tasks: new Map(),
  jobs: new GroupedMap(({ owner, Catalog, ResourceId }) => ownKey(owner, Catalog, ResourceId)),
  snapshots: new GroupedMap(({ EngagementId }) => EngagementId),
  associations: new GroupedMap(({ CreatedBy, Catalog, ResourceId }) =>
    ownKey(CreatedBy, Catalog, ResourceId),
  ),
  involvements: new Map(),
  awsEdits: new Map(),
  connections: new Map(),
  tags: new Map(),
  jobRoles: new Map(),
  due: [],
  count: 0,
});

/** The key of what one account has in one catalog: of an opportunity by its id, of a setting without one. */
export const ownKey = (account: string, catalog: string, id = ''): string => `${account}/${catalog}/${id}`;

export const associationKey = ({
  Catalog,
  EngagementId,
  ResourceId,
  CreatedBy,
}: ResourceAssociation): string => `${Catalog}/${EngagementId}/${CreatedBy}/${ResourceId}`;

/** The same for both orders of the accounts. */
export const connectionKey = (one: string, other: string): string => [one, other].sort().join('/');

/** The next id with a prefix; the rest looks random on the service, and is a counter here. */
export function nextId(engagements: Engagements, prefix: string, length = 13): string {
  engagements.count += 1;
  return `${prefix}${engagements.count.toString(36).padStart(length, '0')}`;
}

export type EngagementsContent = Record<(typeof collections)[number], [string, unknown][]> &
  Pick<Engagements, 'due' | 'count'>;

export const engagementsContent = (engagements: Engagements): EngagementsContent => ({
  ...(Object.fromEntries(
    collections.map((name) => [name, [...engagements[name]] as [string, unknown][]]),
  ) as Record<(typeof collections)[number], [string, unknown][]>),
  due: engagements.due,
  count: engagements.count,
});

/** Restores what `engagementsContent` saved; empties everything if there is nothing to restore. */
export function restoreEngagements(
  engagements: Engagements,
  content: Partial<EngagementsContent> = {},
): void {
  for (const name of collections) {
    const map: Map<string, unknown> = engagements[name];
    map.clear();
    for (const [key, value] of content[name] ?? []) map.set(key, value);
  }
  engagements.due = content.due ?? [];
  engagements.count = content.count ?? 0;
}
