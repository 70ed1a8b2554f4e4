import { Fault, type FaultCode, type Issue } from '../fault.ts';

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
  ErrorList?: { Code?: string; FieldName?: string; Message?: string }[];
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string> };
  code?: string;
};

/** Errors of a connection that was never made: whatever was to be sent has not been. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** The SDK writes `UnknownError` where AWS left the message empty. */
function messageOf({ message }: Thrown): string | undefined {
  return message && message !== 'UnknownError' ? message : undefined;
}

function issuesOf(error: Thrown): Issue[] {
  const list = Array.isArray(error.ErrorList) ? error.ErrorList : [];
  return list.map(({ Code, FieldName, Message }) => ({
    code: Code ?? 'INVALID_VALUE',
    fieldName: FieldName || undefined,
    message: Message || `${FieldName ?? 'The request'} was refused with ${Code ?? 'no code'}.`,
  }));
}

/** How long AWS asks to wait, in milliseconds, where it says so; a second otherwise, since its quota is per second. */
function retryAfterMs({ $response }: Thrown): number {
  const seconds = Number($response?.headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 1000;
}

/**
 * Anything that the SDK throws, as a fault. Never throws itself, and puts no text into a message that AWS did not
 * write for its caller.
 */
export function toFault(thrown: unknown, operation: string): Fault {
  if (thrown instanceof Fault) return thrown;
  const error: Thrown = typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) };
  const name = error.name ?? 'Error';
  const code = codes[name];
  const issues = issuesOf(error);
  const said = messageOf(error) ?? issues.map((issue) => issue.message).join(' ');
  if (code === 'THROTTLED' || code === 'QUOTA_EXHAUSTED') {
    const details = { cause: thrown, retryAfterMs: retryAfterMs(error), isTransient: code === 'THROTTLED' };
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
  const status = error.$metadata?.httpStatusCode ?? 0;
  const isRefusal = status >= 400 && status < 500;
  return new Fault('UPSTREAM_UNAVAILABLE', message, {
    cause: thrown,
    isTransient: !isRefusal,
    mayHaveLanded: !isRefusal && !neverSent.has(error.code ?? ''),
  });
}
