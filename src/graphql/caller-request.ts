import type { Claims } from '../accounts/claims.ts';
import type { View } from '../domain/view.ts';
import type { UpstreamRequest } from '../upstream/send.ts';
import type { UnknownEnumValue } from './open-enums.ts';
import type { Streamed } from './streamed.ts';

/** A caller's request, as seen by resolvers and plugins. */
export type CallerRequest = UpstreamRequest & {
  idempotencyKey: string | undefined;
  /** AWS values in the response that the schema does not have. */
  unknownEnumValues: UnknownEnumValue[];
  scopes: ReadonlySet<string>;
  /** What is claimed about the caller, by the token or the router. */
  claims: Claims;
  /** The names of the accounts that the caller may use. */
  accounts: readonly string[];
  /** What the caller sees of the opportunities, if that does not follow from the claims. */
  view?: View | undefined;
  /** The most records that the operation can return; set once its variables are known. */
  records: number;
  /** Settles when the response has been written as text; set when the operation has been executed. */
  written: Promise<void> | undefined;
  /** Aborted if the caller disconnects before the response has been sent. */
  disconnected: AbortSignal;
  /** Aborted when no one waits for the response any more: at the deadline, or if the caller disconnects. */
  abandoned: AbortSignal;
  /** Set if the request comes over a transport for subscriptions. */
  streamed: Streamed | undefined;
};

/** The counters of a new request. */
export const freshCounters = (): Pick<
  CallerRequest,
  'made' | 'calls' | 'cached' | 'waitedMs' | 'unknownEnumValues' | 'records' | 'written'
> => ({
  made: 0,
  calls: {},
  cached: 0,
  waitedMs: 0,
  unknownEnumValues: [],
  records: 0,
  written: undefined,
});

/** The same request for a dry run on its behalf. It inherits the rest, so that signals are still created on first use. */
export function planningRequest(request: CallerRequest): CallerRequest {
  return Object.assign(Object.create(request) as CallerRequest, freshCounters(), { isDryRun: true });
}
