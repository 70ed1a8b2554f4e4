/**
 * The feed of changes: opportunities in the order of their dates, each as it is now. A cursor is a place in that order.
 *
 * AWS lists a change some seconds late, and a later one perhaps before it. So a cursor stays back by the longest lag, and
 * has besides what was delivered after its place. Nothing that appears there late is passed over, and nothing is delivered twice.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { OpportunitySummary } from '../upstream/wire.ts';
import { badInput, quoted } from './bad-input.ts';

/** A version of an opportunity in the feed. */
export type FeedRow = {
  summary: OpportunitySummary;
  /** Its place in the feed: the key of its date, or of the moment at which it was lost or found, if later. */
  position: string;
  /** True if AWS does not show it any more; the summary is the last one. */
  isLost: boolean;
  /** The fields in which it differs from the version before; undefined if that is unknown. */
  changedFields?: readonly string[] | undefined;
};

/** How far a feed has been delivered. */
export type FeedPosition = {
  /** Everything up to this place has been delivered: a key, and the id among equal keys. */
  at: string;
  id: string;
  /** What was delivered after that place: the newest position by id. */
  delivered: ReadonlyMap<string, string>;
};

/** The start of a feed: nothing was delivered. */
export const startOfFeed: FeedPosition = { at: '', id: '', delivered: new Map() };

/**
 * The most that a cursor has besides its place. If more than this changes within AWS's lag, the feed delivers the rest when the
 * place has moved on. A subscriber is served at once: its position is in memory, and what a cursor of it lacks is delivered again.
 */
export const maxDelivered = 1_000;
/** Limits for what callers send: a cursor of so many entries is shorter. */
const maxLength = { cursor: 60_000, content: 120_000 };

type Place = { position: string; id: string };

const comparePlaces = (a: Place, b: Place): number =>
  a.position === b.position ? (a.id < b.id ? -1 : Number(a.id > b.id)) : a.position < b.position ? -1 : 1;

const placeOf = ({ position, summary: { id } }: FeedRow): Place => ({ position, id });

/** The order of the feed. */
export const compareRows = (a: FeedRow, b: FeedRow): number => comparePlaces(placeOf(a), placeOf(b));

/** Checks whether a row has still to be delivered. */
export function isUndelivered({ at, id, delivered }: FeedPosition, row: FeedRow): boolean {
  const { position, summary } = row;
  return (
    comparePlaces(placeOf(row), { position: at, id }) > 0 && (delivered.get(summary.id) ?? '') < position
  );
}

/** Moves the place past what has been delivered and is older than the horizon, and before `end`, if there is one. */
function settle(
  { at, id, delivered }: FeedPosition,
  passed: readonly Place[],
  horizon: string,
  end: FeedRow | undefined,
): FeedPosition {
  const places = [...passed, ...[...delivered].map(([id, position]) => ({ position, id }))];
  const isSettled = (place: Place) =>
    place.position <= horizon && (!end || comparePlaces(place, placeOf(end)) < 0);
  const base = places
    .filter(isSettled)
    .reduce<Place>((a, b) => (comparePlaces(a, b) < 0 ? b : a), { position: at, id });
  const later = [...delivered].filter(([id, position]) => comparePlaces({ position, id }, base) > 0);
  return { at: base.position, id: base.id, delivered: new Map(later) };
}

export type Taken<Row> = {
  rows: Row[];
  /** The position after them. */
  next: FeedPosition;
  /** Whether there is more to be delivered at once. */
  hasMore: boolean;
};

/**
 * Takes the next changes.
 *
 * @param rows in the order of the feed
 * @param horizon the key up to which nothing can appear any more
 * @param matches whether a row is in the feed
 * @param max of what has been delivered after the horizon
 */
export function takeChanges<Row extends FeedRow>(
  rows: Iterable<Row>,
  from: FeedPosition,
  {
    first,
    horizon,
    matches,
    max,
  }: { first: number; horizon: string; matches(row: Row): boolean; max: number },
): Taken<Row> {
  const delivered = new Map(from.delivered);
  const unsettled = new Set([...delivered].filter(([, position]) => position > horizon).map(([id]) => id));
  const taken: Row[] = [];
  const passed: Place[] = [];
  const stop = (end: Row | undefined, hasMore: boolean) => ({
    rows: taken,
    next: settle({ ...from, delivered }, passed, horizon, end),
    hasMore,
  });
  for (const row of rows) {
    if (!isUndelivered(from, row)) continue;
    const isFull = unsettled.size >= max && row.position > horizon;
    if (matches(row)) {
      if (taken.length === first || isFull) return stop(row, !isFull);
      taken.push(row);
      delivered.set(row.summary.id, row.position);
      if (row.position > horizon) unsettled.add(row.summary.id);
    }
    passed.push(placeOf(row));
  }
  return stop(undefined, false);
}

/** The position after a change that was delivered as it happened. */
export function afterChange(from: FeedPosition, row: FeedRow, horizon: string): FeedPosition {
  const delivered = new Map([...from.delivered, [row.summary.id, row.position]]);
  return settle({ ...from, delivered }, [], horizon, undefined);
}

/** The position of a feed that begins now: what is after the horizon counts as delivered. */
export function endOfFeed(rows: readonly FeedRow[], horizon: string): FeedPosition {
  const later = rows.filter(({ position }) => position > horizon);
  return {
    at: horizon,
    id: '',
    delivered: new Map(later.map(({ summary, position }) => [summary.id, position])),
  };
}

/** @param fingerprint of the account and the filter: a cursor is of no use with others */
export function encodeFeedCursor({ at, id, delivered }: FeedPosition, fingerprint: string): string {
  const content = JSON.stringify([fingerprint, at, id, ...[...delivered].slice(-maxDelivered).flat()]);
  // The default level takes three times as long, for a twelfth less.
  return deflateRawSync(content, { level: 3 }).toString('base64url');
}

function parse(cursor: string): unknown {
  if (cursor.length > maxLength.cursor) return undefined;
  try {
    const content = inflateRawSync(Buffer.from(cursor, 'base64url'), { maxOutputLength: maxLength.content });
    return JSON.parse(content.toString());
  } catch {
    return undefined;
  }
}

const isKey = (text: string): boolean => /^\d*$/.test(text);

/** @throws Fault BAD_USER_INPUT for a cursor of another account, filter or list */
export function decodeFeedCursor(cursor: string, fingerprint: string): FeedPosition {
  const parts = parse(cursor);
  const malformed = () => badInput('since', quoted(cursor), 'a cursor that opportunityChanges returned');
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) throw malformed();
  const [of, at, id, ...entries] = parts;
  const delivered = new Map<string, string>();
  for (let n = 0; n + 1 < entries.length; n += 2) delivered.set(entries[n] ?? '', entries[n + 1] ?? '');
  const isWhole = at !== undefined && id !== undefined && entries.length % 2 === 0;
  if (!isWhole || ![at, ...delivered.values()].every(isKey) || delivered.size > maxDelivered)
    throw malformed();
  if (of !== fingerprint)
    throw badInput(
      'since',
      'a cursor of another filter or account',
      'one of this feed; start again without it',
    );
  return { at, id, delivered };
}
