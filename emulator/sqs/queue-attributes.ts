import { deadLetterQueue, eventsQueue, queueArn } from '../queues/queues.ts';
import { queueByName, queueOf, type SqsOperation } from './call.ts';
import { chosenAttributes, requiredString, stringList } from './parameters.ts';

/** The URL of a queue, at the address that the caller has used. */
export const getQueueUrl: SqsOperation = {
  kind: 'read',
  run(call) {
    const owner = call.input.QueueOwnerAWSAccountId ?? call.account;
    const { name } = queueByName(call, String(owner), requiredString(call.input, 'QueueName'));
    return { QueueUrl: `${call.origin}/${call.account}/${name}` };
  },
};

/** The attributes of a queue that a caller can ask for; these queues have values for some of them. */
const attributeNames = [
  'Policy',
  'VisibilityTimeout',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
  'ApproximateNumberOfMessagesDelayed',
  'DelaySeconds',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'FifoQueue',
  'ContentBasedDeduplication',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'DeduplicationScope',
  'FifoThroughputLimit',
  'RedriveAllowPolicy',
  'SqsManagedSseEnabled',
];

/** The attributes of a queue. Its counts are exact. */
export const getQueueAttributes: SqsOperation = {
  kind: 'read',
  run(call) {
    const { queue, name, arn } = queueOf(call);
    const now = call.state.clock.now();
    const messages = [...queue.messages.values()];
    const hidden = messages.filter(({ visibleAt }) => visibleAt > now);
    const inFlight = hidden.filter(({ receiveCount }) => receiveCount > 0);
    const { visibilityTimeout, maxReceiveCount } = queue.settings;
    const available = {
      QueueArn: arn,
      ApproximateNumberOfMessages: String(messages.length - hidden.length),
      ApproximateNumberOfMessagesNotVisible: String(inFlight.length),
      ApproximateNumberOfMessagesDelayed: String(hidden.length - inFlight.length),
      VisibilityTimeout: String(visibilityTimeout),
      DelaySeconds: '0',
      ReceiveMessageWaitTimeSeconds: '0',
      ...(name === eventsQueue && {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: queueArn(call.account, deadLetterQueue),
          maxReceiveCount,
        }),
      }),
    };
    const Attributes = chosenAttributes(available, stringList(call.input, 'AttributeNames'), attributeNames);
    return Attributes ? { Attributes } : {};
  },
};
