import type { SqsOperation } from './call.ts';
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
  receiveMessage,
  sendMessage,
} from './messages.ts';
import { getQueueAttributes, getQueueUrl } from './queue-attributes.ts';

/** The operations of SQS that a consumer of events needs, by their names on the wire. */
export const sqsOperations: ReadonlyMap<string, SqsOperation> = new Map(
  Object.entries({
    ChangeMessageVisibility: changeMessageVisibility,
    ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
    GetQueueAttributes: getQueueAttributes,
    GetQueueUrl: getQueueUrl,
    ReceiveMessage: receiveMessage,
    SendMessage: sendMessage,
  }),
);
