/** Authentication: a JSON Web Token, or the secret of a router that has already authenticated its caller. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Claims } from '../accounts/claims.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { isPlainObject } from '../domain/paths.ts';
import { authError, scopes } from '../graphql/access.ts';
import { requestError } from '../graphql/refusal.ts';

/**
 * `id` identifies the caller in the log, in the queue for the quota and for idempotency keys; it is not a secret. It starts
 * with where the name comes from, so that no caller can choose the name of another: `token:ada`, `router:ada`, `router` for
 * a router that names no one, `anonymous:10.0.0.7`.
 */
export type Caller = {
  id: string;
  scopes: ReadonlySet<string>;
  /** Those of the verified token, or those that the router sends; undefined if it sends none. */
  claims: Claims | undefined;
  /** When the token expires, in milliseconds of the calendar; undefined for a caller without one. */
  expiresAt?: number;
};

/** Longer names are cut. */
const maxNameLength = 200;

/** A caller's name with its source. Names that are cut get their hash, so that they still differ. */
function callerId(source: 'token' | 'router' | 'anonymous', name: string): string {
  if (name.length <= maxNameLength) return `${source}:${name}`;
  const hash = createHash('sha256').update(name).digest('hex');
  return `${source}:${name.slice(0, maxNameLength)}…${hash}`;
}

/**
 * @param requestId for the log
 * @throws GraphQLError UNAUTHENTICATED (401), BAD_REQUEST (400) for claims of a router that cannot be read, or
 *   UPSTREAM_UNAVAILABLE (503) if tokens cannot be verified at the moment
 */
export type Authenticate = (
  headers: IncomingHttpHeaders,
  address: string,
  requestId: string,
) => Promise<Caller>;

/** Compares with every secret, so that the time that it takes does not reveal the nearest one. */
const isOneOf = (secrets: readonly string[], given: string): boolean => {
  const sent = Buffer.from(given);
  return secrets
    .map((secret) => Buffer.from(secret))
    .map((secret) => secret.length === sent.length && timingSafeEqual(secret, sent))
    .includes(true);
};

/** Authentication by tokens. Their library is loaded only where they are configured, since that takes time. */
async function tokenAuthentication(
  auth: Config['auth'],
  clock: Pick<Clock, 'now'>,
  log: FastifyBaseLogger,
): Promise<(authorization: string | undefined) => Promise<Caller>> {
  const { createVerification } = await import('./tokens.ts');
  const verify = createVerification(auth, clock, log);
  return async (authorization) => {
    const { subject, scopes, claims, expiresAt } = await verify(authorization);
    return { id: callerId('token', subject), scopes, claims, expiresAt };
  };
}

/** The claims that a router sends. Node.js reads headers byte by byte, so that UTF-8 has to be put together. */
function routerClaims(header: string | string[] | undefined): Claims | undefined {
  if (header === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(String(header), 'latin1').toString());
    if (isPlainObject(claims)) return claims;
  } catch {
    // The same as JSON of another kind.
  }
  throw requestError('BAD_REQUEST', 'X-Caller-Claims: expected a JSON object.');
}

/** Authentication as configured: the router's secret, then a token, then, if neither is configured, anyone. */
export async function createAuthentication(
  { auth, isLoopback }: Pick<Config, 'auth' | 'isLoopback'>,
  clock: Pick<Clock, 'now'>,
  log: FastifyBaseLogger,
): Promise<Authenticate> {
  const everything: ReadonlySet<string> = new Set(Object.values(scopes));
  const byToken = auth.mode === 'jwt' ? await tokenAuthentication(auth, clock, log) : undefined;
  const { routerSecrets } = auth;
  const hasRouter = routerSecrets.length > 0;
  // The settings name a role that AWS's jobs assume: a stranger must not change them.
  const anyone = isLoopback
    ? everything
    : new Set([...everything].filter((scope) => scope !== scopes.writeSettings));

  async function identify(headers: IncomingHttpHeaders, address: string): Promise<Caller> {
    const {
      authorization,
      'x-router-secret': secret,
      'x-caller-id': caller,
      'x-caller-claims': claims,
    } = headers;
    if (hasRouter && typeof secret === 'string') {
      if (!isOneOf(routerSecrets, secret)) throw authError('The X-Router-Secret header is invalid.', 401);
      // The router has authorized its caller; the name it gives lets its callers take turns for the quota.
      return {
        id: typeof caller === 'string' && caller !== '' ? callerId('router', caller) : 'router',
        scopes: everything,
        claims: routerClaims(claims),
      };
    }
    if (byToken) return byToken(authorization);
    if (hasRouter) throw authError('This gateway accepts requests from its router only.', 401);
    return { id: callerId('anonymous', address), scopes: anyone, claims: undefined };
  }

  return async (headers, ip, requestId) => {
    try {
      return await identify(headers, ip);
    } catch (error) {
      const code = error instanceof GraphQLError ? error.extensions.code : undefined;
      log.info({ requestId, ip, code }, 'authentication failed');
      throw error;
    }
  };
}
