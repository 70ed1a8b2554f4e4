import { createHash } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import type { Message } from '../queues/queue.ts';
import { deadLetterQueue, eventsQueue, queueArn } from '../queues/queues.ts';
import { writeHandle } from '../queues/receipt.ts';
import { type FoundQueue, messageOf, queueOf, type SqsCall, type SqsOperation } from './call.ts';
import { SqsError } from './errors.ts';
import { receive } from './long-poll.ts';
import {
  chosenAttributes,
  integerBetween,
  invalidParameter,
  requiredString,
  runBatch,
  stringList,
} from './parameters.ts';

const maxVisibilityTimeout = 43_200;

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** The attributes of a message that a caller can ask for; this queue has values for some of them. */
const attributeNames = [
  'SenderId',
  'SentTimestamp',
  'ApproximateReceiveCount',
  'ApproximateFirstReceiveTimestamp',
  'SequenceNumber',
  'MessageDeduplicationId',
  'MessageGroupId',
  'AWSTraceHeader',
  'DeadLetterQueueSourceArn',
];

/** Receives up to ten messages, and waits for the first one if there is none: up to `WaitTimeSeconds`. */
export const receiveMessage: SqsOperation = {
  // A receipt that a crash forgets is one after which the message is delivered again, which SQS never rules out.
  kind: 'read',
  async run(call) {
    const { input, state, signal, account } = call;
    const found = queueOf(call);
    const names = [
      ...stringList(input, 'AttributeNames'),
      ...stringList(input, 'MessageSystemAttributeNames'),
    ];
    chosenAttributes({}, names, attributeNames);
    const { visibilityTimeout } = found.queue.settings;
    const timeout = integerBetween(input, 'VisibilityTimeout', 0, maxVisibilityTimeout, visibilityTimeout);
    const received = await receive(
      {
        queue: found.queue,
        max: integerBetween(input, 'MaxNumberOfMessages', 1, 10, 1),
        visibilityTimeoutMs: timeout * 1_000,
        waitMs: integerBetween(input, 'WaitTimeSeconds', 0, 20, 0) * 1_000,
      },
      state.clock,
      signal,
    );
    const messages = received.map((message) => messageBody(found, account, message, names));
    return messages.length === 0 ? {} : { Messages: messages };
  },
};

function messageBody(
  { name, arn }: FoundQueue,
  account: string,
  message: Message,
  names: readonly string[],
): JsonObject {
  const { id, body, sentAt, receiveCount, firstReceivedAt = sentAt } = message;
  const available = {
    SentTimestamp: String(sentAt),
    ApproximateReceiveCount: String(receiveCount),
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    ...(name === deadLetterQueue && { DeadLetterQueueSourceArn: queueArn(account, eventsQueue) }),
  };
  const Attributes = chosenAttributes(available, names, attributeNames);
  return {
    MessageId: id,
    ReceiptHandle: writeHandle(arn, message),
    MD5OfBody: md5(body),
    Body: body,
    ...(Attributes && { Attributes }),
  };
}

/** Deletes a message. With the handle of an earlier receipt it succeeds without deleting, as on a standard queue. */
function deleteOne(found: FoundQueue, input: JsonObject): void {
  const message = messageOf(found, input);
  if (message) found.queue.messages.delete(message.id);
}

/** Hides a message for some seconds from now; 0 lets it be received at once. */
function changeOne(found: FoundQueue, input: JsonObject, { state }: SqsCall): void {
  if (input.VisibilityTimeout === undefined) requiredString(input, 'VisibilityTimeout');
  const timeout = integerBetween(input, 'VisibilityTimeout', 0, maxVisibilityTimeout, 0);
  const message = messageOf(found, input);
  if (!message)
    throw invalidParameter(
      'ReceiptHandle',
      input.ReceiptHandle ?? null,
      'Message does not exist or is not available for visibility timeout change.',
    );
  if (message.visibleAt <= state.clock.now())
    throw new SqsError('MessageNotInflight', `The message ${message.id} is not in flight.`);
  found.queue.hide(message, timeout * 1_000);
}

/** An operation on one message, and the same on a batch. */
const single = (run: (found: FoundQueue, input: JsonObject, call: SqsCall) => void): SqsOperation => ({
  kind: 'write',
  run: (call) => {
    run(queueOf(call), call.input, call);
    return {};
  },
});
const batch = (run: (found: FoundQueue, input: JsonObject, call: SqsCall) => void): SqsOperation => ({
  kind: 'write',
  run: (call) => {
    const found = queueOf(call);
    return runBatch(call.input, (entry) => run(found, entry, call));
  },
});

export const deleteMessage = single(deleteOne);
export const deleteMessageBatch = batch(deleteOne);
export const changeMessageVisibility = single(changeOne);
export const changeMessageVisibilityBatch = batch(changeOne);

/** Characters that XML 1.0 cannot contain. AWS: SendMessage. */
const forbidden = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Sends a message to a queue, which is how a test puts anything there, such as what is not an event. */
export const sendMessage: SqsOperation = {
  kind: 'write',
  run(call) {
    const { queue } = queueOf(call);
    const body = requiredString(call.input, 'MessageBody');
    const delay = integerBetween(call.input, 'DelaySeconds', 0, 900, 0);
    if (forbidden.test(body))
      throw new SqsError(
        'InvalidMessageContents',
        'The message contains characters outside the allowed set.',
      );
    for (const name of ['MessageAttributes', 'MessageSystemAttributes'])
      if (Object.keys(call.input[name] ?? {}).length > 0)
        throw new SqsError('UnsupportedOperation', `The emulator does not store ${name}.`);
    const { id } = queue.send(body, delay * 1_000);
    return { MessageId: id, MD5OfMessageBody: md5(body) };
  },
};
