import { ApiError } from '../errors.ts';
import type { JsonObject } from '../json.ts';

/**
 * The errors of SQS: the name in its JSON protocol, the code of its older query protocol, which clients still compare
 * with, and the HTTP status. The first are in SQS's model; any AWS endpoint may answer the others.
 */
const errors = {
  QueueDoesNotExist: ['AWS.SimpleQueueService.NonExistentQueue', 400],
  ReceiptHandleIsInvalid: ['ReceiptHandleIsInvalid', 404],
  MessageNotInflight: ['AWS.SimpleQueueService.MessageNotInflight', 400],
  InvalidAttributeName: ['InvalidAttributeName', 400],
  InvalidMessageContents: ['InvalidMessageContents', 400],
  EmptyBatchRequest: ['AWS.SimpleQueueService.EmptyBatchRequest', 400],
  TooManyEntriesInBatchRequest: ['AWS.SimpleQueueService.TooManyEntriesInBatchRequest', 400],
  BatchEntryIdsNotDistinct: ['AWS.SimpleQueueService.BatchEntryIdsNotDistinct', 400],
  InvalidBatchEntryId: ['AWS.SimpleQueueService.InvalidBatchEntryId', 400],
  UnsupportedOperation: ['AWS.SimpleQueueService.UnsupportedOperation', 400],
  InvalidAddress: ['InvalidAddress', 404],
  MissingParameter: ['MissingParameter', 400],
  InvalidParameterValue: ['InvalidParameterValue', 400],
  SerializationException: ['MalformedInput', 400],
  UnknownOperationException: ['InvalidAction', 400],
  MissingAuthenticationTokenException: ['MissingAuthenticationToken', 403],
  IncompleteSignatureException: ['IncompleteSignature', 403],
  InvalidSignatureException: ['SignatureDoesNotMatch', 403],
  RequestEntityTooLargeException: ['RequestEntityTooLarge', 413],
  InternalServerException: ['InternalFailure', 500],
} as const satisfies Record<string, readonly [code: string, status: number]>;

export type SqsErrorName = keyof typeof errors;

export class SqsError extends Error {
  override readonly name: SqsErrorName;

  constructor(name: SqsErrorName, message: string) {
    super(message);
    this.name = name;
  }

  /** The code of the query protocol. */
  get code(): string {
    return errors[this.name][0];
  }
  get status(): number {
    return errors[this.name][1];
  }
}

/** Any error in SQS's form. One that is neither SQS's nor about the signature is a bug of the emulator. */
export function toSqsError(thrown: unknown): SqsError {
  if (thrown instanceof SqsError) return thrown;
  if (thrown instanceof ApiError && thrown.name in errors)
    return new SqsError(thrown.name as SqsErrorName, thrown.message);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new SqsError('InternalServerException', `The emulator failed: ${message}`);
}

export const sqsErrorBody = ({ name, message }: SqsError): JsonObject => ({
  __type: `com.amazonaws.sqs#${name}`,
  message,
});

/** From this header an SDK takes the code that its users compare with. */
export const sqsErrorHeaders = ({ code, status }: SqsError): Record<string, string> => ({
  'x-amzn-query-error': `${code};${status < 500 ? 'Sender' : 'Receiver'}`,
});
