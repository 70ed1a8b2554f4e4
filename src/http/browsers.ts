/** What pages in a browser could do that other programs cannot. */
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * A gateway that asks nobody who they are is safe only on its own machine, and a page can reach that too: by a name of
 * its own that it has point to 127.0.0.1 (DNS rebinding). Such a request names the page's host and is refused.
 */
export function refuseForeignNames(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ hostname }, reply) => {
    if (['localhost', '127.0.0.1', '[::1]', '::1'].includes(hostname)) return;
    const message = 'This gateway only accepts requests for localhost.';
    return reply.code(421).send({ errors: [{ message, extensions: { code: 'MISDIRECTED_REQUEST' } }] });
  });
}

/**
 * Whether a request may come from a page in a browser: only there can somebody be made to send what they do not know of,
 * and only browsers send a `sec-fetch-site` or call themselves Mozilla, which no page can change without a preflight.
 * Other programs need not prove that they are no such page.
 */
export function isFromBrowser({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers['sec-fetch-site'] !== undefined || /^mozilla\//i.test(headers['user-agent'] ?? '');
}
