import { describe, expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { referOpportunity } from './invitation-kit.ts';
import { gateway, gatewayOn, type TestGateway } from './kit.ts';
import { eventStream, webSocket } from './streams.ts';

const finished = `subscription Watch($ids: [ID!]!) {
  taskFinished(ids: $ids) { id status ... on EngagementFromOpportunityTask { opportunity { id lifeCycle { reviewStatus } } } }
}`;

/** Starts a submission that ends when the emulator's clock is moved. */
async function startedTask(gw: TestGateway, id = 'O5000001'): Promise<string> {
  await gw.emulator.control('POST', 'settings', { submissionTask: 'in-progress' });
  const { data } = await gw.query(
    `mutation($id: ID!) {
      submitOpportunity(input: { id: $id, involvementType: CO_SELL, associate: { solutions: ["S-1234567"] }, waitMs: 0 }) {
        task { id } userErrors { message }
      }
    }`,
    { id },
  );
  expect(data.submitOpportunity.userErrors).toEqual([]);
  return data.submitOpportunity.task.id;
}
const finishTasks = (gw: TestGateway) => gw.emulator.control('POST', 'clock', { advanceMs: 60_000 });

describe('a subscription', () => {
  test('is answered as an event stream, and completes when nothing more can come', async () => {
    await using gw = await gateway();
    const id = await startedTask(gw);
    const stream = await eventStream(gw.url, { query: finished, variables: { ids: [id] } });
    expect(stream.response.status).toBe(200);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.response.headers.get('cache-control')).toBe('private, no-store, no-transform');
    await finishTasks(gw);
    const [next, complete] = await stream.rest();
    expect(next).toMatchObject({
      event: 'next',
      data: {
        data: { taskFinished: { id, status: 'COMPLETE', opportunity: { id: 'O5000001' } } },
        extensions: { upstream: { calls: { GetOpportunity: 1 } } },
      },
    });
    expect(complete).toEqual({ event: 'complete', data: null });
  });

  test('is answered over a WebSocket', async () => {
    await using gw = await gateway();
    const id = await startedTask(gw);
    const socket = await webSocket(gw.url);
    socket.subscribe('a', { query: finished, variables: { ids: [id] } });
    await finishTasks(gw);
    expect(await socket.next()).toMatchObject({
      id: 'a',
      type: 'next',
      payload: { data: { taskFinished: { id, status: 'COMPLETE' } } },
    });
    expect(await socket.next()).toEqual({ id: 'a', type: 'complete' });
    socket.close();
  });
});

describe('AWS’s events', () => {
  /** A gateway that receives the events of its emulator. */
  async function listening() {
    const emulator = await startEmulator({});
    const EVENTS_QUEUE_URL = `${emulator.url}/123456789012/partner-central-events`;
    const gw = await gatewayOn(emulator.url, { EVENTS_QUEUE_URL });
    return {
      ...gw,
      async [Symbol.asyncDispose]() {
        await gw[Symbol.asyncDispose]();
        await emulator.stop();
      },
    };
  }

  test('report an invitation that AWS sends, to those who follow its direction', async () => {
    await using gw = await listening();
    const query = (direction: string) =>
      `subscription { engagementInvitationChanged(direction: ${direction}) { id status participantType } }`;
    const received = await eventStream(gw.url, { query: query('RECEIVER') });
    const sent = await eventStream(gw.url, { query: query('SENDER') });
    await referOpportunity(gw);
    expect((await received.next())?.data).toMatchObject({
      data: { engagementInvitationChanged: { status: 'PENDING', participantType: 'RECEIVER' } },
    });
    // A submission invites AWS.
    await gw.query(
      'mutation { submitOpportunity(input: { id: "O5000001", involvementType: CO_SELL, associate: { solutions: ["S-1234567"] } }) { submitted } }',
    );
    expect((await sent.next())?.data).toMatchObject({
      data: { engagementInvitationChanged: { participantType: 'SENDER' } },
    });
    received.close();
    sent.close();
  });

  test('report an engagement that changes', async () => {
    await using gw = await listening();
    const stream = await eventStream(gw.url, { query: 'subscription { engagementChanged { id title } }' });
    await gw.query(
      'mutation { submitOpportunity(input: { id: "O5000001", involvementType: CO_SELL, associate: { solutions: ["S-1234567"] } }) { submitted } }',
    );
    expect((await stream.next())?.data).toMatchObject({
      data: { engagementChanged: { id: expect.stringMatching(/^eng-/), title: expect.any(String) } },
    });
    stream.close();
  });
});
