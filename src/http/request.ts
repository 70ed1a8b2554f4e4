/** What an HTTP request says about itself: who calls, until when, and what its headers ask for. */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { type CallerRequest, freshCounters } from '../graphql/context.ts';
import { rootTrace, type TraceContext } from '../telemetry.ts';
import type { Caller } from './authenticate.ts';
import type { RequestSignals } from './deadlines.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the request's spans hang. */
    trace: TraceContext | null;
  }
}

type Header = string | string[] | undefined;

/** A caller's own request id is kept when it is plain; it appears in the log, so nothing else is let in. */
export function requestId(header: Header): string {
  return typeof header === 'string' && /^[\w.-]{1,64}$/.test(header) ? header : randomUUID();
}

const first = (header: Header): string | undefined => (Array.isArray(header) ? header[0] : header);

/** The request of a caller. Its ends stay getters, so that none is made before it is asked for. */
export function callerRequest(
  { id, headers, trace }: FastifyRequest,
  caller: Caller,
  ends: RequestSignals,
): CallerRequest {
  return Object.defineProperties(
    {
      id,
      caller: caller.id,
      scopes: caller.scopes,
      isUncached: /\bno-cache\b/.test(headers['cache-control'] ?? ''),
      isDryRun: headers['x-upstream-dry-run'] === '1',
      idempotencyKey: first(headers['idempotency-key']),
      trace: trace ?? rootTrace,
      ...freshCounters(),
    },
    Object.getOwnPropertyDescriptors(ends),
  ) as unknown as CallerRequest;
}
