import { Fault, type FaultCode, type Issue } from '../fault.ts';
import { type Operation, operationFacts } from './operations.ts';

/** The exceptions that AWS declares, and those that any AWS endpoint may answer with. */
const codes: Record<string, FaultCode> = {
  ValidationException: 'VALIDATION',
  ConflictException: 'CONFLICT',
  ResourceNotFoundException: 'NOT_FOUND',
  AccessDeniedException: 'FORBIDDEN',
  ThrottlingException: 'THROTTLED',
  TooManyRequestsException: 'THROTTLED',
  ServiceQuotaExceededException: 'QUOTA_EXHAUSTED',
};

/** Exceptions that mean AWS did not accept the gateway's own credentials: an operator's business, not the caller's. */
const credentialTrouble = new Set([
  'CredentialsProviderError',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
]);

/** What the SDK can hang on an error. Nothing of it is certain to be there. */
type Thrown = {
  name?: string;
  message?: string;
  Reason?: string;
  ErrorList?: unknown;
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string>; statusCode?: number };
  code?: string;
};

/** Errors of a connection that was never made: whatever was to be sent has not been. */
const neverSent = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

/** The SDK writes `UnknownError` where AWS left the message empty. */
function messageOf({ message }: Thrown): string | undefined {
  return message && message !== 'UnknownError' ? message : undefined;
}

function issuesOf(error: Thrown): Issue[] {
  const list: unknown[] = Array.isArray(error.ErrorList) ? error.ErrorList : [];
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' && value ? value : undefined;
  return list
    .filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null)
    .map(({ Code, FieldName, Message }) => ({
      code: text(Code) ?? 'INVALID_VALUE',
      fieldName: text(FieldName),
      message:
        text(Message) ?? `${text(FieldName) ?? 'The request'} was refused with ${text(Code) ?? 'no code'}.`,
    }));
}

/** A read changes nothing, even if it is unknown whether AWS received it. */
const isWrite = (operation: string): boolean =>
  Object.hasOwn(operationFacts, operation) && operationFacts[operation as Operation].callClass === 'write';

/** How long AWS asks to wait, in milliseconds; undefined where it does not say. */
function askedToWait({ $response }: Thrown): number | undefined {
  const headers = $response?.headers ?? {};
  const ms = Number(headers['x-amz-retry-after'] ?? Number(headers['retry-after']) * 1000);
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

/**
 * Anything that the SDK throws, as a fault. Never throws itself, and puts no text into a message that AWS did not
 * write for its caller.
 */
export function toFault(thrown: unknown, operation: string): Fault {
  if (thrown instanceof Fault) return thrown;
  const error: Thrown = typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) };
  const name = error.name ?? 'Error';
  const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode ?? 0;
  const code = codes[name] ?? (status === 429 ? 'THROTTLED' : undefined);
  const retryAfterMs = askedToWait(error);
  const issues = issuesOf(error);
  const said = messageOf(error) ?? issues.map((issue) => issue.message).join(' ');
  if (code === 'THROTTLED' || code === 'QUOTA_EXHAUSTED') {
    // Its quota is per second, so a second is what there is to wait where it does not say.
    const details = { cause: thrown, retryAfterMs: retryAfterMs ?? 1000, isTransient: code === 'THROTTLED' };
    return new Fault(code, `AWS throttled ${operation}.`, details);
  }
  // Its own words name the gateway's role and account, which are nobody else's business.
  if (code === 'FORBIDDEN')
    return new Fault(code, `AWS denied ${operation}${error.Reason ? ` (${error.Reason})` : ''}.`, {
      cause: thrown,
    });
  if (code)
    return new Fault(code, said || `AWS answered ${operation} with ${name}.`, { cause: thrown, issues });
  if (credentialTrouble.has(name))
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
