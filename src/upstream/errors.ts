import { Fault, type FaultCode, type Issue } from '../fault.ts';
import { type Operation, operationFacts } from './operations.ts';

/** The exceptions that this API declares, and those that any AWS endpoint may return. */
const codes: Record<string, FaultCode> = {
  ValidationException: 'VALIDATION',
  ConflictException: 'CONFLICT',
  ResourceNotFoundException: 'NOT_FOUND',
  AccessDeniedException: 'FORBIDDEN',
  ThrottlingException: 'THROTTLED',
  TooManyRequestsException: 'THROTTLED',
  ServiceQuotaExceededException: 'QUOTA_EXHAUSTED',
};

/** Exceptions that mean AWS did not accept the gateway's own credentials: for the operator to fix, not the caller. */
const credentialErrors = new Set([
  'CredentialsProviderError',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
]);

/** The members that an error of the SDK may have; all are optional. */
type Thrown = {
  name?: string;
  message?: string;
  Reason?: string;
  ErrorList?: unknown;
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string>; statusCode?: number };
  code?: string;
};

/** Errors of a connection that was never made, so that the request was not sent. */
const neverSent = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

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
  Object.hasOwn(operationFacts, operation) && operationFacts[operation as Operation].callClass === 'write';

/** The wait that AWS asks for, in milliseconds. */
function retryAfterOf({ $response }: Thrown): number | undefined {
  const headers = $response?.headers ?? {};
  const ms = Number(headers['x-amz-retry-after'] ?? Number(headers['retry-after']) * 1000);
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

/**
 * Converts anything that the SDK throws to a fault. Never throws itself, and uses no message that was not written for
 * callers.
 */
export function toFault(thrown: unknown, operation: string): Fault {
  if (thrown instanceof Fault) return thrown;
  const error: Thrown = typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) };
  const name = error.name ?? 'Error';
  const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode ?? 0;
  const code = codes[name] ?? (status === 429 ? 'THROTTLED' : undefined);
  const retryAfterMs = retryAfterOf(error);
  const issues = issuesOf(error);
  const said = messageOf(error) ?? issues.map((issue) => issue.message).join(' ');
  if (code === 'THROTTLED' || code === 'QUOTA_EXHAUSTED') {
    // AWS's quota is per second, so a second is the default wait.
    const details = { cause: thrown, retryAfterMs: retryAfterMs ?? 1000, isTransient: code === 'THROTTLED' };
    return new Fault(code, `AWS throttled ${operation}.`, details);
  }
  // AWS's message contains the gateway's role and account, which callers must not see.
  if (code === 'FORBIDDEN')
    return new Fault(code, `AWS denied ${operation}${error.Reason ? ` (${error.Reason})` : ''}.`, {
      cause: thrown,
    });
  if (code)
    return new Fault(code, said || `AWS answered ${operation} with ${name}.`, { cause: thrown, issues });
  if (credentialErrors.has(name))
    return new Fault('UPSTREAM_UNAVAILABLE', `AWS did not accept the gateway's credentials (${name}).`, {
      cause: thrown,
    });
  const late = name === 'AbortError' || name === 'TimeoutError';
  const message = late
    ? `AWS did not answer ${operation} in time.`
    : `AWS could not answer ${operation} (${name}).`;
  const isRefusal = status >= 400 && status < 500;
  return new Fault('UPSTREAM_UNAVAILABLE', message, {
    cause: thrown,
    isTransient: !isRefusal,
    mayHaveBeenApplied: isWrite(operation) && !isRefusal && !neverSent.has(error.code ?? ''),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}
