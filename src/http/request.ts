/** The request-scoped values from HTTP: caller, deadline, and the headers' options. */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { type Claims, noClaims } from '../accounts/claims.ts';
import { type CallerRequest, Counters } from '../graphql/caller-request.ts';
import type { Streamed } from '../graphql/streamed.ts';
import { rootTrace, type TraceContext } from '../telemetry.ts';
import type { Caller } from './authenticate.ts';
import type { RequestSignals } from './deadlines.ts';

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

/** Who asks, for what, and until when. */
type Parts = {
  caller: Caller;
  /** The names of the accounts that the caller may use. */
  accounts: readonly string[];
  maxCalls: number;
  signals: RequestSignals;
  streamed?: Streamed;
};

/** A request over any transport. It is created for each, so it is a class: V8 makes its objects in one step. */
class IncomingRequest extends Counters implements CallerRequest {
  readonly id: string;
  readonly caller: string;
  readonly scopes: ReadonlySet<string>;
  readonly claims: Claims;
  readonly accounts: readonly string[];
  readonly maxCalls: number;
  readonly isUncached: boolean;
  readonly isDryRun: boolean;
  readonly idempotencyKey: string | undefined;
  readonly streamed: Streamed | undefined;
  trace: TraceContext;
  private readonly signals: RequestSignals;

  constructor({ id, headers, trace }: Incoming, { caller, accounts, maxCalls, signals, streamed }: Parts) {
    super();
    this.id = id;
    this.caller = caller.id;
    this.scopes = caller.scopes;
    this.claims = caller.claims ?? noClaims;
    this.accounts = accounts;
    this.maxCalls = maxCalls;
    this.isUncached = /\bno-cache\b/i.test(headers['cache-control'] ?? '');
    this.isDryRun = asksFor(headers['x-upstream-dry-run']);
    this.idempotencyKey = idempotencyKey(headers['idempotency-key']);
    this.streamed = streamed;
    this.trace = trace ?? rootTrace;
    this.signals = signals;
  }

  get deadline() {
    return this.signals.deadline;
  }

  get signal() {
    return this.signals.signal;
  }

  get disconnected() {
    return this.signals.disconnected;
  }

  get abandoned() {
    return this.signals.abandoned;
  }
}

/** Combines a request's parts. */
export const callerRequest = (incoming: Incoming, parts: Parts): CallerRequest =>
  new IncomingRequest(incoming, parts);
