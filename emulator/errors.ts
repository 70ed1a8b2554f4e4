import type { JsonObject } from './json.ts';
import type { Settings } from './settings.ts';

/** One entry of a ValidationException's list. `field` is a lowerCamel dotted path without list indexes. */
export type Violation = { code: string; field: string; message: string };

/**
 * The errors with their two HTTP statuses. AWS's reference pages print 400 for every client error, its service model
 * gives each a status of its own, and there is no evidence which one is live: hence the switch. Those after the first
 * seven are not modelled by the service; any AWS endpoint may return them.
 */
const statuses = {
  ValidationException: { pages: 400, model: 400 },
  AccessDeniedException: { pages: 400, model: 403 },
  ResourceNotFoundException: { pages: 400, model: 404 },
  ConflictException: { pages: 400, model: 409 },
  ThrottlingException: { pages: 400, model: 429 },
  ServiceQuotaExceededException: { pages: 400, model: 402 },
  InternalServerException: { pages: 500, model: 500 },
  SerializationException: { pages: 400, model: 400 },
  UnknownOperationException: { pages: 400, model: 404 },
  MissingAuthenticationTokenException: { pages: 403, model: 403 },
  IncompleteSignatureException: { pages: 403, model: 403 },
  InvalidSignatureException: { pages: 403, model: 403 },
  ExpiredTokenException: { pages: 403, model: 403 },
  RequestEntityTooLargeException: { pages: 413, model: 413 },
} as const;

export type ErrorName = keyof typeof statuses;

/** Any error that the service would answer with an error body. */
export class ApiError extends Error {
  override readonly name: ErrorName;
  readonly details: JsonObject;
  readonly headers: Record<string, string>;

  constructor(
    name: ErrorName,
    message: string,
    details: JsonObject = {},
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = name;
    this.details = details;
    this.headers = headers;
  }
}

export const errorStatus = (error: ApiError, settings: Settings): number =>
  statuses[error.name][settings.httpStatus];

/** The ways in which AWS services name an error in its body. Clients must support all of them. */
const typeForms: Readonly<Record<Settings['errorType'], (name: string) => JsonObject>> = {
  qualified: (name) => ({ __type: `com.amazonaws.partnercentralselling#${name}` }),
  bare: (name) => ({ __type: name }),
  coral: (name) => ({ __type: `com.amazon.coral.service#${name}` }),
  header: () => ({}),
};

/** The error's body on the wire. */
export const errorBody = (error: ApiError, settings: Settings): JsonObject => ({
  ...typeForms[settings.errorType](error.name),
  Message:
    error.name === 'ValidationException' && settings.validationMessage === 'empty' ? '' : error.message,
  ...error.details,
});

export const errorHeaders = (error: ApiError): Record<string, string> => ({
  'x-amzn-ErrorType': `${error.name}:http://internal.amazon.com/coral/com.amazon.partnerintegrationapi.common/`,
  ...error.headers,
});

/** All constraints that a request violates, at once. */
export const requestInvalid = (violations: Violation[]): ApiError =>
  invalid('REQUEST_VALIDATION_FAILED', violations);

/** All business rules that a well-formed request violates, at once. */
export const businessInvalid = (violations: Violation[]): ApiError =>
  invalid('BUSINESS_VALIDATION_FAILED', violations);

export const notFound = (id: string): ApiError =>
  new ApiError(
    'ResourceNotFoundException',
    `Resource with Identifier ${id} does not exist or is not accessible`,
  );

function invalid(reason: string, violations: Violation[]): ApiError {
  const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
  return new ApiError('ValidationException', `${count}: ${violations.map((one) => one.message).join('; ')}`, {
    Reason: reason,
    ErrorList: violations.map(({ code, field, message }) => ({
      Code: code,
      FieldName: field,
      Message: message,
    })),
  });
}
