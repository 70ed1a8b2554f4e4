/** Events out of a queue: what they cost, what they make stale, and what becomes of those that cannot be used. */
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../emulator/server.ts';
import { startEmulator } from '../emulator/server.ts';
import { inParts } from '../src/records/batches.ts';
import { type Data, gatewayOn, type TestGateway } from './kit.ts';
import { stopTime } from './time.ts';
import { until } from './until.ts';

const account = '123456789012';
const queueOf = (url: string) => `${url}/${account}/partner-central-events`;

/** A gateway that receives the events of its emulator out of the queue, with records that are fresh for an hour. */
async function listening(env: Record<string, string> = {}, options: EmulatorOptions = {}) {
  const emulator = await startEmulator(options);
  const gw = await gatewayOn(emulator.url, {
    EVENTS_QUEUE_URL: queueOf(emulator.url),
    CACHE_FRESH_MS: '3600000',
    INDEX: 'off',
    ...env,
  });
  return {
    ...gw,
    async [Symbol.asyncDispose]() {
      await gw[Symbol.asyncDispose]();
      await emulator.stop();
    },
  };
}

/** The messages in the account's queue and in its dead-letter queue. */
async function messagesIn({
  emulator,
}: Pick<TestGateway, 'emulator'>): Promise<[queue: number, dead: number]> {
  const { queues }: Data = await emulator.control('GET', 'queues');
  const own = queues.filter((queue: Data) => queue.account === account);
  return own.map(({ messages }: Data) => messages) as [number, number];
}

const untilEmpty = (gw: Pick<TestGateway, 'emulator'>) => until(async () => (await messagesIn(gw))[0] === 0);

/** Calls the queue as another program of the same account does. */
async function withQueue<T>({ emulator }: TestGateway, use: (client: SQSClient, url: string) => Promise<T>) {
  const credentials = { accessKeyId: 'TEST', secretAccessKey: 'test' };
  const client = new SQSClient({ region: 'us-east-1', endpoint: emulator.url, credentials });
  try {
    return await use(client, queueOf(emulator.url));
  } finally {
    client.destroy();
  }
}

/** Puts a message into the queue. */
const send = (gw: TestGateway, MessageBody: string) =>
  withQueue(gw, (client, QueueUrl) => client.send(new SendMessageCommand({ QueueUrl, MessageBody })));

/** Resolves when the gateway has received all messages, whether or not it has handled them. */
const untilReceived = (gw: TestGateway) =>
  until(() =>
    withQueue(gw, async (client, QueueUrl) => {
      const AttributeNames = ['ApproximateNumberOfMessages' as const];
      const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
      return Attributes?.ApproximateNumberOfMessages === '0';
    }),
  );

const nextSteps = async (gw: TestGateway, id: string) =>
  (await gw.query(`{ opportunity(id: "${id}") { lifeCycle { nextSteps } marketing { source } } }`)).data
    .opportunity.lifeCycle.nextSteps;
const touch = (gw: TestGateway, id: string, NextSteps: string) =>
  gw.emulator.patchRecord(id, { LifeCycle: { NextSteps } }, { touch: true });

describe('events of opportunities', () => {
  test('a record in the cache is shown as it is, however long it would be fresh, as soon as its event is there', async () => {
    await using gw = await listening();
    await nextSteps(gw, 'O5000002');
    await touch(gw, 'O5000002', 'Changed by AWS');
    await untilEmpty(gw);
    expect(await nextSteps(gw, 'O5000002')).toBe('Changed by AWS');
    // And is fresh again.
    const { calls } = await gw.query('{ opportunity(id: "O5000002") { marketing { source } } }');
    expect(calls).toEqual({});
  });

  test('a thousand events cost at most fifty reads', async () => {
    using time = stopTime();
    await using gw = await listening();
    await gw.emulator.clearCalls();
    const ids = Array.from({ length: 250 }, (_, index) => `O${5_000_001 + index}`);
    for (let round = 0; round < 4; round++)
      for (const part of inParts(ids, 25))
        await Promise.all(part.map((id) => touch(gw, id, `Round ${round}`)));
    const { events } = await gw.emulator.control('GET', 'events');
    expect(events.length).toBeGreaterThanOrEqual(1_000);
    await untilReceived(gw);
    await time.advance(1_000);
    await untilEmpty(gw);
    await time.advance(60_000);
    // Thirteen: every opportunity once, twenty to a call.
    expect(await gw.emulator.calls()).toEqual({ ListOpportunities: 13 });
  });
});

describe('messages that are of no use', () => {
  test('malformed ones are left to the dead letters, logged once without their content, and stop nothing', async () => {
    await using gw = await listening();
    await gw.emulator.control('POST', 'queues', { visibilityTimeout: 0, maxReceiveCount: 2 });
    await send(gw, 'Secret Company wants to buy');
    await until(async () => gw.logged.some((line) => line.includes('malformed event')));
    await touch(gw, 'O5000002', 'Changed');
    await until(async () => (await messagesIn(gw))[0] === 1);
    // The message is hidden for a minute each time.
    for (let receipt = 0; receipt < 2; receipt++)
      await gw.emulator.control('POST', 'clock', { advanceMs: 61_000 });
    await until(async () => (await messagesIn(gw))[1] === 1);
    expect(gw.logged.filter((line) => line.includes('malformed event'))).toHaveLength(1);
    expect(gw.logged.join('')).not.toContain('Secret');
  });
});
