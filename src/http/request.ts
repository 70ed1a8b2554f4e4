/** The request-scoped values from HTTP: caller, deadline, and the headers' options. */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { noClaims } from '../accounts/claims.ts';
import { type CallerRequest, freshCounters } from '../graphql/caller-request.ts';
import type { Streamed } from '../graphql/streamed.ts';
import { rootTrace, type TraceContext } from '../telemetry.ts';
import type { Caller } from './authenticate.ts';
import type { RequestSignals } from './deadlines.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The parent of the request's spans. */
    trace: TraceContext | null;
  }
}

type Header = string | string[] | undefined;

/** The caller's request id if it is plain, or a new one. It is logged, so nothing else is accepted. */
export function requestId(header: Header): string {
  return typeof header === 'string' && /^[\w.-]{1,64}$/.test(header) ? header : randomUUID();
}

const first = (header: Header): string | undefined => (Array.isArray(header) ? header[0] : header);

/** Whether a header asks for something. Only an explicit no is one: a mutation meant as a dry run must not be executed. */
const asksFor = (header: Header): boolean =>
  !['', '0', 'false'].includes(first(header)?.trim().toLowerCase() ?? '');

/** A structured string in quotes, with parameters, if any (RFC 9651). */
const quoted = /^"((?:[^"\\]|\\["\\])*)"(?:;.*)?$/;

/** The caller's key. `Idempotency-Key` is specified as a quoted string, but is usually sent without quotes. */
function idempotencyKey(header: Header): string | undefined {
  const key = first(header);
  return key && (quoted.exec(key)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? key);
}

/** What a request over any transport has. */
export type Incoming = Pick<FastifyRequest, 'id' | 'headers' | 'trace'>;

/** Combines a request's parts: it has its signals, each of which is created on first use. */
export function callerRequest(
  { id, headers, trace }: Incoming,
  { caller, accounts }: { caller: Caller; accounts: readonly string[] },
  maxCalls: number,
  signals: RequestSignals,
  streamed?: Streamed,
): CallerRequest {
  return Object.assign(signals, {
    id,
    caller: caller.id,
    scopes: caller.scopes,
    claims: caller.claims ?? noClaims,
    accounts,
    maxCalls,
    isUncached: /\bno-cache\b/i.test(headers['cache-control'] ?? ''),
    isDryRun: asksFor(headers['x-upstream-dry-run']),
    idempotencyKey: idempotencyKey(headers['idempotency-key']),
    trace: trace ?? rootTrace,
    streamed,
    ...freshCounters(),
  });
}
