/** Who calls, and what they may do: a JSON Web Token, or the secret of a router that has asked already. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { GraphQLError } from 'graphql';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { type Clock, calendar } from '../clock.ts';
import type { Config } from '../config.ts';
import { authError, scopes } from '../graphql/access.ts';

/** Who calls. `id` names them in the log and in the queue for the quota; it is no secret. */
export type Caller = { id: string; scopes: ReadonlySet<string> };

/** @throws GraphQLError UNAUTHENTICATED (401), or UPSTREAM_UNAVAILABLE (503) when nobody can tell */
export type Authenticate = (headers: IncomingHttpHeaders, address: string) => Promise<Caller>;

/** How long keys that are known are used when the issuer does not answer, before it is asked again. */
const staleKeysMs = 30_000;
const answerWithinMs = 2_000;

/**
 * The issuer's keys. A token by a key that is not known yet has the keys fetched again, at most every half minute. An
 * issuer that is away locks nobody out whose key is known.
 */
function issuerKeys(url: URL, clock: Pick<Clock, 'now'>): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(url, { timeoutDuration: answerWithinMs });
  let known: JSONWebKeySet | undefined;
  let isAwayUntil = 0;
  return async (header, token) => {
    try {
      if (known && clock.now() < isAwayUntil) return await createLocalJWKSet(known)(header, token);
      const key = await remote(header, token);
      known = remote.jwks();
      return key;
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
        throw error;
      isAwayUntil = clock.now() + staleKeysMs;
      if (known) return createLocalJWKSet(known)(header, token);
      throw authError('The token verification keys are temporarily unavailable.', 503);
    }
  };
}

/** The scopes of a token: `scope` is a text of words (RFC 9068), `scp` a list of them. */
function scopesOf({ scope, scp }: JWTPayload): ReadonlySet<string> {
  const words = [scope, scp].flat().flatMap((claim) => (typeof claim === 'string' ? claim.split(' ') : []));
  return new Set(words.filter(Boolean));
}

/** What is wrong with a token, without anything of the token. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `The token's claim "${error.claim}" is not accepted by this gateway.`;
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'The token is signed by a key that is not known here.';
  if (error instanceof errors.JOSEAlgNotAllowed)
    return 'The token is signed in a way that is not allowed here.';
  return 'The token cannot be verified.';
}

const isSame = (given: string, secret: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** How callers are known, by the settings. */
export function createAuthentication(
  { mode, routerSecret, jwks, jwksUrl, ...claims }: Config['auth'],
  clock: Pick<Clock, 'now'>,
): Authenticate {
  const everything: ReadonlySet<string> = new Set(Object.values(scopes));
  const keys = jwksUrl ? issuerKeys(new URL(jwksUrl), clock) : createLocalJWKSet(jwks ?? { keys: [] });

  async function byToken(authorization: string): Promise<Caller> {
    const [, token] = /^bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization) ?? [];
    if (!token) throw authError('Authorization header: expected "Bearer <JSON Web Token>".', 401);
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: claims.issuer ?? '',
        audience: claims.audience ?? '',
        algorithms: [...claims.algorithms],
        clockTolerance: claims.clockToleranceSeconds,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(calendar.instant()),
      });
      return { id: String(payload.sub).slice(0, 200), scopes: scopesOf(payload) };
    } catch (error) {
      throw error instanceof GraphQLError ? error : authError(reasonOf(error), 401);
    }
  }

  return async (headers, address) => {
    const { authorization, 'x-router-secret': secret, 'x-caller-id': caller } = headers;
    if (routerSecret && typeof secret === 'string') {
      if (!isSame(secret, routerSecret)) throw authError('The X-Router-Secret header is invalid.', 401);
      // The router has let its caller in; whom it names takes turns with its other callers.
      return {
        id: typeof caller === 'string' ? `router:${caller.slice(0, 200)}` : 'router',
        scopes: everything,
      };
    }
    if (mode === 'jwt') {
      if (!authorization)
        throw authError('Authentication required: the Authorization header is missing.', 401);
      return byToken(authorization);
    }
    if (routerSecret) throw authError('This gateway accepts requests from its router only.', 401);
    return { id: address, scopes: everything };
  };
}
