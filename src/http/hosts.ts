/** The host names that the gateway is reached under. */
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { quoted } from '../domain/bad-input.ts';
import { type Host, parseHost } from '../settings.ts';
import { errorBody } from './errors.ts';

/** Probes reach a replica by its address rather than by a name, and get no data. */
const probes: readonly (string | undefined)[] = ['/healthz', '/readyz'];

/** The names of this machine: no page can make another name of its own resolve to one of them. */
const isLocal = ({ name }: Host): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(name);

/**
 * Refuses requests for foreign host names. A page in a browser can reach any address that its visitor can, through a host
 * name of its own that resolves to it (DNS rebinding), and then looks like a program; but its requests have that name.
 *
 * Without authentication a gateway on loopback accepts the names of loopback; `ALLOWED_HOSTS` adds to them, and restricts
 * every other gateway. The status is 421, not 403: no caller may use that name, and any may use another (RFC 9110, 15.5.20).
 */
export function refuseForeignHosts(app: FastifyInstance, { allowedHosts, isLoopback, auth }: Config): void {
  const isRestricted = allowedHosts.length > 0 || (isLoopback && auth.mode === 'none');
  const isAllowed = (host: Host): boolean =>
    (isLoopback && isLocal(host)) ||
    allowedHosts.some(({ name, port }) => name === host.name && (port ?? host.port) === host.port);
  const expected = isLoopback ? 'localhost or one of ALLOWED_HOSTS' : 'one of ALLOWED_HOSTS';

  app.addHook('onRequest', async ({ host: given, routeOptions }, reply) => {
    if (probes.includes(routeOptions.url)) return;
    const got = given ? quoted(given) : 'none';
    const host = parseHost(given);
    if (!host)
      return reply.code(400).send(errorBody('BAD_REQUEST', `Host: got ${got}, expected a host name.`));
    if (!isRestricted || isAllowed(host)) return;
    const message = `Host: got ${got}, expected ${expected}.`;
    return reply.code(421).send(errorBody('MISDIRECTED_REQUEST', message));
  });
}
