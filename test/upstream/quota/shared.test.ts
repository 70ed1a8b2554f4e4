/** Replicas that share a quota through a real Redis, over real sockets. Time is stopped, for them and for Redis. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import type { Fault } from '../../../src/fault.ts';
import type { Quota } from '../../../src/upstream/quota/governor.ts';
import type { Ticket } from '../../../src/upstream/quota/lane.ts';
import { createSharedQuota } from '../../../src/upstream/quota/shared.ts';
import { day, minute, type QuotaLimits, windowMs } from '../../../src/upstream/quota/windows.ts';
import { freePort, hasRedis, redisMissing, startRedis } from '../../redis.ts';
import { type StoppedTime, stopTime } from '../../time.ts';
import { until } from '../../until.ts';
import { aws } from './world.ts';

vi.mock('redis', async (original) =>
  (await import('../../time.ts')).redisOnStoppedTime(await original<typeof import('redis')>()),
);
let time: StoppedTime;
beforeEach(() => {
  time = stopTime();
});

const fast: QuotaLimits = { ...aws, writesPerSecond: 100, writesPerDay: 100_000 };

type Replica = { quota: Quota; logged: string[] };
const replicas: Replica[] = [];
let names = 0;
type Starting = { count?: number; of?: number; limits?: QuotaLimits };
/** Replicas that share a quota with no others. They are closed after the test. */
function start(port: number, { count = 1, of, limits = aws }: Starting = {}): Replica[] {
  const name = `test-${names++}`;
  const started = Array.from({ length: count }, () => {
    const logged: string[] = [];
    const log = {
      warn: (line: string) => void logged.push(`warn: ${line}`),
      info: (line: string) => void logged.push(`info: ${line}`),
    };
    const options = {
      url: `redis://127.0.0.1:${port}`,
      replicas: of ?? count,
      log,
      name,
      clock: systemClock,
    };
    return { logged, quota: createSharedQuota(limits, options) };
  });
  replicas.push(...started);
  return started;
}

type Asked = Partial<Ticket> & { patience?: number };
/** Asks for a token, and resolves with the moment from which it may be used. */
async function ask({ quota }: Replica, { patience = 20_000, ...ticket }: Asked = {}): Promise<number> {
  const since = systemClock.now();
  const { signal } = new AbortController();
  const usual: Ticket = {
    callClass: 'read',
    priority: 'interactive',
    caller: 'a',
    signal,
    deadline: since + patience,
  };
  return since + (await quota.take({ ...usual, ...ticket }));
}
/** Takes a token, in as much time as that needs. */
const take = (replica: Replica, ticket?: Asked) => time.run(ask(replica, ticket));
/** Takes so many tokens at once. */
const takeAll = (length: number, replica: Replica, ticket?: Asked) =>
  time.run(Promise.all(Array.from({ length }, () => ask(replica, ticket))));
async function waited(replica: Replica, ticket: Asked = {}): Promise<number> {
  const since = systemClock.now();
  return (await ask(replica, ticket)) - since;
}
const refused = (replica: Replica, ticket: Asked) =>
  take(replica, ticket).then(
    () => expect.unreachable('a token was given'),
    (fault: Fault) => ({ code: fault.code, retryAfterMs: Number(fault.extensions.retryAfterMs) }),
  );

/** How many tokens the fullest second has: a token and those less than a second after it. */
function fullest(times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const counts = sorted.map((from) => sorted.filter((at) => at >= from && at - from < 1_000).length);
  return Math.max(...counts);
}
/** The shortest time from a token to the one so many tokens later. */
function quickest(times: number[], run: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.min(...sorted.slice(run).map((at, i) => at - (sorted[i] ?? 0)));
}

/** Several callers per replica, each asking again as soon as it has a token. Resolves with the tokens of each. */
function press(on: Replica[], callers: number, isOver: () => boolean): Promise<number[][]> {
  const pressing = on.flatMap((replica) =>
    Array.from({ length: callers }, async (_, caller) => {
      const times: number[] = [];
      while (!isOver()) times.push(await ask(replica, { callClass: 'write', caller: `${caller}` }));
      return times;
    }),
  );
  return Promise.all(pressing);
}

afterEach(() => {
  for (const { quota } of replicas.splice(0)) quota.close();
  time[Symbol.dispose]();
});

describe('replicas that share a Redis', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    if (hasRedis) redis = await startRedis(await freePort());
  });
  afterAll(() => redis?.kill());
  beforeEach(({ skip }) => skip(!hasRedis, redisMissing));

  test('replicas together never exceed the quota of a second, use 95 % of it, and take turns', async () => {
    const three = start(redis.port, { count: 3, limits: fast });
    await time.advance(0); // all are connected
    time.redisTakes(1);
    const end = systemClock.now() + 4_000;
    const perCaller = await time.run(press(three, 20, () => systemClock.now() > end));
    const times = perCaller.flat();
    expect(fullest(times)).toBeLessThanOrEqual(100);
    expect(2_000 / quickest(times, 200)).toBeGreaterThanOrEqual(0.95);
    const counts = perCaller.map((own) => own.length);
    for (const replica of [0, 1, 2]) {
      const own = counts.slice(replica * 20, replica * 20 + 20);
      expect(Math.max(...own) - Math.min(...own)).toBeLessThanOrEqual(1);
    }
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(Math.max(...counts) / 3);
    expect(three.flatMap(({ logged }) => logged)).toEqual([]);
  });

  test('replicas keep the reserve for the reads of a write on any of them', async () => {
    const [one, two] = start(redis.port, { count: 2 }) as [Replica, Replica];
    await takeAll(9, one);
    const ordinary = waited(one);
    const check = waited(two, { priority: 'write' });
    expect(await time.run(check)).toBe(0);
    expect(await time.run(ordinary)).toBe(windowMs);
  });

  test('a write takes the slot that was booked for a read', async () => {
    const [one] = start(redis.port, { limits: { ...aws, readsPerSecond: 1 } }) as [Replica];
    await take(one);
    const reading = ask(one);
    await time.advance(200);
    const checking = ask(one, { priority: 'write' });
    expect((await time.run(reading)) - (await checking)).toBe(windowMs);
  });

  test('a reader has its turns beside reads for writes on the same replica, and beside the other replicas', async () => {
    const [one, two] = start(redis.port, { count: 2 }) as [Replica, Replica];
    await time.advance(0); // both are connected
    let isOver = false;
    const flood = async (replica: Replica, ticket: Asked) => {
      while (!isOver) await ask(replica, { ...ticket, patience: minute });
    };
    const floods = Array.from({ length: 20 }, () => [
      flood(one, { caller: 'writer', priority: 'write' }),
      flood(two, { caller: 'other' }),
    ]).flat();
    const waits: number[] = [];
    const reader = async () => {
      while (waits.length < 15) waits.push(await waited(one, { caller: 'reader' }));
      isOver = true;
    };
    await time.run(Promise.all([reader(), ...floods]));
    // Its replica has about half of the slots, and of these every other at least is a turn.
    expect(Math.max(...waits)).toBeLessThanOrEqual(2 * windowMs);
  });

  test('a slot that is not used is given back', async () => {
    const [one, two] = start(redis.port, { count: 2 }) as [Replica, Replica];
    const controller = new AbortController();
    const first = await take(one, { callClass: 'write' });
    const left = ask(one, { callClass: 'write', signal: controller.signal });
    await time.advance(200);
    controller.abort(new Error('The client went away.'));
    await expect(left).rejects.toThrow('The client went away.');
    const next = await take(two, { callClass: 'write' });
    expect(next - first).toBe(windowMs);
    expect(two.quota.snapshot().write.remaining24h).toBe(10_000 - 2);
  });

  test('replicas refuse a call that cannot be in time, and say when the daily quota is exhausted', async () => {
    const limits = { ...aws, writesPerDay: 2 };
    const [one, two] = start(redis.port, { count: 2, limits }) as [Replica, Replica];
    await take(one, { callClass: 'write' });
    const late = await refused(two, { callClass: 'write', patience: 600 });
    expect(late.code).toBe('THROTTLED');
    expect(late.retryAfterMs).toBeGreaterThan(0);
    await take(two, { callClass: 'write' });
    const spent = await refused(one, { callClass: 'write' });
    expect(spent.code).toBe('QUOTA_EXHAUSTED');
    expect(Math.abs(spent.retryAfterMs - day)).toBeLessThanOrEqual(minute);
    expect(one.quota.snapshot().write).toMatchObject({ remaining24h: 0, nextCallAt: expect.any(Number) });
  });

  test('replicas slow down together when AWS throttles one of them', async () => {
    const [one, two] = start(redis.port, { count: 2 }) as [Replica, Replica];
    await time.run(Promise.all([ask(one), ask(two)]));
    one.quota.throttled('read', 2_000);
    await time.advance(200);
    expect(await time.run(waited(two))).toBe(1_800);
    const times = await takeAll(9, two);
    expect(fullest(times)).toBeLessThanOrEqual(7);
  });

  test('replicas use their shares while Redis is down, and share again, with all that was spent, when it is back', async () => {
    const mortal = await startRedis(await freePort());
    const three = start(mortal.port, { count: 3, limits: fast });
    let done = false;
    const pressing = press(three, 5, () => done);
    await time.advance(1_500);
    const died = systemClock.now();
    await mortal.kill();
    await until(() => three.every(({ logged }) => logged.length === 1));
    await time.advance(2_500);
    const born = systemClock.now();
    const reborn = await startRedis(mortal.port);
    try {
      while (three.some(({ logged }) => logged.length < 2)) await time.advance(100);
      await time.advance(4_000);
      done = true;
      const times = (await time.run(pressing)).flat();
      const between = (from: number, to: number) => times.filter((at) => at > from && at < to).length;
      expect(between(died, born)).toBeGreaterThan(50);
      expect(between(born, Number.POSITIVE_INFINITY)).toBeGreaterThan(50);
      expect(fullest(times)).toBeLessThanOrEqual(100);
      for (const { logged } of three)
        expect(logged).toEqual([
          expect.stringMatching(/^warn: Redis unavailable/),
          expect.stringMatching(/^info: Redis reconnected/),
        ]);
      const [one] = three as [Replica];
      await take(one, { callClass: 'write' });
      // All that was spent before it died is counted again; a token whose report was cut off may count twice.
      const { remaining24h } = one.quota.snapshot().write;
      expect(remaining24h).toBeLessThanOrEqual(100_000 - times.length);
    } finally {
      await reborn.kill();
    }
  });

  test('a replica starts without Redis, and shares once it is there', async () => {
    const port = await freePort();
    const limits = { ...aws, writesPerSecond: 30 };
    const [one] = start(port, { of: 3, limits }) as [Replica];
    const burst = (length: number) => takeAll(length, one, { callClass: 'write' });
    expect(fullest(await burst(15))).toBe(10);
    const late = await startRedis(port);
    try {
      while (one.logged.length < 2) await time.advance(100);
      expect(fullest(await burst(30))).toBeGreaterThan(10);
      expect(one.logged).toEqual([expect.stringMatching(/^warn/), expect.stringMatching(/^info/)]);
    } finally {
      await late.kill();
    }
  });

  test('a replica does without a Redis that is too slow to be of use, and logs that once', async () => {
    time.redisTakes(120);
    const [one] = start(redis.port, { of: 2 }) as [Replica];
    expect(fullest(await takeAll(10, one))).toBe(4);
    await time.advance(2_000);
    expect(one.logged).toEqual([
      expect.stringMatching(/^warn: Redis unavailable \(it takes 120 ms to answer\)/),
    ]);
  });

  test('a replica uses Redis again that was too slow for a while', async () => {
    const [one] = start(redis.port, { of: 2, limits: fast }) as [Replica];
    await take(one, { callClass: 'write' });
    time.redisTakes(60);
    while (one.logged.length === 0) await take(one, { callClass: 'write' });
    time.redisTakes(0);
    while (one.logged.length < 2) await time.advance(100);
    await time.advance(2_500);
    expect(one.logged).toEqual([
      expect.stringMatching(/^warn: Redis unavailable \(it takes 60 ms to answer\)/),
      expect.stringMatching(/^info: Redis reconnected/),
    ]);
  });
});

test('a replica uses its share when Redis accepts the connection and never replies', async () => {
  const hole = createServer(() => {}).listen(0, '127.0.0.1');
  await once(hole, 'listening');
  const [one] = start((hole.address() as AddressInfo).port, { of: 2 }) as [Replica];
  const times = Promise.all(Array.from({ length: 10 }, () => ask(one)));
  await time.pass(5_000);
  expect(fullest(await times)).toBe(4);
  await time.pass(2_500);
  expect(one.logged).toEqual([
    expect.stringMatching(/^warn: Redis unavailable \(no answer within 1000 ms\)/),
  ]);
  hole.close();
});

test('a URL that the Redis client does not accept is refused at the start', () => {
  const log = { warn() {}, info() {} };
  const options = { url: 'redis://127.0.0.1/no-number', replicas: 1, log, clock: systemClock };
  expect(() => createSharedQuota(aws, options)).toThrow(TypeError);
});
