/** The host names that the gateway is reached under. */
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { quoted } from '../domain/bad-input.ts';
import { type Host, parseHost } from '../settings/kinds.ts';
import { errorBody } from './errors.ts';

/** Probes reach a replica by its address rather than by a name, and get no data. */
const probes: readonly (string | undefined)[] = ['/healthz', '/readyz'];

/** The names of this machine: no page can make another name of its own resolve to one of them. */
const isLocal = ({ name }: Host): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(name);

/** Why a host name is refused, and the status for it. */
export type HostRefusal = { status: 400 | 421; code: string; message: string };

/**
 * Decides about the host name of a request. A page in a browser can reach any address that its visitor can, through a host
 * name of its own that resolves to it (DNS rebinding), and then looks like a program; but its requests have that name.
 *
 * Without authentication a gateway on loopback accepts the names of loopback; `ALLOWED_HOSTS` adds to them, and restricts
 * every other gateway. The status is 421, not 403: no caller may use that name, and any may use another (RFC 9110, 15.5.20).
 *
 * @returns a function of the `Host` header, which returns nothing for a name that is accepted
 */
export function createHostCheck({ allowedHosts, isLoopback, auth }: Config) {
  const isRestricted = allowedHosts.length > 0 || (isLoopback && auth.mode === 'none');
  const isAllowed = (host: Host): boolean =>
    (isLoopback && isLocal(host)) ||
    allowedHosts.some(({ name, port }) => name === host.name && (port ?? host.port) === host.port);
  /** Requests come under one or two names, and parsing a name takes longer than the rest of a hook. */
  let lastAccepted: string | undefined;
  const expected = isLoopback ? 'localhost or one of ALLOWED_HOSTS' : 'one of ALLOWED_HOSTS';

  return (given: string | undefined): HostRefusal | undefined => {
    if (given !== undefined && given === lastAccepted) return undefined;
    const got = given ? quoted(given) : 'none';
    const host = parseHost(given ?? '');
    if (!host)
      return { status: 400, code: 'BAD_REQUEST', message: `Host: got ${got}, expected a host name.` };
    if (!isRestricted || isAllowed(host)) {
      lastAccepted = given;
      return undefined;
    }
    return { status: 421, code: 'MISDIRECTED_REQUEST', message: `Host: got ${got}, expected ${expected}.` };
  };
}

/** Refuses requests for foreign host names. */
export function refuseForeignHosts(app: FastifyInstance, config: Config): void {
  const check = createHostCheck(config);
  app.addHook('onRequest', ({ host, routeOptions }, reply, done) => {
    const refusal = probes.includes(routeOptions.url) ? undefined : check(host);
    if (refusal) void reply.code(refusal.status).send(errorBody(refusal.code, refusal.message));
    else done();
  });
}
