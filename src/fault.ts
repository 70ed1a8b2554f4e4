/**
 * All expected errors below HTTP and authorization: a fault has a code from this table. Anything else that is thrown is a
 * bug, and its message is masked. The descriptions are documentation; clients receive the message of the fault.
 *
 * The end user can fix those of the first group, so mutations report them as `userErrors`. The second group is for the
 * calling program or an operator: GraphQL errors with `extensions.code`. Requests rejected earlier, such as unauthenticated
 * ones, have codes of their own.
 */
export const faultCodes = {
  NOT_FOUND: 'AWS has no such object, or this account is not allowed to see it.',
  CONFLICT: 'The record has changed since it was read, or a client token was reused with other input.',
  VALIDATION: 'AWS rejected the values; `issues` lists which.',

  BAD_USER_INPUT: 'The arguments are invalid.',
  IDEMPOTENCY_CONFLICT: 'The caller has used its `Idempotency-Key` for another request.',
  IDEMPOTENCY_IN_PROGRESS: 'The first request with this `Idempotency-Key` is still being carried out.',
  ACCOUNT_NOT_FOUND: 'There is no such account, or this caller may not use it.',
  FORBIDDEN: 'AWS does not allow this account to do this.',
  THROTTLED:
    'AWS is throttling calls, or the quota has no slot before the deadline; retry after `retryAfterMs`.',
  QUOTA_EXHAUSTED: 'The daily quota is exhausted; retry after `retryAfterMs`.',
  LIMIT_EXCEEDED:
    'A limit of this gateway is exceeded: `setting` names it, `limit` and `got` are its values.',
  SUBSCRIBER_TOO_SLOW:
    'A subscription was ended because its events were not received as fast as they came; subscribe again.',
  INDEX_OFF: 'The field needs the index of opportunities, and `INDEX=off`.',
  INDEX_BUILDING: 'The index of opportunities is not complete yet; retry after `retryAfterMs`.',
  JOBS_UNAVAILABLE:
    'The store of what outlives a request cannot be used: it does not answer, or none is configured with UPSTREAM=aws.',
  UPSTREAM_UNAVAILABLE:
    'AWS could not be reached, failed, rejected the credentials, or did not respond in time.',
} as const;

export type FaultCode = keyof typeof faultCodes;

/** AWS's error about one field; the field name and the message are AWS's own. */
export type Issue = { code: string; fieldName: string | undefined; message: string };

/** A limit of this gateway, the setting that it comes from, and the value that is more than that. */
export type ExceededLimit = { limit: number; setting: string; got: number };

/** Details of a fault. Only `retryAfterMs` and `exceeded` reach clients. */
export type FaultDetails = {
  cause?: unknown;
  issues?: readonly Issue[];
  /** Another attempt may succeed. */
  isTransient?: boolean;
  /** AWS may have applied the request nonetheless: there was no response, or an inconclusive one. */
  mayHaveBeenApplied?: boolean;
  /** Whether only the request's own deadline prevented the call: a request with more time may succeed. */
  isDeadlineBound?: boolean;
  retryAfterMs?: number;
  exceeded?: ExceededLimit;
};

/** An error with a code from the table. graphql-js copies `extensions` to the error in the response. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly issues: readonly Issue[];
  readonly isTransient: boolean;
  readonly mayHaveBeenApplied: boolean;
  readonly isDeadlineBound: boolean;
  readonly retryAfterMs: number | undefined;
  /** Everything that clients receive besides the message. */
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly #details: FaultDetails;

  constructor(code: FaultCode, message: string, details: FaultDetails = {}) {
    const { cause, issues = [], isTransient = false, mayHaveBeenApplied = false } = details;
    const { isDeadlineBound = false, retryAfterMs, exceeded } = details;
    super(message, { cause });
    this.code = code;
    this.issues = issues;
    this.isTransient = isTransient;
    this.mayHaveBeenApplied = mayHaveBeenApplied;
    this.isDeadlineBound = isDeadlineBound;
    this.retryAfterMs = retryAfterMs;
    this.extensions = { code, ...(retryAfterMs !== undefined && { retryAfterMs }), ...exceeded };
    this.#details = details;
  }

  /** The same fault, for a call of which an earlier attempt may have been applied. */
  withUnknownOutcome(): Fault {
    return new Fault(this.code, this.message, { ...this.#details, mayHaveBeenApplied: true });
  }
}

/** An error's code, if it has one; executors other than graphql-js create errors without `extensions`. */
export function codeOf(error: { extensions?: Readonly<Record<string, unknown>> }): string | undefined {
  const code = error.extensions?.code;
  return typeof code === 'string' ? code : undefined;
}

/** The most that the log has of an error: the failing code may have chosen its name, and the length of its stack. */
const maxLogged = { frames: 20, characters: 200 };

/** An error for the log: its name and stack frames. Messages are omitted, since they may quote customer data. */
export function errorForLog(error: unknown): { error: string; at: string[] } {
  const { name = 'Error', message = '', stack = '' } = error instanceof Error ? error : {};
  // The stack starts with the message, of which a line can look like a frame.
  const text = String(stack);
  const start = text.indexOf(message);
  const lines = (start < 0 ? text : text.slice(start + String(message).length)).split('\n');
  const frames = lines.filter((line) => line.startsWith('    at ')).slice(0, maxLogged.frames);
  return {
    error: String(name).slice(0, maxLogged.characters),
    at: frames.map((line) => line.slice(0, maxLogged.characters)),
  };
}
