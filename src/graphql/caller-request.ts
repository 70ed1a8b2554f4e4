import type { Claims } from '../accounts/claims.ts';
import type { View } from '../domain/view.ts';
import type { UpstreamRequest } from '../upstream/send.ts';
import type { UnknownEnumValue } from './open-enums.ts';
import type { Streamed } from './streamed.ts';
import type { Coerced } from './variables.ts';

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
  /** The variables of the operation, set once they are coerced. */
  variables: Coerced | undefined;
  /** Aborted if the caller disconnects before the response has been sent. */
  disconnected: AbortSignal;
  /** Aborted when no one waits for the response any more: at the deadline, or if the caller disconnects. */
  abandoned: AbortSignal;
  /** Set if the request comes over a transport for subscriptions. */
  streamed: Streamed | undefined;
};

/** What is counted for a request; a new one has made no calls. */
export class Counters
  implements
    Pick<
      CallerRequest,
      'made' | 'calls' | 'cached' | 'waitedMs' | 'unknownEnumValues' | 'records' | 'variables'
    >
{
  made = 0;
  calls: CallerRequest['calls'] = {};
  cached = 0;
  waitedMs = 0;
  unknownEnumValues: UnknownEnumValue[] = [];
  records = 0;
  variables: Coerced | undefined = undefined;
}

/** The same request for a dry run on its behalf. It inherits the rest, so that signals are still created on first use. */
export function planningRequest(request: CallerRequest): CallerRequest {
  return Object.assign(Object.create(request) as CallerRequest, new Counters(), { isDryRun: true });
}
