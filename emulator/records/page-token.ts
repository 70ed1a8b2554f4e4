import { createHash } from 'node:crypto';
import { type ApiError, requestInvalid } from '../errors.ts';
import type { Position } from './order.ts';

/** A short hash of a string. */
export const digest = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** The token of the page after `position` in the list of `query`. */
export function writeToken(query: string, { key, id }: Position): string {
  const content = [query, key, id];
  return Buffer.from(JSON.stringify([...content, digest(JSON.stringify(content))])).toString('base64url');
}

/** Reads a token; throws if it belongs to another query or was never issued. */
export function readToken(token: string, query: string): Position {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    throw invalidToken();
  }
  if (!Array.isArray(parts)) throw invalidToken();
  const [of, key, id, checksum] = parts.map(String);
  if (of !== query || key === undefined || id === undefined) throw invalidToken();
  if (checksum !== digest(JSON.stringify([of, key, id]))) throw invalidToken();
  return { key, id };
}

const invalidToken = (): ApiError =>
  requestInvalid([
    {
      code: 'INVALID_VALUE',
      field: 'nextToken',
      message: "Value at 'nextToken' is not a token of this query; list again from the start",
    },
  ]);
