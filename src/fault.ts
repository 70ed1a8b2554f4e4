/**
 * Everything that can go wrong on purpose. A fault carries a code out of this table; whatever is thrown that is no fault
 * is a bug, and the server masks it.
 *
 * The first group can be put right by the person at the keyboard: mutations answer them as `userErrors`. The second is
 * for the caller's program or an operator: it arrives as a GraphQL error with `extensions.code`.
 */
export const faultCodes = {
  NOT_FOUND: 'AWS knows no such object, or this account may not see it.',
  CONFLICT: 'The record changed since it was read, or a client token was used with another input.',
  VALIDATION: 'AWS refused the values it was sent; `issues` says which.',

  BAD_USER_INPUT: 'The arguments cannot be served as they stand.',
  UNAUTHENTICATED: 'The caller did not say who it is.',
  FORBIDDEN: 'AWS does not allow this account to do this.',
  THROTTLED: 'AWS takes no more calls at the moment; try again after `retryAfterMs`.',
  QUOTA_EXHAUSTED: "AWS takes no more calls until the day's quota frees up.",
  UPSTREAM_UNAVAILABLE: 'AWS could not be reached, failed, or did not answer in time.',
} as const;

export type FaultCode = keyof typeof faultCodes;

/** One complaint of AWS about one field: its code, its field name as AWS writes it, and its words. */
export type Issue = { code: string; fieldName: string | undefined; message: string };

/** Details of a fault. Only `retryAfterMs` reaches clients. */
export type FaultDetails = {
  cause?: unknown;
  issues?: readonly Issue[];
  /** Whether another attempt may succeed. */
  isTransient?: boolean;
  /** Whether AWS may have applied the request nonetheless: there was no response, or none that answers this. */
  mayHaveBeenApplied?: boolean;
  retryAfterMs?: number;
};

/** An error with a code from the table. graphql-js copies `extensions` to the error in the response. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly issues: readonly Issue[];
  readonly isTransient: boolean;
  readonly mayHaveBeenApplied: boolean;
  readonly retryAfterMs: number | undefined;
  /** Everything that clients receive besides the message. */
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly #details: FaultDetails;

  constructor(code: FaultCode, message: string, details: FaultDetails = {}) {
    const { cause, issues = [], isTransient = false, mayHaveBeenApplied = false, retryAfterMs } = details;
    super(message, { cause });
    this.code = code;
    this.issues = issues;
    this.isTransient = isTransient;
    this.mayHaveBeenApplied = mayHaveBeenApplied;
    this.retryAfterMs = retryAfterMs;
    this.extensions = { code, ...(retryAfterMs !== undefined && { retryAfterMs }) };
    this.#details = details;
  }

  /** The same fault, for a call of which an earlier attempt may have been applied. */
  withUnknownOutcome(): Fault {
    return new Fault(this.code, this.message, { ...this.#details, mayHaveBeenApplied: true });
  }
}

/** An error's code, if it has one: other executors than graphql-js make errors without `extensions`. */
export function codeOf(error: { extensions?: Readonly<Record<string, unknown>> }): string | undefined {
  const code = error.extensions?.code;
  return typeof code === 'string' ? code : undefined;
}

/** An error for the log: its kind and where it arose. Messages stay out, since they may quote a customer's data. */
export function placeOf(error: unknown): { error: string; at: string[] } {
  const { name = 'Error', stack = '' } = error instanceof Error ? error : {};
  return { error: name, at: stack.split('\n').filter((line) => line.startsWith('    at ')) };
}
