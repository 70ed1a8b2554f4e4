/**
 * Cursors of Relay pages over AWS's `NextToken`. AWS gives a token per page and none per item, so a cursor says: "the page
 * that this token opens, at this size, after this item". A cursor in the middle of a page reads that page once more.
 */
import { createHash } from 'node:crypto';
import { Fault } from '../fault.ts';

/** The largest page that AWS answers, and with it the largest that a cursor can name. */
export const maxPageSize = 100;
/** How many ids one query may filter by; a cursor counts items within them. */
export const idsPerQuery = 200;

/** Where a page begins: AWS's token for it (null: the first), the page size it was made with, and what to skip. */
export type Position = { token: string | null; size: number; skip: number; behind?: string };

/** @throws Fault BAD_USER_INPUT about an argument */
export function refuse(field: string, got: string, wanted: string): never {
  throw new Fault('BAD_USER_INPUT', `${field}: got ${got}, wanted ${wanted}`);
}

/** A short mark of a query to one account's list, by which a cursor knows its own. */
export function markOf(list: string, query: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([list, query]))
    .digest('base64url')
    .slice(0, 12);
}

export function encodeCursor({ token, size, skip, behind }: Position, mark: string): string {
  return Buffer.from(JSON.stringify([mark, token, size, skip, behind])).toString('base64url');
}

/** @throws Fault BAD_USER_INPUT when the cursor is not one of this query to this list */
export function decodeCursor(cursor: string, mark: string): Position {
  const got = JSON.stringify(cursor);
  const wanted = 'a cursor that this list gave out, such as pageInfo.endCursor';
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    refuse('after', got, wanted);
  }
  if (!Array.isArray(parts)) refuse('after', got, wanted);
  const [of, token, size, skip, behind] = parts as unknown[];
  const isWhole = (value: unknown, most: number): value is number =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
  if (
    !(token === null || typeof token === 'string') ||
    !(behind === undefined || behind === null || typeof behind === 'string') ||
    !(isWhole(size, maxPageSize) && size > 0 && isWhole(skip, idsPerQuery))
  )
    refuse('after', got, wanted);
  if (of !== mark)
    throw new Fault(
      'BAD_USER_INPUT',
      'after: this cursor belongs to another filter or sort; start again without it',
    );
  return { token, size, skip, ...(typeof behind === 'string' && { behind }) };
}
