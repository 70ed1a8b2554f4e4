/** Replicas on one Redis: one of them keeps the index, all of them have it. */
import { createClient } from 'redis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startEmulator } from '../emulator/server.ts';
import { gatewayOn, type TestGateway } from './kit.ts';
import { startProgram } from './program.ts';
import { freePort, hasRedis, redisMissing, startRedis } from './redis.ts';
import { eventStream } from './streams.ts';
import { until } from './until.ts';

describe.skipIf(!hasRedis)(`the index of replicas${hasRedis ? '' : ` (${redisMissing})`}`, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let emulator: Awaited<ReturnType<typeof startEmulator>>;
  beforeEach(async () => {
    redis = await startRedis(await freePort());
    emulator = await startEmulator();
  });
  afterEach(async () => {
    await redis.kill();
    await emulator.stop();
  });

  const replica = () =>
    gatewayOn(emulator.url, { REDIS_URL: redis.url, REPLICAS: '2', INDEX: 'on', SYNC_INTERVAL_MS: '100' });
  const total = async (gw: TestGateway) =>
    (await gw.query('{ opportunities { totalCount } }')).data.opportunities?.totalCount ?? undefined;
  const built = (gw: TestGateway) => gw.logged.filter((line) => line.includes('index built')).length;
  const steps = async (gw: TestGateway, text: string) => {
    const { data } = await gw.query(
      'query ($s: String!) { opportunities(filter: { search: $s }) { nodes { lifeCycle { nextSteps } } } }',
      { s: 'O5000002' },
    );
    return data.opportunities.nodes[0]?.lifeCycle.nextSteps === text;
  };
  const change = (gw: TestGateway, text: string) =>
    gw.emulator.patchRecord('O5000002', { LifeCycle: { NextSteps: text } }, { touch: true });

  test('one replica builds the index, and the others have it without reading AWS, from their first second', async () => {
    await using one = await replica();
    await until(async () => (await total(one)) === 250);
    await using two = await replica();
    await until(async () => (await total(two)) === 250);
    expect([built(one), built(two)]).toEqual([1, 0]);
    await change(one, 'Heard by both');
    await until(async () => (await steps(one, 'Heard by both')) && (await steps(two, 'Heard by both')));
  });

  test('the replica that keeps the index dies: another one goes on from there', async () => {
    const one = await replica();
    await until(async () => (await total(one)) === 250);
    await using two = await replica();
    await until(async () => (await total(two)) === 250);
    await one[Symbol.asyncDispose]();
    await change(two, 'After its death');
    await until(() => steps(two, 'After its death'));
    expect(built(two)).toBe(0);
  });

  test('Redis goes away: each replica keeps its own index, reports that once, and shares it again afterwards', async () => {
    await using one = await replica();
    await using two = await replica();
    await until(async () => (await total(one)) === 250 && (await total(two)) === 250);
    await redis.kill();
    const said = (gw: TestGateway, words: string) => gw.logged.filter((line) => line.includes(words)).length;
    await until(() => [one, two].every((gw) => said(gw, 'keeps its index by itself') > 0));
    await change(one, 'Without Redis');
    await until(async () => (await steps(one, 'Without Redis')) && (await steps(two, 'Without Redis')));
    expect([one, two].map((gw) => said(gw, 'keeps its index by itself'))).toEqual([1, 1]);
    redis = await startRedis(redis.port);
    await until(() => [one, two].every((gw) => said(gw, 'share the index again') > 0));
    // An empty Redis has got everything back.
    await using three = await replica();
    await until(async () => (await total(three)) === 250 && (await steps(three, 'Without Redis')));
    expect(built(three)).toBe(0);
  });

  test.each(['rows', 'order'])(
    'Redis drops the %s because it is short of memory: they are sent again, and the rest is never taken for everything',
    async (part) => {
      await using one = await replica();
      await until(async () => (await total(one)) === 250);
      const client = await createClient({ url: redis.url }).connect();
      const keys = `partner-central-graphql:main:Sandbox:index:*:${part}`;
      await until(async () => (await client.keys(keys)).length > 0);
      await client.del(await client.keys(keys));
      await using two = await replica();
      const seen = new Set<number>();
      await until(async () => {
        const count = await total(two);
        if (count !== undefined) seen.add(count);
        return count !== undefined;
      });
      expect([...seen]).toEqual([250]);
      await until(async () => (await client.keys(keys)).length > 0);
      await client.close();
    },
  );

  test('the program that keeps the index is killed: a subscriber of another one receives what happens then', async () => {
    const env = { UPSTREAM_ENDPOINT: emulator.url, REDIS_URL: redis.url, REPLICAS: '2', INDEX: 'on' };
    const keeper = startProgram({ ...env, SYNC_INTERVAL_MS: '100' });
    await keeper.banner;
    const client = await createClient({ url: redis.url }).connect();
    const lease = async () => (await client.keys('*:index:*:lease')).length > 0;
    await until(lease);
    await using other = await replica();
    await until(async () => (await total(other)) === 250);
    const stream = await eventStream(other.url, { query: 'subscription { opportunityChanged { id } }' });
    await until(() => other.logged.some((line) => line.includes('subscription opened')));
    keeper.child.kill('SIGKILL');
    await keeper.exited;
    await change(other, 'After the kill');
    expect((await stream.next())?.data.data.opportunityChanged.id).toBe('O5000002');
    expect(built(other)).toBe(0);
    stream.close();
    await client.close();
  });

  test('Redis goes away under subscribers: each replica reports to its own of every change, and goes on when it is back', async () => {
    await using one = await replica();
    await using two = await replica();
    await until(async () => (await total(one)) === 250 && (await total(two)) === 250);
    const query = 'subscription { opportunityChanged { opportunity { lifeCycle { nextSteps } } } }';
    const streams = [await eventStream(one.url, { query }), await eventStream(two.url, { query })];
    /** Both are reported, perhaps after others of a version that came twice. */
    async function told(text: string): Promise<void> {
      for (const stream of streams) {
        let nextSteps: unknown;
        while (nextSteps !== text) {
          const { data } = (await stream.next())?.data ?? {};
          nextSteps = data.opportunityChanged.opportunity.lifeCycle.nextSteps;
        }
      }
    }
    await until(() =>
      [one, two].every(({ logged }) => logged.some((line) => line.includes('subscription opened'))),
    );
    await change(one, 'With Redis');
    await told('With Redis');
    await redis.kill();
    await change(one, 'Without Redis');
    await told('Without Redis');
    redis = await startRedis(redis.port);
    await change(one, 'With Redis again');
    await told('With Redis again');
    for (const stream of streams) stream.close();
  });
});
