/** Protection against attacks that only pages in a browser can make. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { errorBody } from './errors.ts';

/** The names of this machine; a page cannot make another name of its own resolve to an address. */
const localName = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/**
 * Without authentication a gateway is safe only on its own machine, but a page can reach that too: through a host name
 * of its own that resolves to 127.0.0.1 (DNS rebinding). Such a request has the page's host name, so it is rejected.
 */
export function refuseForeignNames(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ hostname }, reply) => {
    if (localName.test(hostname)) return;
    const message = 'This gateway only accepts requests for localhost.';
    return reply.code(421).send(errorBody('MISDIRECTED_REQUEST', message));
  });
}

/**
 * Detects requests that may come from a page in a browser, where a user can be made to send one unknowingly (CSRF). Only
 * browsers send `sec-fetch-site` or a Mozilla user agent, and a page cannot change either without a preflight. Other
 * programs therefore need no header that forces one.
 */
export function isFromBrowser({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers['sec-fetch-site'] !== undefined || /^mozilla\//i.test(headers['user-agent'] ?? '');
}
