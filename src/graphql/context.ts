import type { Account } from '../accounts/account.ts';
import { createLoaders } from '../records/loaders.ts';
import { createPages } from '../records/pages.ts';
import { createWriter } from '../records/writer.ts';
import { sendFor, type UpstreamRequest } from '../upstream/send.ts';
import type { UnknownEnumValue } from './open-enums.ts';

/** What a caller's request says about itself. */
export type CallerRequest = UpstreamRequest & {
  idempotencyKey: string | undefined;
  /** Values of AWS in the answer that the schema does not know. */
  unknownEnumValues: UnknownEnumValue[];
  /** What the caller may do. */
  scopes: ReadonlySet<string>;
  /** Aborted when the caller has disconnected before it was answered. */
  disconnected: AbortSignal;
  /** Aborted when no one waits for the answer any more: at the deadline, or when the caller has disconnected. */
  abandoned: AbortSignal;
};

/** What a request has cost and noted so far: nothing. */
export const freshCounters = (): Pick<
  CallerRequest,
  'calls' | 'cached' | 'waitedMs' | 'unknownEnumValues'
> => ({
  calls: {},
  cached: 0,
  waitedMs: 0,
  unknownEnumValues: [],
});

/** The same request for a dry run on its behalf: it inherits the rest, so that no signal is made before it is asked for. */
export function planningRequest(request: CallerRequest): CallerRequest {
  return Object.assign(Object.create(request) as CallerRequest, freshCounters(), { isDryRun: true });
}

/** What a resolver works with, for one request to one account. */
export function createContext(account: Account, request: CallerRequest) {
  const { cache, coalescer, queue, quota, clock, name, catalog } = account;
  const reading = {
    request,
    send: sendFor(account, request, { priority: 'interactive', waits: () => request.abandoned }),
    get signal() {
      return request.abandoned;
    },
  };
  /** For mutations: what they send goes first and is finished even if the caller disconnects. */
  const writing = {
    request,
    send: sendFor(account, request, { priority: 'write', waits: () => request.signal }),
    get signal() {
      return request.signal;
    },
  };
  const loaders = createLoaders({ scope: reading, coalescer, cache, quota, clock });
  return {
    account,
    request,
    quota,
    loaders,
    records: {
      /** A page of opportunities. */
      page: createPages(reading, { coalescer, cache, account: `${name} ${catalog}` }),
      ...createWriter({ scope: writing, coalescer, cache, quota, clock, queue, loaders }),
    },
  };
}

export type Context = ReturnType<typeof createContext>;
