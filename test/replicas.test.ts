import { request } from 'node:http';
import { createClient } from 'redis';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { windowMs } from '../src/upstream/quota/windows.ts';
import { fakeRedis } from './fake-redis.ts';
import { type Data, gateway, gatewayOn, type TestGateway } from './kit.ts';
import { freePort, hasRedis, redisMissing, startRedis } from './redis.ts';
import { operationsInFlight, stopTime } from './time.ts';
import { until } from './until.ts';

vi.mock('redis', async (original) =>
  (await import('./time.ts')).redisOnStoppedTime(await original<typeof import('redis')>()),
);

const query = '{ opportunity(id: "O5000002") { lifeCycle { nextSteps } marketing { source } } }';
const patch = `mutation { updateOpportunity(input: { id: "O5000002", patch: { lifeCycle: { nextSteps: "New" } } }) {
  opportunity { lifeCycle { nextSteps } } userErrors { code }
} }`;

/** Sends a query from one of the machine's addresses, since the gateway identifies callers by address. */
function askFrom(localAddress: string, url: string, query: string): Promise<Data> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    request(url, { method: 'POST', localAddress, headers }, async (response) =>
      resolve(JSON.parse(Buffer.concat(await response.toArray()).toString())),
    )
      .once('error', reject)
      .end(JSON.stringify({ query }));
  });
}

describe.skipIf(!hasRedis)(`replicas on one Redis${hasRedis ? '' : ` (${redisMissing})`}`, () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  beforeEach(async () => {
    redis = await startRedis(await freePort());
  });
  afterEach(() => redis.kill());

  const env = () => ({ REDIS_URL: redis.url, REPLICAS: '2', CACHE_FRESH_MS: '60000' });
  const isFree = async (gw: TestGateway) => Object.keys((await gw.query(query)).calls).length === 0;

  test('replicas return records that another replica has read without a call of their own', async () => {
    await using one = await gateway(env());
    await using two = await gatewayOn(one.emulator.url, env());
    // A record reaches the other replica only when both are connected to Redis.
    await until(async () => {
      await one.query(query, {}, { 'cache-control': 'no-cache' });
      return isFree(two);
    });
  });

  test('replicas return no older version than another replica has written', async () => {
    await using one = await gateway(env());
    await using two = await gatewayOn(one.emulator.url, env());
    await two.query(query);
    await until(async () => {
      await one.query(patch);
      return (await two.query(query)).data.opportunity.lifeCycle.nextSteps === 'New';
    });
    // AWS returns an old version for a while; a replica that has seen the new one does not return it.
    await one.emulator.patchRecord('O5000002', {
      LastModifiedDate: '2020-01-01T00:00:00Z',
      LifeCycle: { NextSteps: 'Old' },
    });
    for (const gw of [one, two]) {
      const { data } = await gw.query(query, {}, { 'cache-control': 'no-cache' });
      expect(data.opportunity.lifeCycle.nextSteps).toBe('New');
    }
  });

  test('replicas silently ignore foreign messages on their channel, and still report the next outage', async () => {
    const own = await startRedis(await freePort());
    await using one = await gateway({ ...env(), REDIS_URL: own.url });
    await using two = await gatewayOn(one.emulator.url, { ...env(), REDIS_URL: own.url });
    const foreign = createClient({ url: own.url });
    await foreign.connect();
    let channel: string | undefined;
    await until(async () => {
      [channel] = await foreign.pubSubChannels();
      return channel !== undefined && (await foreign.pubSubNumSub(channel))[channel] === 2;
    });
    /** On a busy machine the first attempt to connect may have taken too long, which is an outage of its own. */
    const outages = () => one.logged.filter((line) => line.includes('record versions are not shared')).length;
    const before = outages();
    const date = '2099-01-01T00:00:00Z';
    const record = { id: 'O5000003', lastModifiedDate: date };
    const wrong = JSON.stringify(['a', [{ version: { id: 'O5000002', date, isCurrent: true, record } }]]);
    for (const message of [
      'hello',
      '{}',
      'null',
      '[1,2]',
      '["a",[{"version":{"id":"O5000002"}}]]',
      '["a",[{"event":{"id":"1"}}]]',
      '["a",[null]]',
      wrong,
    ])
      await foreign.publish(channel ?? '', message);
    // They still receive each other's messages.
    await until(async () => {
      await one.query(query, {}, { 'cache-control': 'no-cache' });
      return isFree(two);
    });
    expect(outages()).toBe(before);
    foreign.destroy();
    await own.kill();
    await until(async () => outages() === before + 1);
  });

  test('replicas serve sixty callers in turn, however many calls one of them needs', async () => {
    using time = stopTime();
    const quota = {
      ...env(),
      CACHE_FRESH_MS: '0',
      QUOTA_READS_PER_SECOND: '100',
      MAX_ROOT_FIELDS: '90',
    };
    await using one = await gateway({ ...quota, REPLICAS: '3' }, { now: time.date });
    await one.emulator.control('POST', 'settings', { quotas: 'on', readsPerSecond: 100 });
    await using two = await gatewayOn(one.emulator.url, { ...quota, REPLICAS: '3' });
    await using three = await gatewayOn(one.emulator.url, { ...quota, REPLICAS: '3' });
    const ids = Array.from({ length: 250 }, (_, n) => `O${5_000_001 + n}`);
    const read = (id: string) => `opportunity(id: "${id}") { marketing { source } }`;
    // Spends the quota of this second; the rest of it is in reserve.
    await time.until(one.query(`{ ${ids.slice(0, 90).map((id) => `${id}: ${read(id)}`)} }`));
    const next = ids.values();
    const asked = Promise.all(
      [one, two, three].map(async (gw) => {
        const order: number[] = [];
        const asking = Array.from({ length: 20 }, (_, caller) =>
          Array.from({ length: caller === 0 ? 40 : 2 }, async () => {
            const query = `{ ${read(next.next().value ?? '')} }`;
            const { errors } = await askFrom(`127.0.2.${caller + 1}`, `${gw.url}/graphql`, query);
            expect(errors).toBeUndefined();
            order.push(caller);
          }),
        );
        await Promise.all(asking.flat());
        return order;
      }),
    );
    await operationsInFlight(3 * (40 + 19 * 2));
    const served = await time.until(asked);
    // The caller with forty calls, although it is the first, finishes after those with two.
    for (const order of served)
      expect(order.lastIndexOf(0)).toBeGreaterThan(order.findLastIndex((caller) => caller > 0));
  });

  test('replicas together stay within the quota of a second', async () => {
    using time = stopTime();
    const tight = {
      ...env(),
      CACHE_FRESH_MS: '0',
      QUOTA_READS_PER_SECOND: '4',
      QUOTA_WRITES_PER_SECOND: '0.1',
    };
    await using one = await gateway(tight, { now: time.date });
    await using two = await gatewayOn(one.emulator.url, tight);
    const ids = Array.from({ length: 6 }, (_, n) => `O500001${n}`);
    const ask = (gw: TestGateway, id: string) =>
      fetch(`${gw.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: `{ opportunity(id: "${id}") { marketing { source } } }` }),
      });
    const asked = ids.flatMap((id) => [ask(one, id), ask(two, id.replace('O50000', 'O50001'))]);
    await time.until(Promise.all(asked));
    const times = (await one.emulator.log()).map(({ at }) => Date.parse(at)).sort((a, b) => a - b);
    expect(times).toHaveLength(12);
    for (const [index, at] of times.entries()) {
      const fifth = times[index + 4];
      if (fifth !== undefined) expect(fifth - at).toBeGreaterThanOrEqual(windowMs);
    }
  });
});

describe('an unreachable Redis', () => {
  test('a gateway starts, serves and stops while Redis is unreachable, and logs that once', async () => {
    const port = await freePort();
    await using gw = await gateway({ REDIS_URL: `redis://127.0.0.1:${port}`, REPLICAS: '2' });
    const { data, errors } = await gw.query(query);
    expect(errors).toBeUndefined();
    expect(data.opportunity.marketing).toBeDefined();
    const warnings = gw.logged.filter((line) => line.includes('record versions are not shared'));
    expect(warnings).toHaveLength(1);
  });
});

describe('a Redis that answers nonsense', () => {
  const shares = 'using this replica';
  const unshared = 'record versions are not shared';
  const shared = 'sharing record versions between replicas again';
  const logged = (gw: TestGateway, words: string) => gw.logged.filter((line) => line.includes(words)).length;
  const redisSettings = (url: string) => ({ REDIS_URL: url, REPLICAS: '2' });

  test.each([
    ['errors', '-ERR no\r\n'],
    ['numbers', ':1\r\n'],
    ['lists in lists without end', '*1\r\n'.repeat(100_000)],
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['too many replies', '+OK\r\n+OK\r\n+OK\r\n'],
  ])('a gateway serves requests while Redis answers every command with %s', async (_what, reply) => {
    await using redis = await fakeRedis(() => reply);
    await using gw = await gateway(redisSettings(redis.url));
    await until(() => logged(gw, shares) > 0);
    for (let n = 0; n < 3; n++) expect((await gw.query(query)).errors).toBeUndefined();
    expect(logged(gw, shares)).toBe(1);
    expect(logged(gw, unshared)).toBeLessThanOrEqual(1);
  });

  test.each(['subscribe', 'PUBLISH'])(
    'a Redis that refuses %s is reported once, and so is its return',
    async (refused) => {
      let isRefusing = true;
      const commands: string[] = [];
      await using redis = await fakeRedis(([name = '', channel = '']) => {
        commands.push(name);
        if (name === refused && isRefusing) return '-NOPERM this user has no permissions\r\n';
        return name === 'subscribe'
          ? `>3\r\n$9\r\nsubscribe\r\n$${channel.length}\r\n${channel}\r\n:1\r\n`
          : undefined;
      });
      await using gw = await gateway(redisSettings(redis.url));
      const asked = () => commands.filter((name) => name === refused).length;
      const untilAskedAgain = async () => {
        const before = asked();
        await until(async () => (await gw.query(query)) && asked() >= before + 2);
      };
      await until(() => gw.query(query).then(() => logged(gw, unshared) > 0));
      await untilAskedAgain();
      expect([logged(gw, unshared), logged(gw, shared)]).toEqual([1, 0]);
      isRefusing = false;
      await until(() => gw.query(query).then(() => logged(gw, shared) > 0));
      expect([logged(gw, unshared), logged(gw, shared)]).toEqual([1, 1]);
    },
  );
});
