import type { IncomingMessage } from 'node:http';
import { ApiError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Operation } from '../operation.ts';
import { operations } from '../operations.ts';
import { checkSignature } from './signature.ts';

export const contentType = 'application/x-amz-json-1.0';

/** Whether the path names the operation, `POST /<Operation>`, instead of the target header. */
export const isPathStyle = (req: IncomingMessage): boolean => req.headers['x-amz-target'] === undefined;

/** `AWSPartnerCentralSelling.<Operation>` in the target header, or the operation as the path. */
export function operationName(req: IncomingMessage): string {
  const target = req.headers['x-amz-target'];
  if (typeof target === 'string') return /^AWSPartnerCentralSelling\.(\w+)$/.exec(target)?.[1] ?? target;
  const [path = ''] = (req.url ?? '/').split('?', 1);
  return path.slice(1) || '(none)';
}

/**
 * Returns the operation of a request. Throws if it cannot be a call, before looking at the input, in this order: size,
 * JSON, target, content type, signature.
 */
export function admit(
  req: IncomingMessage,
  name: string,
  body: string | undefined,
  input: JsonObject | undefined,
): Operation {
  if (body === undefined)
    throw new ApiError('RequestEntityTooLargeException', 'The request body is larger than 1 MB');
  if (!input)
    throw new ApiError(
      'SerializationException',
      'The request body is not a JSON object, or is nested too deeply',
    );
  const operation = operations.get(name);
  if (req.method !== 'POST' || !operation)
    throw new ApiError('UnknownOperationException', `The service has no operation ${name} for this request`);
  const type = req.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== contentType && type !== 'application/json')
    throw new ApiError(
      'UnknownOperationException',
      `The content type of a call is ${contentType}, not ${type}`,
    );
  checkSignature(req.headers.authorization, 'partnercentral-selling');
  return operation;
}
