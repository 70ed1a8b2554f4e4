/** Events out of a queue: what they cost, what they make stale, and what becomes of those that cannot be used. */
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { type EmulatorOptions, startEmulator } from '../emulator/server.ts';
import { inParts } from '../src/records/batches.ts';
import { type Data, emulatorControl, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { startProgram } from './program.ts';
import { freePort, hasRedis, redisMissing, startRedis } from './redis.ts';
import { operationsInFlight, stopTime } from './time.ts';
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

describe('events of engagements', () => {
  const timeline = `timeline(first: 50) {
    nodes { id type time accountId companyName opportunityId invitationId }
    edges { cursor }
    pageInfo { hasNextPage endCursor }
    since asOf
  }`;
  const engagementOf = async (gw: TestGateway): Promise<Data> =>
    (await gw.query(`{ opportunity(id: "O5000002") { engagements { id ${timeline} } } }`)).data.opportunity
      .engagements[0];

  test('the timeline of an engagement has every event that was received, once, the latest first', async () => {
    await using gw = await listening();
    const { id } = await engagementOf(gw);
    await gw.emulator.control('POST', 'faults', { kind: 'event-doubled', times: 100 });
    const detail = { catalog: 'Sandbox', engagement: { engagementId: id, LastModifiedBy: '345678901234' } };
    const send = (more: object) =>
      gw.emulator.control('POST', 'events', { detailType: 'Engagement Updated', detail, ...more });
    await send({ time: '2031-05-14T12:00:01Z' });
    await send({ time: '2031-05-14T12:00:03Z' });
    await send({ time: '2031-05-14T12:00:02Z' });
    await gw.emulator.control('POST', 'events', {
      detailType: 'Engagement Member Added',
      time: '2031-05-14T12:00:04Z',
      detail: {
        catalog: 'Sandbox',
        engagement: { id },
        engagementMember: { accountId: '345678901234', companyName: 'Harbourline Consulting' },
      },
    });
    await untilEmpty(gw);
    const { timeline: whole } = await engagementOf(gw);
    const updated = { type: 'ENGAGEMENT_UPDATED', accountId: '345678901234', companyName: null };
    expect(whole.nodes).toMatchObject([
      {
        type: 'MEMBER_ADDED',
        time: '2031-05-14T12:00:04Z',
        accountId: '345678901234',
        companyName: 'Harbourline Consulting',
        opportunityId: null,
        invitationId: null,
      },
      { ...updated, time: '2031-05-14T12:00:03Z' },
      { ...updated, time: '2031-05-14T12:00:02Z' },
      { ...updated, time: '2031-05-14T12:00:01Z' },
    ]);
    expect(whole.pageInfo.hasNextPage).toBe(false);
    expect(whole.since <= whole.asOf).toBe(true);

    const page = async (first: number, after: string | null) => {
      const query = `query ($id: ID!, $first: Int!, $after: String) {
        engagement(id: $id) { timeline(first: $first, after: $after) { nodes { time } pageInfo { hasNextPage endCursor } } }
      }`;
      return gw.query(query, { id, first, after });
    };
    const found: string[] = [];
    for (let after: string | null = null, isLast = false; !isLast; ) {
      const { data }: { data: Data } = await page(3, after);
      const { nodes, pageInfo } = data.engagement.timeline;
      found.push(...nodes.map(({ time }: Data) => time));
      after = pageInfo.endCursor;
      isLast = !pageInfo.hasNextPage;
    }
    expect(found).toEqual(whole.nodes.map(({ time }: Data) => time));
    const { errors } = await page(0, null);
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  test('the timeline is null without an error in a gateway that receives no events', async () => {
    await using gw = await gateway();
    expect((await engagementOf(gw)).timeline).toBeNull();
  });

  test("AWS's view and the engagements of an opportunity are read again after an event", async () => {
    await using gw = await listening();
    const id = 'O5000002';
    const query = `{ opportunity(id: "${id}") { awsSummary { insights { engagementScore } } engagements { id memberCount } } }`;
    await gw.query(query);
    expect((await gw.query(query)).calls).toEqual({});
    const [room] = (await gw.query(query)).data.opportunity.engagements;
    await gw.emulator.control('POST', 'events', {
      detailType: 'Engagement Resource Snapshot Created',
      detail: {
        catalog: 'Sandbox',
        resourceSnapshot: { engagementId: room.id, resourceId: id, createdBy: 'aws' },
      },
    });
    await untilEmpty(gw);
    const { calls } = await gw.query(query);
    expect(calls).toEqual({
      GetAwsOpportunitySummary: 1,
      ListEngagementResourceAssociations: 1,
      ListEngagements: 1,
    });
  });

  test('who waits for a task hears of its end when an event hints at it, not at the next poll', async () => {
    using time = stopTime();
    await using gw = await listening();
    await gw.emulator.control('POST', 'settings', { submissionTask: 'in-progress' });
    const submitted = gw.query(`mutation {
      submitOpportunity(input: {
        id: "O5000001", involvementType: CO_SELL, associate: { solutions: ["S-1234567"] }, waitMs: 20000
      }) { task { status } userErrors { message } }
    }`);
    await operationsInFlight(1);
    // The polls after 1, 2 and 4 seconds find it in progress; the next one would be after 8.
    await time.advance(4_500);
    await gw.emulator.control('POST', 'clock', { advanceMs: 60_000 });
    // The move has ended the long poll, and the next one begins a second later.
    await time.advance(1_000);
    let isAnswered = false;
    const answered = submitted.finally(() => {
      isAnswered = true;
    });
    await until(async () => {
      await time.advance(0);
      return isAnswered;
    });
    const { data } = await answered;
    expect(data.submitOpportunity).toEqual({ task: { status: 'COMPLETE' }, userErrors: [] });
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

describe('a queue that fails', () => {
  test('a queue that is away is reported once, costs no request anything, and is read when it is back', async () => {
    await using gw = await listening();
    await nextSteps(gw, 'O5000002');
    await gw.emulator.control('POST', 'faults', { kind: 'queue-503', operation: 'ReceiveMessage', times: 2 });
    // The long poll in progress takes the first event.
    await touch(gw, 'O5000002', 'Changed before');
    await until(() => gw.logged.some((line) => line.includes('queue of events unavailable')));
    await touch(gw, 'O5000002', 'Changed');
    await untilEmpty(gw);
    expect(await nextSteps(gw, 'O5000002')).toBe('Changed');
    const lines = gw.logged.filter((line) => line.includes('queue of events'));
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
      'queue of events unavailable; trying again',
      'queue of events available again',
    ]);
  });

  test('a gateway starts, serves and stops although there is no such queue', async () => {
    const emulator = await startEmulator();
    const gw = await gatewayOn(emulator.url, { EVENTS_QUEUE_URL: `${emulator.url}/${account}/unknown` });
    await until(() => gw.logged.some((line) => line.includes('QueueDoesNotExist')));
    expect((await gw.query('{ opportunity(id: "O5000001") { id } }')).errors).toBeUndefined();
    await gw[Symbol.asyncDispose]();
    await emulator.stop();
  });
});

describe('replicas', () => {
  test('an event whose replica was killed before it was handled comes to another one', async () => {
    const emulator = await startEmulator();
    const { control, patchRecord, hold, untilHeld, release } = emulatorControl(emulator.url);
    const env = { EVENTS_QUEUE_URL: queueOf(emulator.url), INDEX: 'off' };
    const program = startProgram({
      ...env,
      UPSTREAM_ENDPOINT: emulator.url,
    });
    await program.banner;
    await hold('ListOpportunities');
    await patchRecord('O5000002', { LifeCycle: { NextSteps: 'Changed' } }, { touch: true });
    await untilHeld();
    program.child.kill('SIGKILL');
    await program.exited;
    await release();
    await control('DELETE', 'calls');
    await using gw = await gatewayOn(emulator.url, env);
    expect((await messagesIn(gw))[0]).toBeGreaterThan(0);
    // It is hidden for a minute after it was received.
    await control('POST', 'clock', { advanceMs: 61_000 });
    await untilEmpty(gw);
    expect(await gw.emulator.calls()).toMatchObject({ ListOpportunities: 1 });
    expect((await messagesIn(gw))[1]).toBe(0);
    await gw[Symbol.asyncDispose]();
    await emulator.stop();
  });

  test.skipIf(!hasRedis)(
    `an event that one replica receives makes the records of all stale${hasRedis ? '' : ` (${redisMissing})`}`,
    async () => {
      const redis = await startRedis(await freePort());
      const env = { REDIS_URL: redis.url, REPLICAS: '2' };
      {
        await using one = await listening(env);
        await using two = await gatewayOn(one.emulator.url, {
          ...env,
          EVENTS_QUEUE_URL: queueOf(one.emulator.url),
          CACHE_FRESH_MS: '3600000',
          INDEX: 'off',
        });
        // A message reaches the other replica only when both are connected to Redis.
        let round = 0;
        await until(async () => {
          round += 1;
          await Promise.all([one, two].map((gw) => nextSteps(gw, 'O5000002')));
          await touch(one, 'O5000002', `Round ${round}`);
          await untilEmpty(one);
          const shown = await Promise.all([one, two].map((gw) => nextSteps(gw, 'O5000002')));
          return shown.every((steps) => steps === `Round ${round}`);
        });
      }
      await redis.kill();
    },
  );
});
