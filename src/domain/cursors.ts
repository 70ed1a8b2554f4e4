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

/** @throws Fault BAD_USER_INPUT for a cursor of another query or list */
export function decodeCursor(cursor: string, fingerprint: string): Position {
  const malformed = () =>
    badInput('after', quoted(cursor), 'a cursor that this list returned, such as pageInfo.endCursor');
  const parts = parse(cursor);
  if (!Array.isArray(parts)) throw malformed();
  const [queriedWith, token, size, ...item] = parts as unknown[];
  if (!(token === null || typeof token === 'string') || !(isIntegerUpTo(size, maxPageSize) && size > 0))
    throw malformed();
  if (queriedWith !== fingerprint)
    throw badInput('after', 'a cursor of another filter or sort', 'one of this list; start again without it');
  if (item.length === 0) return { token, size };
  const [number, id, key] = item;
  if (!isIntegerUpTo(number, idsPerQuery) || typeof id !== 'string' || typeof key !== 'string')
    throw malformed();
  return { token, size, after: { place: { key, id }, number } };
}
