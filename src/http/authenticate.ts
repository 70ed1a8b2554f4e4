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
  type JWTVerifyOptions,
  type JWTVerifyResult,
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

/** Verifies a token. Several keys can fit one without `kid`: each is tried until one has signed it. */
async function verify(
  token: string,
  keys: JWTVerifyGetKey,
  options: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
  try {
    return await jwtVerify(token, keys, options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        return await jwtVerify(token, key, options);
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure;
      }
    }
    throw error;
  }
}

/** Authenticates callers by their tokens. `readConfig` requires either of the two sources of keys. */
function tokenAuthentication(
  { jwks, jwksUrl, ...claims }: Config['auth'],
  clock: Pick<Clock, 'now'>,
): (authorization: string | undefined) => Promise<Caller> {
  const keys = jwksUrl ? issuerKeys(new URL(jwksUrl), clock) : createLocalJWKSet(jwks as JSONWebKeySet);
  return async (authorization) => {
    if (!authorization) throw authError('Authentication required: the Authorization header is missing.', 401);
    const [, token] = /^bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization) ?? [];
    if (!token) throw authError('Authorization header: expected "Bearer <JSON Web Token>".', 401);
    try {
      const { payload } = await verify(token, keys, {
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
  };
}

/** Authentication as configured: the router's secret, then a token, then, if neither is configured, anyone. */
export function createAuthentication(auth: Config['auth'], clock: Pick<Clock, 'now'>): Authenticate {
  const everything: ReadonlySet<string> = new Set(Object.values(scopes));
  const byToken = auth.mode === 'jwt' ? tokenAuthentication(auth, clock) : undefined;
  const { routerSecret } = auth;

  return async (headers, address) => {
    const { authorization, 'x-router-secret': secret, 'x-caller-id': caller } = headers;
    if (routerSecret && typeof secret === 'string') {
      if (!isSame(secret, routerSecret)) throw authError('The X-Router-Secret header is invalid.', 401);
      // The router has authorized its caller; the name it gives lets its callers take turns for the quota.
      return {
        id: typeof caller === 'string' ? `router:${caller.slice(0, 200)}` : 'router',
        scopes: everything,
      };
    }
    if (byToken) return byToken(authorization);
    if (routerSecret) throw authError('This gateway accepts requests from its router only.', 401);
    return { id: address, scopes: everything };
  };
}
