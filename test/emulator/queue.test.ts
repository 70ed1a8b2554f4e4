import { connect } from 'node:net';
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClock } from '../../emulator/clock.ts';
import { createQueue } from '../../emulator/queues/queue.ts';
import { startEmulator } from '../../emulator/server.ts';
import { receive as longPoll } from '../../emulator/sqs/long-poll.ts';
import { until } from '../until.ts';
import { type Body, noon, refusal, signature, testEmulator, validCreate } from './kit.ts';

const on = testEmulator();
const clients: SQSClient[] = [];
const clientOf = (url: string, accessKeyId = 'any', more: object = {}) => {
  const client = new SQSClient({
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId, secretAccessKey: 'thing' },
    maxAttempts: 1,
    ...more,
  });
  clients.push(client);
  return client;
};
let sqs: SQSClient;
let QueueUrl: string;
let deadLetters: string;
beforeAll(() => {
  sqs = clientOf(on.url);
  QueueUrl = `${on.url}/123456789012/partner-central-events`;
  deadLetters = `${QueueUrl}-dlq`;
});
afterAll(() => {
  for (const client of clients) client.destroy();
});

const send = async (MessageBody: string, more: object = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
const receive = async (more: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ?? [];
const bodies = async (more: Partial<ReceiveMessageCommandInput> = {}) =>
  (await receive(more)).map(({ Body }) => Body);
const remove = ({ ReceiptHandle }: Message) =>
  sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
const change = ({ ReceiptHandle }: Message, VisibilityTimeout: number) =>
  sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
const attributes = async (url = QueueUrl) =>
  (await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }))).Attributes;
const advance = (advanceMs: number) => on.control('POST', 'clock', { advanceMs });
const fault = (body: Body) => on.control('POST', 'faults', body);
/** The sockets of this process, of which a connection to the emulator in it has two. */
const openSockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
/** The first of the messages received, of which there is at least one. */
const first = async (): Promise<Message> => (await receive())[0] as Message;

describe('the queue of a partner account', () => {
  test('receives the events of its account, in the envelope of EventBridge', async () => {
    const { body } = await on.wire('CreateOpportunity', validCreate());
    const found = await sqs.send(new GetQueueUrlCommand({ QueueName: 'partner-central-events' }));
    expect(found.QueueUrl).toBe(QueueUrl);
    const [message, ...others] = await receive();
    expect(others).toEqual([]);
    const published = (await on.control('GET', 'events')).body.events as Body[];
    expect(JSON.parse(message?.Body ?? '')).toEqual(published[0]);
    expect(published[0]?.detail).toMatchObject({ opportunity: { identifier: body.Id } });
  });

  test('has no events of another account, and no other account may read it', async () => {
    await on.partner('SECOND');
    await on.control('POST', 'events?account=210987654321', { detailType: 'A', detail: {} });
    expect(await receive()).toEqual([]);
    const other = clientOf(on.url, 'SECOND');
    const own = await other.send(new GetQueueUrlCommand({ QueueName: 'partner-central-events' }));
    expect(own.QueueUrl).toBe(`${on.url}/210987654321/partner-central-events`);
    expect((await other.send(new ReceiveMessageCommand(own as { QueueUrl: string }))).Messages).toHaveLength(
      1,
    );
    expect(await refusal(other.send(new ReceiveMessageCommand({ QueueUrl })))).toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });

  test('is found by its URL alone, without an endpoint', async () => {
    await send('A');
    const quiet = { debug() {}, info() {}, warn() {}, error() {} };
    const client = clientOf('', 'any', { endpoint: undefined, logger: quiet });
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(['A']);
  });

  test('is listed on the control surface, with its dead-letter queue', async () => {
    await send('A');
    const settings = { visibilityTimeout: 60, maxReceiveCount: 2 };
    const queue = { account: '123456789012', messages: 1, name: 'partner-central-events' };
    const path = '/123456789012/partner-central-events';
    expect((await on.control('POST', 'queues', settings)).body).toEqual({
      queues: [
        { ...queue, path, ...settings },
        { ...queue, name: 'partner-central-events-dlq', path: `${path}-dlq`, messages: 0 },
      ],
    });
    expect(await attributes()).toMatchObject({ VisibilityTimeout: '60' });
  });

  test.each([
    [{ visibilityTimeout: -1 }, 'visibilityTimeout is -1'],
    [{ maxReceiveCount: 0 }, 'maxReceiveCount is 0'],
    [{ name: 'x' }, 'Unknown member name'],
  ])('refuses the settings %j', async (body, hint) => {
    const answer = await on.control('POST', 'queues', body);
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(hint)]);
  });

  test('keeps the newest ten thousand messages', () => {
    const queue = createQueue(createClock(() => noon));
    for (let n = 0; n < 10_002; n++) queue.send(`${n}`);
    expect(queue.messages.size).toBe(10_000);
    expect(queue.receive(1, 0)).toMatchObject([{ body: '2' }]);
  });
});

describe('receiving and deleting', () => {
  test('gives messages in order, ten at most, with the attributes asked for', async () => {
    for (let n = 0; n < 12; n++) await send(`${n}`);
    const received = await receive({ MessageSystemAttributeNames: ['All'] });
    expect(received.map(({ Body }) => Body)).toEqual([...'0123456789']);
    expect(received[0]?.Attributes).toEqual({
      SentTimestamp: String(noon),
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: String(noon),
    });
    const [rest] = await receive({ MaxNumberOfMessages: 1, AttributeNames: ['SentTimestamp' as 'All'] });
    expect(rest).toMatchObject({ Body: '10', Attributes: { SentTimestamp: String(noon) } });
    expect((await receive({ MaxNumberOfMessages: 1 }))[0]).not.toHaveProperty('Attributes');
  });

  test('hides a received message for its visibility timeout, on the emulator’s clock', async () => {
    await send('A');
    const message = await first();
    expect(await receive()).toEqual([]);
    await advance(29_999);
    expect(await receive()).toEqual([]);
    await advance(1);
    const [again] = await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    expect(again).toMatchObject({
      MessageId: message.MessageId,
      Attributes: { ApproximateReceiveCount: '2' },
    });
    expect(again?.ReceiptHandle).not.toBe(message.ReceiptHandle);
  });

  test('deletes a message for good', async () => {
    await send('A');
    await remove(await first());
    await advance(86_400_000);
    expect(await receive()).toEqual([]);
  });

  test('deletes with a handle whose visibility timeout is over, but not with one of an earlier receipt', async () => {
    await send('A');
    const earlier = await first();
    await advance(30_000);
    const later = await first();
    await remove(earlier);
    await advance(30_000);
    await remove(later);
    expect(await receive()).toEqual([]);
    await remove(later);
  });

  test('deletes a batch, each entry on its own', async () => {
    await send('A');
    await send('B');
    const [a, b] = (await receive()) as [Message, Message];
    const entries = [
      { Id: 'a', ReceiptHandle: a.ReceiptHandle },
      { Id: 'x', ReceiptHandle: 'nonsense' },
      { Id: 'b', ReceiptHandle: b.ReceiptHandle },
    ];
    const answer = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: entries }));
    expect(answer.Successful).toEqual([{ Id: 'a' }, { Id: 'b' }]);
    expect(answer.Failed).toEqual([
      expect.objectContaining({ Id: 'x', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }),
    ]);
    await advance(30_000);
    expect(await receive()).toEqual([]);
  });

  test('extends, shortens and ends the visibility timeout of a message', async () => {
    await send('A');
    const message = await first();
    await change(message, 60);
    await advance(59_000);
    expect(await receive()).toEqual([]);
    await change(message, 0);
    const again = await first();
    expect(again.Body).toBe('A');
    const batch = {
      QueueUrl,
      Entries: [{ Id: 'a', ReceiptHandle: again.ReceiptHandle, VisibilityTimeout: 0 }],
    };
    expect(await sqs.send(new ChangeMessageVisibilityBatchCommand(batch))).toMatchObject({
      Successful: [{ Id: 'a' }],
      Failed: [],
    });
    expect(await bodies()).toEqual(['A']);
  });

  test('delays a message, and counts it as delayed', async () => {
    await send('A', { DelaySeconds: 10 });
    await send('B');
    await send('C');
    await receive({ MaxNumberOfMessages: 1 });
    expect(await attributes()).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    });
    await advance(10_000);
    expect(await bodies()).toEqual(['A', 'C']);
  });

  test('moves a message to the dead-letter queue after too many receipts', async () => {
    await on.control('POST', 'queues', { maxReceiveCount: 2 });
    const { MessageId } = await send('poison');
    for (let n = 0; n < 2; n++) {
      expect(await bodies()).toEqual(['poison']);
      await advance(30_000);
    }
    expect(await receive()).toEqual([]);
    const all = { MessageSystemAttributeNames: ['All' as const] };
    const arn = 'arn:aws:sqs:us-east-1:123456789012:partner-central-events';
    expect(await receive({ QueueUrl: deadLetters, ...all })).toEqual([
      expect.objectContaining({
        MessageId,
        Body: 'poison',
        Attributes: expect.objectContaining({ ApproximateReceiveCount: '3', DeadLetterQueueSourceArn: arn }),
      }),
    ]);
    const policy = { deadLetterTargetArn: `${arn}-dlq`, maxReceiveCount: 2 };
    expect(JSON.parse((await attributes())?.RedrivePolicy ?? '')).toEqual(policy);
    expect(await attributes(deadLetters)).not.toHaveProperty('RedrivePolicy');
  });
});

describe('long polls', () => {
  test('wait for a message', async () => {
    const received = bodies({ WaitTimeSeconds: 20 });
    await send('A');
    expect(await received).toEqual(['A']);
  });

  test('wait for an event that is late', async () => {
    await fault({ kind: 'event-late', times: 1, delayMs: 10_000 });
    await on.control('POST', 'events', { detailType: 'Late', detail: {} });
    const received = bodies({ WaitTimeSeconds: 20 });
    await advance(10_000);
    expect(await received).toEqual([expect.stringContaining('Late')]);
  });

  test('give a message to one of several consumers', async () => {
    const polls = [1, 2, 3].map(() => bodies({ WaitTimeSeconds: 20 }));
    await Promise.race([...polls, send('A')]);
    const winner = await Promise.race(polls);
    await advance(20_000);
    const received = await Promise.all(polls);
    expect(winner).toEqual(['A']);
    expect(received.flat()).toEqual(['A']);
  });

  test('receive a message whose visibility timeout ends', async () => {
    await send('A');
    await receive({ VisibilityTimeout: 10 });
    const received = bodies({ WaitTimeSeconds: 20 });
    await advance(10_000);
    expect(await received).toEqual(['A']);
  });

  test('end without a message after the wait', async () => {
    const received = receive({ WaitTimeSeconds: 20 });
    while ((await Promise.race([received.then(() => 1), advance(5_000).then(() => 0)])) === 0);
    expect(await received).toEqual([]);
  });

  test('still wait after a reset, which empties the queue', async () => {
    await send('before');
    await receive();
    const received = bodies({ WaitTimeSeconds: 20 });
    await on.control('POST', 'reset', { seed: false });
    await send('after');
    expect(await received).toEqual(['after']);
  });

  test('end with the connection of a client that leaves, and take no message', async () => {
    await attributes();
    const before = openSockets();
    const socket = connect(Number(new URL(on.url).port), '127.0.0.1');
    const body = JSON.stringify({ QueueUrl, WaitTimeSeconds: 20 });
    const head = [
      'POST / HTTP/1.1',
      'Host: x',
      'X-Amz-Target: AmazonSQS.ReceiveMessage',
      `Authorization: ${signature('sqs')}`,
      `Content-Length: ${body.length}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    await until(() => openSockets() === before + 2);
    socket.destroy();
    await until(() => openSockets() === before);
    await send('A');
    expect(await bodies()).toEqual(['A']);
  });

  test('take no message once they are aborted', async () => {
    const clock = createClock(() => noon);
    const queue = createQueue(clock);
    const caller = new AbortController();
    const poll = { queue, max: 1, visibilityTimeoutMs: 30_000, waitMs: 20_000 };
    const polls = [longPoll(poll, clock, caller.signal), longPoll(poll, clock, AbortSignal.abort())];
    caller.abort();
    expect((await Promise.allSettled(polls)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    queue.send('A');
    expect(queue.receive(1, 0)).toHaveLength(1);
  });

  test('end when the emulator stops', async () => {
    const emulator = await startEmulator();
    const client = clientOf(emulator.url);
    const url = `${emulator.url}/123456789012/partner-central-events`;
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'A' }));
    await client.send(new ReceiveMessageCommand({ QueueUrl: url }));
    const poll = client.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }));
    const ended = refusal(poll);
    await client.send(new GetQueueAttributesCommand({ QueueUrl: url }));
    await emulator.stop();
    await ended;
  });
});

describe('errors of SQS', () => {
  const entry = (Id: string) => ({ Id, ReceiptHandle: 'x' });

  test.each([
    [
      'a queue that does not exist',
      () => new ReceiveMessageCommand({ QueueUrl: `${on.url}/123456789012/nope` }),
      'QueueDoesNotExist',
      'AWS.SimpleQueueService.NonExistentQueue',
    ],
    [
      'a queue by an unknown name',
      () => new GetQueueUrlCommand({ QueueName: 'nope' }),
      'QueueDoesNotExist',
      'AWS.SimpleQueueService.NonExistentQueue',
    ],
    [
      'the queue of another account by name',
      () =>
        new GetQueueUrlCommand({
          QueueName: 'partner-central-events',
          QueueOwnerAWSAccountId: '210987654321',
        }),
      'QueueDoesNotExist',
      'AWS.SimpleQueueService.NonExistentQueue',
    ],
    [
      'a handle that the queue has not issued',
      () => new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'x' }),
      'ReceiptHandleIsInvalid',
      'ReceiptHandleIsInvalid',
    ],
    [
      'an unknown attribute of a queue',
      () => new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Nope' as 'All'] }),
      'InvalidAttributeName',
      'InvalidAttributeName',
    ],
    [
      'an unknown attribute of messages',
      () => new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['Nope' as 'All'] }),
      'InvalidAttributeName',
      'InvalidAttributeName',
    ],
    [
      'a batch without entries',
      () => new DeleteMessageBatchCommand({ QueueUrl, Entries: [] }),
      'EmptyBatchRequest',
      'AWS.SimpleQueueService.EmptyBatchRequest',
    ],
    [
      'a batch of eleven',
      () => new DeleteMessageBatchCommand({ QueueUrl, Entries: [...'ABCDEFGHIJK'].map(entry) }),
      'TooManyEntriesInBatchRequest',
      'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
    ],
    [
      'a batch that repeats an id',
      () => new DeleteMessageBatchCommand({ QueueUrl, Entries: [entry('a'), entry('a')] }),
      'BatchEntryIdsNotDistinct',
      'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
    ],
    [
      'a batch with an id in another form',
      () => new DeleteMessageBatchCommand({ QueueUrl, Entries: [entry('a b')] }),
      'InvalidBatchEntryId',
      'AWS.SimpleQueueService.InvalidBatchEntryId',
    ],
    [
      'a message with control characters',
      () => new SendMessageCommand({ QueueUrl, MessageBody: 'a\u0000b' }),
      'InvalidMessageContents',
      'InvalidMessageContents',
    ],
    [
      'a message with attributes',
      () =>
        new SendMessageCommand({
          QueueUrl,
          MessageBody: 'A',
          MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
        }),
      'UnsupportedOperation',
      'AWS.SimpleQueueService.UnsupportedOperation',
    ],
    [
      'an empty message',
      () => new SendMessageCommand({ QueueUrl, MessageBody: '' }),
      'MissingParameter',
      'MissingParameter',
    ],
    [
      'more than ten messages at once',
      () => new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 }),
      'InvalidParameterValue',
      'InvalidParameterValue',
    ],
    [
      'a wait of more than twenty seconds',
      () => new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 21 }),
      'InvalidParameterValue',
      'InvalidParameterValue',
    ],
    [
      'a visibility timeout of more than twelve hours',
      () => new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 43_201 }),
      'InvalidParameterValue',
      'InvalidParameterValue',
    ],
  ])('the SDK recognises %s', async (_what, command, name, code) => {
    const error = await refusal(sqs.send(command() as ReceiveMessageCommand));
    expect(error).toMatchObject({ name, $fault: 'client', $metadata: { requestId: expect.any(String) } });
    // The code of the query protocol, which older programs compare with.
    expect(error).toMatchObject({ Error: { Code: code, Type: 'Sender' } });
  });

  test('a message that is not in flight keeps its visibility', async () => {
    await send('A');
    const message = await first();
    await change(message, 0);
    expect(await refusal(change(message, 10))).toMatchObject({ name: 'MessageNotInflight' });
    await remove(await first());
    expect(await refusal(change(message, 10))).toMatchObject({ name: 'InvalidParameterValue' });
  });

  test.each([
    ['no signature', { authorization: '' }, '{}', 403, 'MissingAuthenticationTokenException'],
    [
      'a signature for another service',
      { authorization: signature() },
      '{}',
      403,
      'InvalidSignatureException',
    ],
    ['a body that is not JSON', {}, '{', 400, 'SerializationException'],
    ['a parameter of another type', {}, '{"QueueUrl":7}', 400, 'SerializationException'],
    ['a QueueUrl that is none', {}, '{"QueueUrl":"nowhere"}', 404, 'InvalidAddress'],
    ['no QueueUrl', {}, '{}', 400, 'MissingParameter'],
    [
      'an operation that is not emulated',
      { 'x-amz-target': 'AmazonSQS.CreateQueue' },
      '{}',
      400,
      'UnknownOperationException',
    ],
    ['a body over one megabyte', {}, 'x'.repeat(1_100_000), 413, 'RequestEntityTooLargeException'],
  ])('refuses %s', async (_what, headers, body, status, name) => {
    const response = await fetch(on.url, {
      method: 'POST',
      headers: {
        'x-amz-target': 'AmazonSQS.ReceiveMessage',
        authorization: signature('sqs'),
        ...headers,
      },
      body,
    });
    expect([response.status, await response.json()]).toEqual([
      status,
      { __type: `com.amazonaws.sqs#${name}`, message: expect.any(String) },
    ]);
  });
});

describe('a queue that is away', () => {
  test.each([
    ['queue-503', { $metadata: { httpStatusCode: 503 } }],
    ['queue-reset', { code: 'ECONNRESET' }],
  ])('answers as many calls as ordered with %s', async (kind, expected) => {
    await send('A');
    await fault({ kind, times: 2, operation: 'ReceiveMessage' });
    expect(await refusal(receive())).toMatchObject(expected);
    await attributes();
    expect(await refusal(receive())).toMatchObject(expected);
    expect(await bodies()).toEqual(['A']);
  });

  test('leaves the API alone, whose faults leave the queue alone', async () => {
    await fault({ kind: 'queue-503', times: 1 });
    await fault({ kind: 'error', times: 1 });
    expect((await on.wire('CreateOpportunity', validCreate())).status).toBe(500);
    expect((await on.wire('CreateOpportunity', validCreate())).status).toBe(200);
    expect(await refusal(receive())).toMatchObject({ $metadata: { httpStatusCode: 503 } });
    expect(await receive()).toHaveLength(1);
    expect((await on.control('GET', 'calls')).body.byOperation).toEqual({ CreateOpportunity: 2 });
  });

  test('refuses a fault of the queue with an operation of the API', async () => {
    const answer = await fault({ kind: 'queue-503', times: 1, operation: 'GetOpportunity' });
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining('ReceiveMessage')]);
  });
});

describe('events with faults, read from the queue', () => {
  const types = async () =>
    (await bodies()).map((body) => (JSON.parse(body ?? '') as Body)['detail-type'] as string).join('');

  test.each([
    ['event-lost', 'BC'],
    ['event-doubled', 'AABC'],
    ['event-out-of-order', 'BAC'],
    ['event-late', 'BC'],
  ])('%s delivers A, B, C as %s', async (kind, expected) => {
    await fault({ kind, times: 1, ...(kind === 'event-late' && { delayMs: 5_000 }) });
    for (const detailType of 'ABC') await on.control('POST', 'events', { detailType, detail: {} });
    expect(await types()).toBe(expected);
    await advance(5_000);
    expect(await types()).toBe(kind === 'event-late' ? 'A' : '');
  });

  test('a doubled event is two messages with one id', async () => {
    await fault({ kind: 'event-doubled', times: 1 });
    const { body } = await on.control('POST', 'events', { detailType: 'A', detail: {} });
    const [one, two] = (await receive()) as [Message, Message];
    expect(one.MessageId).not.toBe(two.MessageId);
    expect([one, two].map(({ Body }) => (JSON.parse(Body ?? '') as Body).id)).toEqual([body.id, body.id]);
  });
});
