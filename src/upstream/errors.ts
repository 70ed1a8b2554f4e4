import { isClockSkewCorrectedError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { calendar } from '../clock.ts';
import { Fault, type FaultCode, type Issue } from '../fault.ts';
import { MismatchedAnswer } from './answers.ts';
import { type Operation, operationFacts } from './operations.ts';
import { RoleNotAssumed } from './roles.ts';

/** The exceptions that this API declares, without their suffix. */
const codes: ReadonlyMap<string, FaultCode> = new Map([
  ['Validation', 'VALIDATION'],
  ['Conflict', 'CONFLICT'],
  ['ResourceNotFound', 'NOT_FOUND'],
  ['AccessDenied', 'FORBIDDEN'],
  ['ServiceQuotaExceeded', 'QUOTA_EXHAUSTED'],
  // From any AWS endpoint:
  ['NotAuthorized', 'FORBIDDEN'],
  ['OptInRequired', 'FORBIDDEN'],
  ['Unauthorized', 'FORBIDDEN'],
  ['UnauthorizedOperation', 'FORBIDDEN'],
]);

/** Exceptions that mean AWS did not accept the gateway's own credentials: for the operator to fix, not the caller. */
const credentialErrors: ReadonlySet<string> = new Set([
  'AuthFailure',
  'CredentialsProviderError',
  'ExpiredToken',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignature',
  'InvalidToken',
  'MissingAuthenticationToken',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
  'UnrecognizedClient',
]);

/** A name of AWS's in messages, which reach callers and the log. Only words are quoted: the other side chose the text. */
const wordIn = (name: unknown): string | undefined =>
  typeof name === 'string' && /^[A-Za-z]\w{0,99}$/.test(name) ? name : undefined;

/** AWS writes most names with and without this suffix. */
const withoutSuffix = (name: string): string => name.replace(/Exception$/, '');

/** Statuses of the 4xx that say nothing about whether the request was carried out: a proxy or AWS gave up waiting. */
const unknownOutcomes: ReadonlySet<number> = new Set([408, 499]);

/** The longest wait that is believed, as in the SDK: a mistake in one header must not stop every caller for hours. */
const maxRetryAfterMs = 20_000;

/** Codes of AWS's ValidationException about the object as it is, which an earlier attempt may have changed. */
const stateCodes: ReadonlySet<string> = new Set([
  'ACTION_NOT_PERMITTED',
  'DUPLICATE_KEY_VALUE',
  'INVALID_RESOURCE_STATE',
]);

/**
 * Checks whether a refusal proves that no earlier attempt of the same call was applied. Only values do that: what AWS
 * rejects now, it has rejected before. A conflict or a wrong state may be the result of the earlier attempt.
 */
export function provesNothingApplied({ code, issues }: Fault): boolean {
  return code === 'VALIDATION' && !issues.some((issue) => stateCodes.has(issue.code));
}

/** The members that an error of the SDK may have; all are optional. */
type Thrown = {
  name?: unknown;
  message?: string;
  Reason?: unknown;
  ErrorList?: unknown;
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string>; statusCode?: number };
  code?: string;
};

/** What the SDK's own classification takes. */
type SdkError = Parameters<typeof isThrottlingError>[0];

/** Errors of a connection that was never made, so that the request was not sent. */
const neverSent = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  // No file descriptor or port is left.
  'EMFILE',
  'ENFILE',
  'EADDRNOTAVAIL',
]);

/** The SDK writes `UnknownError` where AWS left the message empty. */
function messageOf({ message }: Thrown): string | undefined {
  return message && message !== 'UnknownError' ? message : undefined;
}

function issuesOf(error: Thrown): Issue[] {
  const list: unknown[] = Array.isArray(error.ErrorList) ? error.ErrorList : [];
  const stringOf = (value: unknown): string | undefined =>
    typeof value === 'string' && value ? value : undefined;
  return list
    .filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null)
    .map(({ Code, FieldName, Message }) => ({
      code: stringOf(Code) ?? 'INVALID_VALUE',
      fieldName: stringOf(FieldName),
      message:
        stringOf(Message) ??
        `${stringOf(FieldName) ?? 'The request'} was rejected with ${stringOf(Code) ?? 'no code'}.`,
    }));
}

/** A read changes nothing, even if it is unknown whether AWS received it. */
const isWrite = (operation: string): boolean =>
  Object.hasOwn(operationFacts, operation) && !operationFacts[operation as Operation].isRead;

/** The wait that AWS asks for, in milliseconds: `x-amz-retry-after`, or `retry-after` as seconds or as an HTTP date. */
function retryAfterOf({ $response }: Thrown): number | undefined {
  const headers = $response?.headers ?? {};
  const after = headers['retry-after'] ?? '';
  // Both dates are the server's, so that the machine's clock does not matter.
  const untilDate = Date.parse(after) - Date.parse(headers.date ?? calendar.instant());
  const inSeconds = Number(after || Number.NaN) * 1000;
  const ms = Number(headers['x-amz-retry-after'] ?? (Number.isNaN(inSeconds) ? untilDate : inSeconds));
  return ms > 0 ? Math.min(ms, maxRetryAfterMs) : undefined;
}

/**
 * Converts anything that the SDK throws to a fault. Never throws itself, and uses no message that was not written for
 * callers.
 */
export function toFault(thrown: unknown, operation: string): Fault {
  if (thrown instanceof Fault) return thrown;
  if (thrown instanceof RoleNotAssumed) {
    const { reason, retryAfterMs, cause } = thrown;
    const message = `The role of this account could not be assumed (${wordIn(reason) ?? 'Error'}).`;
    return new Fault('UPSTREAM_UNAVAILABLE', message, { cause, retryAfterMs: Math.ceil(retryAfterMs) });
  }
  const error: Thrown = typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) };
  const name = wordIn(error.name) ?? 'Error';
  const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode ?? 0;
  const plainName = withoutSuffix(name);
  const code = codes.get(plainName) ?? (isThrottlingError(error as SdkError) ? 'THROTTLED' : undefined);
  const retryAfterMs = retryAfterOf(error);
  const issues = issuesOf(error);
  const said = messageOf(error) ?? issues.map((issue) => issue.message).join(' ');
  if (code === 'THROTTLED' || code === 'QUOTA_EXHAUSTED') {
    // AWS's quota is per second, so a second is the default wait.
    const details = { cause: thrown, retryAfterMs: retryAfterMs ?? 1000, isTransient: code === 'THROTTLED' };
    return new Fault(code, `AWS throttled ${operation}.`, details);
  }
  // The SDK has taken over the server's clock for its signatures, and the request can be signed again.
  if (isClockSkewCorrectedError(error as SdkError))
    return new Fault('UPSTREAM_UNAVAILABLE', `AWS did not accept the time of ${operation} (${name}).`, {
      cause: thrown,
      isTransient: true,
    });
  // AWS's message contains the gateway's role and account, which callers must not see.
  if (code === 'FORBIDDEN') {
    const reason = wordIn(error.Reason);
    return new Fault(code, `AWS denied ${operation}${reason ? ` (${reason})` : ''}.`, { cause: thrown });
  }
  if (code)
    return new Fault(code, said || `AWS answered ${operation} with ${name}.`, { cause: thrown, issues });
  if (credentialErrors.has(plainName))
    return new Fault('UPSTREAM_UNAVAILABLE', `AWS did not accept the gateway's credentials (${name}).`, {
      cause: thrown,
    });
  const late = name === 'AbortError' || name === 'TimeoutError';
  const message = late
    ? `AWS did not answer ${operation} in time.`
    : thrown instanceof MismatchedAnswer
      ? `AWS's answer to ${operation} ${thrown.problem}.`
      : `AWS could not answer ${operation} (${name}).`;
  const isRefusal =
    status >= 400 && status < 500 && !unknownOutcomes.has(status) && !isTransientError(error as SdkError);
  return new Fault('UPSTREAM_UNAVAILABLE', message, {
    cause: thrown,
    isTransient: !isRefusal,
    mayHaveBeenApplied: isWrite(operation) && !isRefusal && !neverSent.has(error.code ?? ''),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}
