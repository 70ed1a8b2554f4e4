/** What is written through a gateway is reported at once, not when the index is brought up to date the next time. */
import { describe, expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { type Data, gateway, gatewayOn, type TestGateway, untilIndexed } from './kit.ts';
import { freePort, hasRedis, redisMissing, startRedis } from './redis.ts';
import { eventStream } from './streams.ts';
import { until } from './until.ts';

/** No test waits for a poll: the longest interval that the setting takes. */
const indexed = { INDEX: 'on', SYNC_INTERVAL_MS: '3600000' };
const listed = 'id kind changedFields opportunity { lifeCycle { nextSteps } }';
const isReady = async (gw: TestGateway) =>
  !(await gw.query('{ opportunityChanges(first: 1) { cursor } }')).errors;

async function subscribed(gw: TestGateway) {
  const stream = await eventStream(gw.url, { query: `subscription { opportunityChanged { ${listed} } }` });
  await until(() => gw.logged.some((line) => line.includes('subscription opened')));
  return {
    next: async (): Promise<Data> => (await stream.next())?.data.data.opportunityChanged,
    close: stream.close,
  };
}
async function patch(gw: TestGateway, id: string, nextSteps: string): Promise<void> {
  const { data } = await gw.query(
    `mutation($id: ID!, $nextSteps: String) {
      updateOpportunity(input: { id: $id, patch: { lifeCycle: { nextSteps: $nextSteps } } }) { changed userErrors { message } }
    }`,
    { id, nextSteps },
  );
  expect(data.updateOpportunity).toEqual({ changed: true, userErrors: [] });
}
const changeTo = (id: string, nextSteps: string) =>
  expect.objectContaining({
    id,
    kind: 'UPDATED',
    changedFields: expect.arrayContaining(['lifeCycle.nextSteps']),
    opportunity: { lifeCycle: { nextSteps } },
  });
/** The polls of the index. */
const polls = async (gw: TestGateway) =>
  (await gw.emulator.log()).filter(
    ({ operation, input }) => operation === 'ListOpportunities' && input.LastModifiedDate,
  ).length;

describe('a patch of another client', () => {
  test('is reported at the cost of one call, and is in the feed', async () => {
    await using gw = await gateway(indexed);
    await untilIndexed(gw);
    const stream = await subscribed(gw);
    await gw.emulator.clearCalls();
    await patch(gw, 'O5000002', 'Call Ada');
    expect(await stream.next()).toEqual(changeTo('O5000002', 'Call Ada'));
    expect(await gw.emulator.calls()).toEqual({
      GetOpportunity: 1,
      UpdateOpportunity: 1,
      ListOpportunities: 1,
    });
    const { data } = await gw.query(
      '{ opportunities(filter: { search: "O5000002" }) { nodes { lifeCycle { nextSteps } } } }',
    );
    expect(data.opportunities.nodes).toEqual([{ lifeCycle: { nextSteps: 'Call Ada' } }]);
    stream.close();
  });

  test('comes with those of the same second, for which AWS is asked once', async () => {
    await using gw = await gateway({ ...indexed, QUOTA_WRITES_PER_SECOND: '100' });
    await untilIndexed(gw);
    const stream = await subscribed(gw);
    await gw.emulator.control('POST', 'settings', { quotas: 'off' });
    const editable =
      '{ opportunities(first: 5, filter: { reviewStatuses: [PENDING_SUBMISSION] }) { nodes { id } } }';
    const ids: string[] = (await gw.query(editable)).data.opportunities.nodes.map(({ id }: Data) => id);
    const before = await polls(gw);
    await Promise.all(ids.map((id) => patch(gw, id, `Call ${id}`)));
    const told = new Set<string>();
    while (told.size < 5) told.add((await stream.next()).id);
    expect(told).toEqual(new Set(ids));
    expect((await polls(gw)) - before).toBeLessThan(5);
    stream.close();
  });

  test('is reported by AWS’s event alone where the gateway receives events', async () => {
    const emulator = await startEmulator({});
    const EVENTS_QUEUE_URL = `${emulator.url}/123456789012/partner-central-events`;
    await using gw = await gatewayOn(emulator.url, { ...indexed, EVENTS_QUEUE_URL });
    await untilIndexed(gw);
    const stream = await subscribed(gw);
    const before = await polls(gw);
    await patch(gw, 'O5000002', 'Call Ada');
    expect(await stream.next()).toEqual(changeTo('O5000002', 'Call Ada'));
    // A poll would have been due before this is reported.
    await patch(gw, 'O5000001', 'Call Bob');
    expect(await stream.next()).toEqual(changeTo('O5000001', 'Call Bob'));
    expect(await polls(gw)).toBe(before);
    stream.close();
    await emulator.stop();
  });
});

test('an opportunity that is associated with something is reported as well, although AWS returns no date', async () => {
  await using gw = await gateway(indexed);
  await until(() => isReady(gw));
  const stream = await subscribed(gw);
  await gw.query(
    `mutation { associateOpportunity(input: {
      id: "O5000001", relatedEntityType: SOLUTIONS, relatedEntityIdentifier: "S-1234567"
    }) { userErrors { message } } }`,
  );
  await patch(gw, 'O5000002', 'Call Ada');
  const told = [await stream.next(), await stream.next()];
  expect(told.map(({ id }) => id).sort()).toEqual(['O5000001', 'O5000002']);
  stream.close();
});

test.skipIf(!hasRedis)(
  `subscribers of every replica receive what one of them writes${hasRedis ? '' : ` (${redisMissing})`}`,
  async () => {
    const redis = await startRedis(await freePort());
    const emulator = await startEmulator();
    const replica = () => gatewayOn(emulator.url, { ...indexed, REDIS_URL: redis.url, REPLICAS: '2' });
    {
      await using one = await replica();
      await using two = await replica();
      await until(async () => (await isReady(one)) && (await isReady(two)));
      const streams = [await subscribed(one), await subscribed(two)];
      for (const [index, gw] of [one, two].entries()) {
        await patch(gw, 'O5000002', `Call ${index}`);
        for (const stream of streams)
          expect(await stream.next()).toEqual(changeTo('O5000002', `Call ${index}`));
      }
      for (const stream of streams) stream.close();
    }
    await redis.kill();
    await emulator.stop();
  },
);
