/** The history of an opportunity, from the snapshots of it in its engagements: AWS remembers nothing else. */
import { queryFingerprint } from '../domain/cursors.ts';
import {
  changesBetween,
  continueAfter,
  encodeSeries,
  type HistoryChange,
  type Series,
} from '../domain/history.ts';
import { compareInstants } from '../domain/instants.ts';
import { type Snapshot, snapshotOf } from '../domain/snapshots.ts';
import { isOverLimit } from '../upstream/send.ts';
import type { SnapshotRecord } from '../upstream/wire.ts';
import { checkFirst, type Page, type PageArguments } from './paging.ts';
import type { SnapshotLoaders } from './snapshots.ts';

/** A snapshot, and what it shows that the one before did not. */
export type HistoryEntry = { snapshot: Snapshot; at: string | null; changes: HistoryChange[] };

/** The revisions of one series that are read at once: those beyond a page are kept for the next. */
const lookahead = 4;

type Revision = { revision: number; snapshot: Snapshot; record: SnapshotRecord };

export type HistoryTools = {
  /** The account: a cursor is not valid in another one. */
  account: string;
  /** The ids of the engagements in which an opportunity is shared. */
  engagementIds: { load(id: string): Promise<readonly string[]> };
  snapshots: Pick<SnapshotLoaders, 'ofOpportunity' | 'revision'>;
};

/** The one member of a snapshot's payload, regardless of the view. */
const contentOf = (record: SnapshotRecord | undefined): unknown =>
  Object.values(record?.payload ?? {}).find((view) => view !== null && view !== undefined);

/** The revisions of an opportunity by engagement and template. AWS may list only the latest of them: they count from 1. */
async function seriesOf(id: string, { engagementIds, snapshots }: HistoryTools): Promise<Series[]> {
  const listed = await Promise.all(
    (await engagementIds.load(id)).map((engagementId) => snapshots.ofOpportunity(engagementId, id)),
  );
  const series = new Map<string, Series>();
  for (const { engagementId, resourceSnapshotTemplateName: template, revision } of listed.flat()) {
    const known = series.get(`${engagementId}/${template}`);
    if (!known || known.next < revision)
      series.set(`${engagementId}/${template}`, { engagementId, template, next: revision });
  }
  return [...series.values()];
}

/** The revision with which a series continues, past those that AWS does not show; undefined at its end. @throws Fault */
async function headOf(
  resourceId: string,
  { engagementId, template, next }: Series,
  count: number,
  { snapshots }: HistoryTools,
): Promise<Revision | undefined> {
  const of = (revision: number) =>
    snapshotOf({ engagementId, resourceId, resourceSnapshotTemplateName: template, revision }, {});
  for (let revision = next; revision > 0; revision--) {
    const ids = Array.from({ length: Math.min(count, revision) }, (_, n) => of(revision - n).id);
    // Those that follow are only begun: what fails with them fails where they are needed.
    const [record] = await Promise.all(
      ids.map((id, n) =>
        n === 0 ? snapshots.revision.load(id) : snapshots.revision.load(id).catch(() => null),
      ),
    );
    if (record) return { revision, snapshot: { ...of(revision), ...membersOf(record) }, record };
  }
  return undefined;
}

const membersOf = ({ arn, createdBy }: SnapshotRecord) => ({
  arn: arn ?? null,
  createdBy: createdBy ?? null,
});

/** The later of two revisions. */
const later = (a: Revision | undefined, b: Revision | undefined): Revision | undefined => {
  if (!a || !b) return a ?? b;
  return compareInstants(a.record.createdAt ?? '', b.record.createdAt ?? '') >= 0 ? a : b;
};

/**
 * A page of an opportunity's history, latest first: the series are merged by the time of their snapshots, so no more of
 * them is read than the page shows, and a few.
 *
 * @throws Fault BAD_USER_INPUT if `first` is not 1 to 100, or the cursor is of another history
 */
export async function fetchHistory(
  id: string,
  { first, after }: PageArguments,
  tools: HistoryTools,
): Promise<Page<HistoryEntry>> {
  checkFirst(first);
  const fingerprint = queryFingerprint(`${tools.account} history`, id);
  if (after) continueAfter(after, [], fingerprint); // refused before a call
  const current = await seriesOf(id, tools);
  const series = after ? continueAfter(after, current, fingerprint) : current;
  const edges: Page<HistoryEntry>['edges'] = [];
  try {
    const heads = await Promise.all(series.map((one) => headOf(id, one, 1, tools)));
    for (;;) {
      const latest = heads.reduce(later, undefined);
      if (!latest || edges.length === first) return { edges, hasNextPage: latest !== undefined };
      const index = heads.indexOf(latest);
      const one = series[index] as Series; // heads and series have the same places
      const count = Math.min(lookahead, first - edges.length);
      const before = await headOf(id, { ...one, next: latest.revision - 1 }, count, tools);
      heads[index] = before;
      series[index] = { ...one, next: before?.revision ?? 0 };
      const changes = changesBetween(contentOf(before?.record), contentOf(latest.record));
      const { snapshot, record } = latest;
      const entry = { snapshot, at: record.createdAt ?? null, changes };
      edges.push({ cursor: encodeSeries(series, fingerprint), summary: entry });
    }
  } catch (error) {
    // A request that has used up its calls gets what it has.
    if (edges.length > 0 && isOverLimit(error)) return { edges, hasNextPage: true };
    throw error;
  }
}
