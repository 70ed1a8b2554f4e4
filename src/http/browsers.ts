import type { FastifyRequest } from 'fastify';

/**
 * Detects requests that may come from a page in a browser, where a user can be made to send one unknowingly (CSRF). Only
 * browsers send `sec-fetch-site` or a Mozilla user agent, and a page cannot change either without a preflight. Other
 * programs therefore need no header that forces one.
 */
export function isFromBrowser({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers['sec-fetch-site'] !== undefined || /^mozilla\//i.test(headers['user-agent'] ?? '');
}
