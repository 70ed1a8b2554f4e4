/** The calls of a request. */
import type { Account } from '../accounts/account.ts';
import type { RequestScope } from '../records/in-flight.ts';
import type { Priority } from '../upstream/quota/ring.ts';
import { type Send, sendFor } from '../upstream/send.ts';
import type { CallerRequest } from './caller-request.ts';

export type ScopeOptions = {
  priority: Priority;
  /** The signal of the request that ends its waiting. */
  end: 'abandoned' | 'signal';
  /** Whether calls may be made beyond the limit of calls. */
  mayExceed: boolean;
};

/** Its parts are created on first use, since most requests are served from the cache. */
class Scope implements RequestScope {
  readonly request: CallerRequest;
  readonly priority: Priority;
  private readonly account: Account;
  private readonly options: ScopeOptions;
  private made: Send | undefined;

  constructor(account: Account, request: CallerRequest, options: ScopeOptions) {
    this.request = request;
    this.priority = options.priority;
    this.account = account;
    this.options = options;
  }

  get send(): Send {
    const { priority, mayExceed } = this.options;
    this.made ??= sendFor(this.account, this.request, { priority, waits: () => this.signal, mayExceed });
    return this.made;
  }

  get signal(): AbortSignal {
    return this.request[this.options.end];
  }
}

export const createScope = (account: Account, request: CallerRequest, options: ScopeOptions): RequestScope =>
  new Scope(account, request, options);
