/**
 * Cursors of Relay pages over AWS's `NextToken`. AWS returns a token per page and none per item, so a cursor means: the
 * page that this token opens, at this size, after this item. A cursor in the middle of a page reads that page again. It
 * has the item's place in the order too, because the item may have moved or left the list since.
 */
import { createHash } from 'node:crypto';
import { badInput, quoted } from './bad-input.ts';

/** The largest page that AWS returns, and so the largest in a cursor. */
export const maxPageSize = 100;
/** The maximum number of ids that a query may filter by; a cursor counts items within them. */
export const idsPerQuery = 200;

/** The place of an item in a sorted list: its value of the sort field, and its id among equal values. */
export type Place = { key: string; id: string };

/**
 * The start of a page: AWS's token (null: the first page) and the size that the page was read with. In the middle of a
 * page also the item to continue after: its place, and its number on the page, counted from 1.
 */
export type Position = { token: string | null; size: number; after?: { place: Place; number: number } };

/** Identifies a query to one account's list, so that a cursor is not used with another. */
export function queryFingerprint(list: string, query: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([list, query]))
    .digest('base64url')
    .slice(0, 12);
}

export function encodeCursor({ token, size, after }: Position, fingerprint: string): string {
  const item = after ? [after.number, after.place.id, after.place.key] : [];
  return Buffer.from(JSON.stringify([fingerprint, token, size, ...item])).toString('base64url');
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

const isIntegerUpTo = (value: unknown, max: number): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= max;

const malformed = (cursor: string) =>
  badInput('after', quoted(cursor), 'a cursor that this list returned, such as pageInfo.endCursor');
const ofAnother = () =>
  badInput(
    'after',
    'a cursor of another filter, sort or account',
    'one of this list; start again without it',
  );

/** @throws Fault BAD_USER_INPUT for a cursor of another query or list */
export function decodeCursor(cursor: string, fingerprint: string): Position {
  const parts = parse(cursor);
  if (!Array.isArray(parts)) throw malformed(cursor);
  const [queriedWith, token, size, ...item] = parts as unknown[];
  if (!(token === null || typeof token === 'string') || !(isIntegerUpTo(size, maxPageSize) && size > 0))
    throw malformed(cursor);
  if (queriedWith !== fingerprint) throw ofAnother();
  if (item.length === 0) return { token, size };
  const [number, id, key] = item;
  if (!isIntegerUpTo(number, idsPerQuery) || typeof id !== 'string' || typeof key !== 'string')
    throw malformed(cursor);
  return { token, size, after: { place: { key, id }, number } };
}

/** Where a page of merged lists starts in one of them: a cursor of that list, null at its start, false at its end. */
export type MergedPosition = string | null | false;

/** A cursor of merged lists: one position for each. */
export const encodeMerged = (positions: readonly MergedPosition[], fingerprint: string): string =>
  Buffer.from(JSON.stringify([fingerprint, ...positions])).toString('base64url');

/** @throws Fault BAD_USER_INPUT for a cursor of another query or list */
export function decodeMerged(cursor: string, fingerprint: string, lists: number): MergedPosition[] {
  const parts = parse(cursor);
  const [queriedWith, ...positions] = Array.isArray(parts) ? (parts as unknown[]) : [];
  if (typeof queriedWith !== 'string') throw malformed(cursor);
  if (queriedWith !== fingerprint) throw ofAnother();
  const isPosition = (one: unknown) => one === null || one === false || typeof one === 'string';
  if (positions.length !== lists || !positions.every(isPosition)) throw malformed(cursor);
  return positions as MergedPosition[];
}
