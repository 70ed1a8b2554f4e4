import type { JsonObject } from '../json.ts';
import type { Queue } from '../queues/queue.ts';
import { type AccountQueues, queueArn } from '../queues/queues.ts';
import { readHandle } from '../queues/receipt.ts';
import type { EmulatorState } from '../state.ts';
import { SqsError } from './errors.ts';
import { requiredString } from './parameters.ts';

/** The input of an operation of SQS. */
export type SqsCall = {
  readonly state: EmulatorState;
  readonly input: JsonObject;
  /** The partner account whose key signed the call. It has access to its own queues only. */
  readonly account: string;
  /** The address under which the caller reaches the emulator, for URLs. */
  readonly origin: string;
  /** Aborted when the caller has gone, or the emulator stops. */
  readonly signal: AbortSignal;
};

/** `run` returns the response; it throws SqsError. */
export type SqsOperation = {
  /** Whether the caller relies on what the call has changed. */
  readonly kind: 'read' | 'write';
  run(call: SqsCall): JsonObject | Promise<JsonObject>;
};

export type FoundQueue = { queue: Queue; name: keyof AccountQueues; arn: string };

/** A queue of an account by its name. @throws SqsError if there is none, or it is another account's */
export function queueByName({ state, account }: SqsCall, owner: string, name: string): FoundQueue {
  const queues = state.queues.of(account);
  if (owner !== account || !Object.hasOwn(queues, name))
    throw new SqsError(
      'QueueDoesNotExist',
      'The specified queue does not exist or you do not have access to it.',
    );
  const known = name as keyof AccountQueues;
  return { queue: queues[known], name: known, arn: queueArn(account, name) };
}

/** The queue of a call's QueueUrl, of which only the path counts. */
export function queueOf(call: SqsCall): FoundQueue {
  const url = requiredString(call.input, 'QueueUrl');
  const [, owner, name, ...rest] = URL.parse(url)?.pathname.split('/') ?? [];
  if (owner === undefined || name === undefined || rest.length > 0)
    throw new SqsError('InvalidAddress', `The address ${url} is not valid for this endpoint.`);
  return queueByName(call, owner, name);
}

/** The message of a receipt handle; undefined if it is deleted, or has been received again since. */
export function messageOf({ queue, arn }: FoundQueue, input: JsonObject) {
  const handle = requiredString(input, 'ReceiptHandle');
  const receipt = readHandle(arn, handle);
  if (!receipt)
    throw new SqsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  const message = queue.messages.get(receipt.id);
  return message?.receiveCount === receipt.receiveCount ? message : undefined;
}
