/**
 * Cursors of Relay pages over AWS's `NextToken`. AWS returns a token per page and none per item, so a cursor means: the
 * page that this token opens, at this size, after this item. A cursor in the middle of a page reads that page again.
 */
import { createHash } from 'node:crypto';
import { badInput, quoted } from './bad-input.ts';

/** The largest page that AWS returns, and so the largest in a cursor. */
export const maxPageSize = 100;
/** The maximum number of ids that a query may filter by; a cursor counts items within them. */
export const idsPerQuery = 200;

/** The start of a page: AWS's token (null: the first page), the page size it was made with, and the items to skip. */
export type Position = { token: string | null; size: number; skip: number; afterId?: string };

/** Identifies a query to one account's list, so that a cursor is not used with another. */
export function queryFingerprint(list: string, query: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([list, query]))
    .digest('base64url')
    .slice(0, 12);
}

export function encodeCursor({ token, size, skip, afterId }: Position, fingerprint: string): string {
  return Buffer.from(JSON.stringify([fingerprint, token, size, skip, afterId])).toString('base64url');
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
const isAbsent = (value: unknown) => value === undefined || value === null;

/** @throws Fault BAD_USER_INPUT for a cursor of another query or list */
export function decodeCursor(cursor: string, fingerprint: string): Position {
  const malformed = () =>
    badInput('after', quoted(cursor), 'a cursor that this list returned, such as pageInfo.endCursor');
  const parts = parse(cursor);
  if (!Array.isArray(parts)) throw malformed();
  const [queriedWith, token, size, skip, afterId] = parts as unknown[];
  if (
    !(token === null || typeof token === 'string') ||
    !(isAbsent(afterId) || typeof afterId === 'string') ||
    !(isIntegerUpTo(size, maxPageSize) && size > 0 && isIntegerUpTo(skip, idsPerQuery))
  )
    throw malformed();
  if (queriedWith !== fingerprint)
    throw badInput('after', 'a cursor of another filter or sort', 'one of this list; start again without it');
  return { token, size, skip, ...(typeof afterId === 'string' && { afterId }) };
}
