/** A queue of SQS, from which events are received. */
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Client } from './client.ts';

/** A message as it was received; it is hidden from other receivers for `hiddenForMs`. */
export type QueueMessage = {
  id: string;
  body: string;
  /** How often it has been received, this time included. */
  receiveCount: number;
  /** Identifies this receipt. */
  receiptHandle: string;
};

export type Queue = {
  /** Waits up to 20 s for messages, and returns ten at most. @throws the SDK's error, or the signal's reason */
  receive(signal: AbortSignal): Promise<QueueMessage[]>;
  /** Deletes ten messages at most. @throws the SDK's error if some were not deleted: they will be received again */
  delete(messages: readonly QueueMessage[]): Promise<void>;
  /** Hides a message for so many seconds from now. @throws the SDK's error */
  hide(message: QueueMessage, seconds: number): Promise<void>;
  close(): void;
};

/** The most messages that SQS takes in a call. */
export const messagesPerCall = 10;
/** How long a message is hidden after it was received. */
export const hiddenForMs = 60_000;
const waitSeconds = 20;
/** What a call may take beyond its wait before its connection counts as broken. */
const slackMs = 5_000;

/** The region in a queue's host, such as `sqs.eu-west-1.amazonaws.com`; undefined if it names none. */
const regionIn = (host: string): string | undefined =>
  /(?:^|[.-])([a-z]{2,3}(?:-[a-z]+)+-\d)\./.exec(host)?.[1];

/**
 * Opens a queue by its URL, with the credentials of the API's client. Its endpoint and region are those of the URL; what
 * the host sets for other programs is not read.
 */
export async function openQueue(
  url: string,
  { credentials, region }: Pick<Client, 'credentials'> & { region: string },
): Promise<Queue> {
  const sdk = await import('@aws-sdk/client-sqs');
  const { origin, hostname } = new URL(url);
  const client: SQSClient = new sdk.SQSClient({
    region: regionIn(hostname) ?? region,
    endpoint: origin,
    useQueueUrlAsEndpoint: false,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    credentials,
    // Who receives retries itself.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: waitSeconds * 1_000 + slackMs },
  });
  return {
    async receive(abortSignal) {
      const command = new sdk.ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: messagesPerCall,
        WaitTimeSeconds: waitSeconds,
        VisibilityTimeout: hiddenForMs / 1_000,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      });
      const { Messages = [] } = await client.send(command, { abortSignal });
      return Messages.map(({ MessageId = '', Body = '', ReceiptHandle = '', Attributes }) => ({
        id: MessageId,
        body: Body,
        receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
        receiptHandle: ReceiptHandle,
      }));
    },
    async delete(messages) {
      const Entries = messages.map(({ receiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle: receiptHandle,
      }));
      const { Failed = [] } = await client.send(
        new sdk.DeleteMessageBatchCommand({ QueueUrl: url, Entries }),
      );
      const [failed] = Failed;
      if (failed) throw Object.assign(new Error(failed.Message), { name: failed.Code ?? 'BatchEntryFailed' });
    },
    async hide({ receiptHandle }, seconds) {
      await client.send(
        new sdk.ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        }),
      );
    },
    close: () => client.destroy(),
  };
}
