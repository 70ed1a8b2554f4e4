/** JSON Web Tokens, verified with the keys of their issuer. */
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError } from 'graphql';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JSONWebKeySet,
  type JWKSCacheInput,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  type JWTVerifyResult,
  jwksCache,
  jwtVerify,
} from 'jose';
import { type Clock, calendar } from '../clock.ts';
import type { Config } from '../config.ts';
import { authError } from '../graphql/access.ts';

/** The time for which the last keys are used after a fetch has failed. */
const useLastKeysMs = 30_000;
const fetchTimeoutMs = 2_000;
/** Issuers publish a few keys, of a few hundred bytes each. */
const maxKeySetBytes = 1_000_000;

/** The name and code of an error. Messages are omitted: that of a failed fetch may quote the URL. */
function nameAndCode(error: unknown): { error: string; code: string | undefined } {
  const { name = 'Error', code, cause } = error as NodeJS.ErrnoException;
  return { error: name, code: (cause as NodeJS.ErrnoException | undefined)?.code ?? code };
}

/** `fetch`, except that reading a body beyond `maxKeySetBytes`, decompressed, fails and closes the connection. */
const fetchKeySet: FetchImplementation = async (url, options) => {
  const response = await fetch(url, options);
  let length = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      length += chunk.length;
      if (length <= maxKeySetBytes) controller.enqueue(chunk);
      else controller.error(Object.assign(new RangeError('too long'), { code: 'ERR_JWKS_TOO_LONG' }));
    },
  });
  return new Response(response.body?.pipeThrough(limit), { status: response.status });
};

/**
 * The issuer's keys. A token with an unknown key triggers a new fetch, at most every half minute. While the issuer is
 * unreachable, the keys of the last fetch are used, so tokens with known keys are still accepted.
 */
function issuerKeys(url: URL, clock: Pick<Clock, 'now'>, log: FastifyBaseLogger): JWTVerifyGetKey {
  const lastFetch: JWKSCacheInput = {};
  const remote = createRemoteJWKSet(url, {
    timeoutDuration: fetchTimeoutMs,
    [customFetch]: fetchKeySet,
    [jwksCache]: lastFetch,
  });
  let useLastKeysUntil = 0;
  let reported: number | undefined;

  /** Logs an outage once: fetches that fail with no successful one between them are the same outage. */
  function reportOutage(error: unknown): void {
    const { uat: fetchedAt = 0 } = lastFetch;
    if (fetchedAt === reported) return;
    reported = fetchedAt;
    log.warn(nameAndCode(error), 'JWKS fetch failed');
  }

  return async (header, token) => {
    if (lastFetch.jwks && clock.now() < useLastKeysUntil)
      return createLocalJWKSet(lastFetch.jwks)(header, token);
    try {
      return await remote(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
        throw error;
      reportOutage(error);
      if (!lastFetch.jwks) throw authError('The token verification keys are temporarily unavailable.', 503);
      useLastKeysUntil = clock.now() + useLastKeysMs;
      return createLocalJWKSet(lastFetch.jwks)(header, token);
    }
  };
}

/** The scopes of a token: `scope` is a string of words (RFC 9068), `scp` a list of them. */
function scopesOf({ scope, scp }: JWTPayload): ReadonlySet<string> {
  const words = [scope, scp].flat().flatMap((claim) => (typeof claim === 'string' ? claim.split(' ') : []));
  return new Set(words.filter(Boolean));
}

/** The subject of a token. jose requires the claim, but accepts any value, and issuers can be made to sign null or "". */
function subjectOf(payload: JWTPayload): string {
  const { sub } = payload as { sub?: unknown };
  if (typeof sub === 'string' && sub.trim() !== '') return sub;
  throw new errors.JWTClaimValidationFailed(
    '"sub" must be a string that is not empty',
    payload,
    'sub',
    'check_failed',
  );
}

/** The reason why a token was rejected, without any part of the token. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `The token's claim "${error.claim}" is not accepted by this gateway.`;
  if (error instanceof errors.JWKSNoMatchingKey) return 'The token is signed with an unknown key.';
  if (error instanceof errors.JOSEAlgNotAllowed)
    return 'The token is signed with an algorithm that is not allowed.';
  return 'The token cannot be verified.';
}

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

const invalidToken = { error: 'invalid_token' } as const;

/** The claims of a verified token. It expires at `expiresAt`, in milliseconds since 1970. */
type Verified = { subject: string; scopes: ReadonlySet<string>; claims: JWTPayload; expiresAt: number };

/**
 * Verifies the tokens of `Authorization` headers. `readConfig` requires either of the two sources of keys.
 *
 * @returns a function that throws GraphQLError UNAUTHENTICATED (401), or UPSTREAM_UNAVAILABLE (503) without keys
 */
export function createVerification(
  { jwks, jwksUrl, ...claims }: Config['auth'],
  clock: Pick<Clock, 'now'>,
  log: FastifyBaseLogger,
): (authorization: string | undefined) => Promise<Verified> {
  const keys = jwksUrl ? issuerKeys(new URL(jwksUrl), clock, log) : createLocalJWKSet(jwks as JSONWebKeySet);
  return async (authorization) => {
    if (!authorization) throw authError('Authentication required: the Authorization header is missing.', 401);
    const [, token] = /^bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization) ?? [];
    if (!token) {
      const hasToken = /^bearer\b/i.test(authorization);
      const message = 'Authorization header: expected "Bearer <JSON Web Token>".';
      throw authError(message, 401, hasToken ? invalidToken : undefined);
    }
    try {
      const { payload } = await verify(token, keys, {
        issuer: claims.issuer ?? '',
        audience: claims.audience ?? '',
        algorithms: [...claims.algorithms],
        clockTolerance: claims.clockToleranceSeconds,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(calendar.instant()),
      });
      const expiresAt = (Number(payload.exp) + claims.clockToleranceSeconds) * 1_000;
      return { subject: subjectOf(payload), scopes: scopesOf(payload), claims: payload, expiresAt };
    } catch (error) {
      throw error instanceof GraphQLError ? error : authError(reasonOf(error), 401, invalidToken);
    }
  };
}
