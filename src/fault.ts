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

/** What a fault can say beside its code. `retryAfterMs` reaches the client, the rest does not. */
export type FaultDetails = {
  cause?: unknown;
  issues?: readonly Issue[];
  /** Whether another try may help. */
  isTransient?: boolean;
  /** Whether AWS may have done what it was asked all the same: no answer came, or none that says. */
  mayHaveBeenApplied?: boolean;
  /** Whether only the request's own deadline prevented the call: a request with more time may succeed. */
  isDeadlineBound?: boolean;
  retryAfterMs?: number;
};

/** An error with a code out of the table. graphql-js copies `extensions` to the error that it answers. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly issues: readonly Issue[];
  readonly isTransient: boolean;
  readonly mayHaveBeenApplied: boolean;
  readonly isDeadlineBound: boolean;
  readonly retryAfterMs: number | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(code: FaultCode, message: string, details: FaultDetails = {}) {
    const { cause, issues = [], isTransient = false, mayHaveBeenApplied = false, ...others } = details;
    const { isDeadlineBound = false, ...extensions } = others;
    super(message, { cause });
    this.code = code;
    this.issues = issues;
    this.isTransient = isTransient;
    this.mayHaveBeenApplied = mayHaveBeenApplied;
    this.isDeadlineBound = isDeadlineBound;
    this.retryAfterMs = details.retryAfterMs;
    this.extensions = { code, ...extensions };
  }

  /** The same fault, of a call of which an earlier try may have landed. */
  withUnknownOutcome(): Fault {
    const { cause, issues, isTransient, isDeadlineBound, extensions } = this;
    const { code: _, ...told } = extensions;
    return new Fault(this.code, this.message, {
      cause,
      issues,
      isTransient,
      isDeadlineBound,
      mayHaveBeenApplied: true,
      ...told,
    });
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
